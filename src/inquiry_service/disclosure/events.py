"""What can happen to a request: a closed list of facts, named in the past tense. Pure.

Status, clock and due date are never stored; they are computed by folding these facts. Days are
the legally relevant days; the moment of recording is kept beside them in `Recorded`.
"""

import json
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Filed:
    """An application came in. The digest ties the sealed application to the chain.

    `near_answers` names the published passages that were shown before filing.
    """

    channel: str
    application_digest: str
    near_answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiptConfirmed:
    """The day of receipt is settled (条例第三十一条); the clock runs from it."""

    received: date
    how: str


@dataclass(frozen=True, slots=True)
class CorrectionAsked:
    """The applicant was told once what to correct (条例第三十条)."""

    on: date


@dataclass(frozen=True, slots=True)
class CorrectedRequestReceived:
    """The corrected request arrived: the limit starts again in full (条例第三十条)."""

    on: date


@dataclass(frozen=True, slots=True)
class ThirdPartyConsulted:
    """A third party was asked in writing for its opinion (条例第三十二条)."""

    on: date
    party: str = ""


@dataclass(frozen=True, slots=True)
class ThirdPartyAnswered:
    """Its opinion arrived, or its fifteen working days lapsed (条例第三十二条)."""

    on: date
    party: str = ""


@dataclass(frozen=True, slots=True)
class AgencyConsulted:
    """Another agency was asked (条例第三十三条第三款、第三十四条)."""

    on: date
    party: str = ""


@dataclass(frozen=True, slots=True)
class AgencyAnswered:
    """The other agency's opinion arrived, or its time lapsed (条例第三十四条)."""

    on: date
    party: str = ""


@dataclass(frozen=True, slots=True)
class DeadlineExtended:
    """The head of the disclosure office approved it, the applicant was told (条例第三十三条)."""

    days: int


@dataclass(frozen=True, slots=True)
class FeeNoticed:
    """The applicant was told to pay an information processing fee (条例第四十二条)."""

    on: date


@dataclass(frozen=True, slots=True)
class FeePaid:
    """The fee was paid. What this does to the clock is unverified; see `clock`."""

    on: date


@dataclass(frozen=True, slots=True)
class ReplySent:
    """The reply left the bureau with a lawful outcome (条例第三十六条 and neighbours)."""

    on: date
    outcome_code: str
    text: str


Event = (
    Filed
    | ReceiptConfirmed
    | CorrectionAsked
    | CorrectedRequestReceived
    | ThirdPartyConsulted
    | ThirdPartyAnswered
    | AgencyConsulted
    | AgencyAnswered
    | DeadlineExtended
    | FeeNoticed
    | FeePaid
    | ReplySent
)

EVENT_TYPES: dict[str, type[Event]] = {kind.__name__: kind for kind in Event.__args__}
"""The closed list, by name. An event is added here or it does not exist."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as it stands in the register: whose history, which place, when, by whom.

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
    if kind is date:
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
