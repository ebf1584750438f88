"""Reads the published notices on days off: one `<year>.yaml` a year, strictly checked.

A slip in these files would move statutory deadlines, so nothing doubtful is accepted.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from inquiry_service.calendar.working_days import WorkingCalendar, YearNotice, days_between
from inquiry_service.errors import ConfigurationFault, KnowledgeFault

_KEYS = {"year", "source", "days_off", "make_up_workdays"}
_RANGE_KEYS = {"from", "to", "name"}
_SATURDAY = 5
_DECEMBER = 12


def load_calendar(directory: Path) -> WorkingCalendar:
    """Read every year in the folder.

    Raises `ConfigurationFault` when there is no calendar at all, `KnowledgeFault` naming the file
    and the entry when one cannot be trusted.
    """
    files = sorted(directory.glob("*.y*ml")) if directory.is_dir() else []
    if not files:
        raise ConfigurationFault(
            "INQUIRY_KNOWLEDGE",
            f"工作日历目录 {directory} 中没有放假安排文件，请放入如 2026.yaml 的文件。",
        )
    return WorkingCalendar(tuple(_read_notice(file) for file in files))


def _read_notice(file: Path) -> YearNotice:
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise KnowledgeFault(file.name, f"无法读取：{fault}") from fault
    try:
        return _notice(file.stem, content)
    except _Doubtful as doubt:
        raise KnowledgeFault(file.name, str(doubt)) from doubt


class _Doubtful(Exception):
    """An entry that cannot be trusted; the file's name is added outside."""


def _notice(stem: str, content: object) -> YearNotice:
    if not isinstance(content, Mapping) or set(content) != _KEYS:
        raise _Doubtful(f"应当恰好包含 {'、'.join(sorted(_KEYS))} 四项")
    year = content["year"]
    if type(year) is not int or stem != str(year):
        raise _Doubtful(f"year 应当是与文件名一致的年份，写的是 {year!r}")
    days_off = _days_off(year, content["days_off"])
    return YearNotice(
        year,
        days_off,
        _make_up(year, content["make_up_workdays"], days_off),
        _source(content["source"]),
    )


def _source(source: object) -> str:
    """The notice's title and number: a rest day nobody ordered is not a rest day."""
    if not isinstance(source, Mapping) or not source.get("title"):
        raise _Doubtful("source 应当写明依据的通知（title，以及 number 或 issued）")
    number = source.get("number")
    return f"{source['title']}（{number}）" if number else str(source["title"])


def _days_off(year: int, ranges: object) -> dict[date, str]:
    days: dict[date, str] = {}
    for entry in _list("days_off", ranges):
        if not isinstance(entry, Mapping) or set(entry) != _RANGE_KEYS or not entry["name"]:
            raise _Doubtful(f"days_off 每项应当写 from、to、name，有一项是 {entry!r}")
        first, last = _day(year, entry["from"]), _day(year, entry["to"])
        if last < first:
            raise _Doubtful(f"{entry['name']}的结束日期 {last} 早于开始日期 {first}")
        for day in days_between(first, last):
            if day in days:
                raise _Doubtful(f"{day} 重复列为放假")
            days[day] = str(entry["name"])
    return days


def _make_up(year: int, listed: object, days_off: Mapping[date, str]) -> frozenset[date]:
    days = [_day(year, value) for value in _list("make_up_workdays", listed)]
    for day in days:
        if day.weekday() < _SATURDAY:
            raise _Doubtful(f"调休上班日 {day} 不是周六或周日")
        if day in days_off or days.count(day) > 1:
            raise _Doubtful(f"{day} 重复，或者同时列为放假和上班")
    return frozenset(days)


def _list(name: str, value: object) -> list[Any]:
    if not isinstance(value, list):
        raise _Doubtful(f"{name} 应当是列表，没有时写 []")
    return value


def _day(year: int, value: object) -> date:
    """A date of that year, or of the December before: New Year's holiday may begin there."""
    if type(value) is not date:
        raise _Doubtful(f"日期应当写成 {year}-01-31 的样子，写的是 {value!r}")
    if value.year != year and (value.year, value.month) != (year - 1, _DECEMBER):
        raise _Doubtful(f"日期 {value} 不属于 {year} 年")
    return value
