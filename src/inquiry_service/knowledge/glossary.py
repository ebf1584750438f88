"""Reading `knowledge/glossary.yaml`, the list of terms and what people call them."""

from collections.abc import Iterator
from pathlib import Path

from inquiry_service.errors import KnowledgeFault
from inquiry_service.knowledge.readers.decoding import Undecodable, decode
from inquiry_service.knowledge.readers.strict_yaml import BadYaml, load_yaml
from inquiry_service.knowledge.synonyms import Entry, Glossary

__all__ = ["Glossary", "load_glossary"]

_SHORTEST = 2
"""A single character stands inside too many words to be a name for anything."""


class _BadEntry(ValueError):
    """What is wrong with the list, as a Chinese clause."""


def load_glossary(path: Path) -> Glossary:
    """Entries `- term: 种粮补贴` with `aliases: [粮补]`; no file is an empty glossary.

    Raises:
        KnowledgeFault: the file cannot be read, or an entry has another form.
    """
    if not path.exists():
        return Glossary()
    try:
        return Glossary(tuple(_entries(load_yaml(decode(path.read_bytes())))))
    except (Undecodable, BadYaml, _BadEntry) as fault:
        raise KnowledgeFault(path.name, str(fault)) from fault
    except OSError as fault:
        raise KnowledgeFault(path.name, f"读不了这个文件（{fault.strerror}）") from fault


def _entries(listed: object) -> Iterator[Entry]:
    if listed is None:
        return
    if not isinstance(listed, list):
        raise _BadEntry("应当是列表，每项写 term 和 aliases")
    owners: dict[str, int] = {}
    for number, item in enumerate(listed, start=1):
        entry = _entry(number, item)
        for name in entry.names:
            if name in owners:
                raise _BadEntry(f"第 {number} 项的“{name}”在第 {owners[name]} 项已经写过")
            owners[name] = number
        yield entry


def _entry(number: int, item: object) -> Entry:
    if not isinstance(item, dict) or set(item) - {"term", "aliases"}:
        raise _BadEntry(f"第 {number} 项只能写 term 和 aliases 两个字段")
    aliases = item.get("aliases")
    if not isinstance(aliases, list) or not aliases:
        raise _BadEntry(f"第 {number} 项的 aliases 应当是列表，至少一个说法")
    return Entry(_name(number, item.get("term")), tuple(_name(number, name) for name in aliases))


def _name(number: int, value: object) -> str:
    value = str(value) if type(value) is int else value  # 12345 is a name too
    if not isinstance(value, str) or len(value.strip()) < _SHORTEST:
        raise _BadEntry(f"第 {number} 项的“{value}”应当是至少 {_SHORTEST} 个字的文字")
    return value.strip()
