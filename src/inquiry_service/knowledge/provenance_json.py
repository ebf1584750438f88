"""A provenance as one JSON text, and back: for the shelf and for digests."""

import json
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from inquiry_service.knowledge.document import Attachment, Kind, Provenance, Validity

_DAYS = ("published", "effective", "expires", "made")
_LISTS = ("questions", "not_questions", "amended_by", "repealed_by", "replaces")


def provenance_to_json(provenance: Provenance) -> str:
    """The same text for the same provenance, always; what is unknown is left out."""
    values = {f.name: getattr(provenance, f.name) for f in fields(Provenance)}
    known = {name: value for name, value in values.items() if value is not None}
    return json.dumps(known, ensure_ascii=False, default=_plain)


def provenance_from_json(text: str) -> Provenance:
    values: dict[str, Any] = json.loads(text)
    values |= {name: date.fromisoformat(values[name]) for name in _DAYS if name in values}
    values["kind"] = Kind(values["kind"])
    values["validity"] = Validity(values["validity"])
    values |= {name: tuple(values[name]) for name in _LISTS}
    values["section_questions"] = tuple(map(tuple, values["section_questions"]))
    values["attachments"] = tuple(Attachment(**told) for told in values["attachments"])
    return Provenance(**values)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Attachment):
        return asdict(value)
    raise TypeError(value)
