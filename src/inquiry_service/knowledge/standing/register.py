"""Reading `knowledge/register.yaml`, the list of texts that no longer hold, or still do."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from inquiry_service.errors import KnowledgeFault
from inquiry_service.knowledge.document import Validity
from inquiry_service.knowledge.expressions.references import normalise_document_number
from inquiry_service.knowledge.readers.decoding import Undecodable, decode
from inquiry_service.knowledge.readers.strict_yaml import BadYaml, load_yaml
from inquiry_service.knowledge.standing.naming import Name
from inquiry_service.knowledge.standing.validity import Entry

FILE = "register.yaml"
_FIELDS = {"title", "document_number", "validity", "by", "since", "source"}


class _BadEntry(ValueError):
    """What is wrong with the register, as a Chinese clause."""


def load_register(path: Path) -> tuple[Entry, ...]:
    """Entries with `document_number` or `title`, `validity` and `source`; no file is no entry.

    Raises:
        KnowledgeFault: the file cannot be read, or an entry has another form.
    """
    if not path.exists():
        return ()
    try:
        return tuple(_entries(load_yaml(decode(path.read_bytes()))))
    except (Undecodable, BadYaml, _BadEntry) as fault:
        raise KnowledgeFault(path.name, str(fault)) from fault
    except OSError as fault:
        raise KnowledgeFault(path.name, f"读不了这个文件（{fault.strerror}）") from fault


def _entries(listed: object) -> Iterator[Entry]:
    if listed is None:
        return
    if not isinstance(listed, list):
        raise _BadEntry("应当是列表，每项写 document_number 或 title，以及 validity 和 source")
    for number, item in enumerate(listed, start=1):
        yield _entry(f"第 {number} 项", item)


def _entry(which: str, item: object) -> Entry:
    if not isinstance(item, dict) or set(item) - _FIELDS:
        raise _BadEntry(f"{which}只能写这些字段：{'、'.join(sorted(_FIELDS))}")
    title, number = _text(which, item, "title"), _text(which, item, "document_number")
    if not (title or number):
        raise _BadEntry(f"{which}要写 document_number 或 title")
    source = _text(which, item, "source")
    if not source:
        raise _BadEntry(f"{which}要写 source（依据哪份文件）")
    return Entry(
        Name(title, normalise_document_number(number) if number else None),
        _validity(which, item.get("validity")),
        source,
        _text(which, item, "by"),
        _day(which, item.get("since")),
    )


def _text(which: str, item: dict[object, object], name: str) -> str | None:
    value = item.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise _BadEntry(f"{which}的 {name} 应当是文字")
    return " ".join(value.split()).strip("《》")


def _validity(which: str, value: object) -> Validity:
    try:
        return Validity(str(value))
    except ValueError:
        allowed = "、".join(Validity)
        raise _BadEntry(f"{which}的 validity 应当是其中之一：{allowed}") from None


def _day(which: str, value: object) -> date | None:
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    raise _BadEntry(f"{which}的 since 应写成 2021-04-15 的形式")
