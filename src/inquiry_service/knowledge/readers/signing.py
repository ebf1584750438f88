"""The end of an official text: who signed it and when (落款), and what is attached."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from inquiry_service.knowledge.expressions.days import find_days
from inquiry_service.knowledge.readers.bodies import issuers_alone

_GAP = r"[ \t\u3000]*"
_AROUND_DAY = re.compile(r"[\s\u3000（()）]*(?:日期[：:])?[\s\u3000]*$")
_MOST_ISSUERS = 6
_ATTACHED = re.compile(rf"{_GAP}附{_GAP}件{_GAP}[：:]{_GAP}(?P<first>.*)")
_NUMBER = re.compile(
    rf"{_GAP}(?:\d{{1,2}}[.．、]|[（(]\d{{1,2}}[）)]|[一二三四五六七八九十]{{1,2}}、){_GAP}"
)
_MAX_SIGNATURE = 80
_MAX_ATTACHED = 80
_MAX_ATTACHMENTS = 30


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed and when; `line` is the line of the day, counted from 1."""

    day: date
    issuers: str | None
    line: int


def signature_of(lines: Sequence[str]) -> Signature | None:
    """The last day that has a line to itself, with the bodies on the lines above it.

    What follows the signature (附件, 抄送) may be long, so the whole text is looked through; a
    day that is signed by nobody counts only in the last lines.
    """
    for at in range(len(lines) - 1, -1, -1):
        day = _lone_day(lines[at])
        if day is None:
            continue
        above = [line for line in lines[max(at - 2 * _MOST_ISSUERS, 0) : at] if line.strip()]
        issuers = _issuers_above(above)
        if issuers or not any(line.strip() for line in lines[at + 1 :]):
            return Signature(day, issuers, at + 1)
    return None


def attachments_in(lines: Sequence[str]) -> tuple[str, ...]:
    """附件：1.申请表 / 2.备案表: the names, without their numbers."""
    for at, line in enumerate(lines):
        found = _ATTACHED.fullmatch(line)
        if found:
            return tuple(_named(found["first"], lines[at + 1 :]))
    return ()


def _lone_day(line: str) -> date | None:
    found = find_days(line) if len(line) <= _MAX_SIGNATURE else []
    if len(found) != 1:
        return None
    around = line[: found[0].start] + line[found[0].end :]
    return found[0].day if _AROUND_DAY.fullmatch(around) else None


def _issuers_above(lines: Sequence[str]) -> str | None:
    named: list[str] = []
    for line in reversed(lines):
        body = issuers_alone(line)
        if body is None:
            break
        named.insert(0, body)
    return "、".join(named) or None


def _named(first: str, following: Sequence[str]) -> list[str]:
    names = [_bare(first)] if first.strip() else []
    for line in following:
        if not line.strip() and not names:
            continue
        if not _NUMBER.match(line) or len(names) == _MAX_ATTACHMENTS:
            break
        names.append(_bare(line))
    return [name for name in names if 0 < len(name) <= _MAX_ATTACHED]


def _bare(name: str) -> str:
    return _NUMBER.sub("", name, count=1).strip(" \t\u3000。；;")
