"""An event as it stands in the register, and the one text of it that is stored and hashed. Pure."""

import json
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from inquiry_service.disclosure.rules.events import EVENT_TYPES, Event


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event: whose history, which place, when, by whom.

    `actor` is `applicant`, `system` or a staff login.
    """

    number: str
    sequence: int
    at: datetime
    actor: str
    event: Event


def to_text(recorded: Recorded) -> str:
    """The one canonical text of a record: what is stored and hashed."""
    content = {
        "number": recorded.number,
        "at": recorded.at.isoformat(),
        "actor": recorded.actor,
        "name": type(recorded.event).__name__,
        "facts": asdict(recorded.event),
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, default=date.isoformat)


def from_text(sequence: int, text: str) -> Recorded:
    """The inverse of `to_text`. Raises `ValueError` for a name that is not on the list."""
    content = json.loads(text)
    kind = EVENT_TYPES.get(content["name"])
    if kind is None:
        raise ValueError(f"not an event of this register: {content['name']!r}")
    at = datetime.fromisoformat(content["at"])
    event = _event(kind, content["facts"])
    return Recorded(content["number"], sequence, at, content["actor"], event)


def _event(kind: type[Event], facts: dict[str, Any]) -> Event:
    types = {field.name: field.type for field in fields(kind)}
    read = {name: _fact(types[name], value) for name, value in facts.items()}
    return kind(**read)


def _fact(kind: object, value: Any) -> Any:
    if kind in (date, date | None):
        return value and date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
