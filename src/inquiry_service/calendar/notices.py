"""What a notice on days off says: from the YAML a clerk typed to days, strictly checked.

A slip here would move statutory deadlines, so nothing doubtful is accepted: every function
raises `Doubtful` with what is wrong.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from inquiry_service.calendar.strict_yaml import Doubtful, read_yaml
from inquiry_service.calendar.working_days import (
    CountyDays,
    CountyNotice,
    YearNotice,
    days_between,
)

_YEAR_KEYS = {"year", "source", "days_off", "make_up_workdays"}
_COUNTY_KEYS = {"days_off", "make_up_workdays"}
_RANGE_KEYS = {"from", "to", "name"}
_PAPER_KEYS = {"title", "number", "issued"}
_FIRST_YEAR, _LAST_YEAR = 2008, 2099
_LONGEST_LEAVE = 31
_SATURDAY, _DECEMBER = 5, 12

_ALWAYS_OFF = {(1, 1): "元旦", (5, 1): "劳动节"} | {(10, day): "国庆节" for day in (1, 2, 3)}
"""Of the days that 放假办法第二条 names, those with a fixed date: without them a notice is cut."""


_ANY_DATE = ("春节", "清明", "端午", "中秋")
"""The others of 放假办法第二条: they move with the moon, so only their names can be looked for."""


def notice_from(text: str) -> YearNotice | CountyNotice:
    """Either kind of text: one without a `year` gives a county's own days."""
    content = read_yaml(text)
    if isinstance(content, Mapping) and "days_off" in content and "year" not in content:
        return county_from(text)
    return year_from(text)


def unnamed_holidays(notice: YearNotice) -> tuple[str, ...]:
    """Holidays that no day off is named after: worth a second look, though no error."""
    names = "、".join(notice.days_off.values())
    return tuple(holiday for holiday in _ANY_DATE if holiday not in names)


def year_from(text: str) -> YearNotice:
    """One year's notice of the State Council's office."""
    content = read_yaml(text)
    if not isinstance(content, Mapping) or set(content) != _YEAR_KEYS:
        raise Doubtful(f"应当恰好包含 {'、'.join(sorted(_YEAR_KEYS))} 四项")
    year = content["year"]
    if type(year) is not int or not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Doubtful(f"year 应当是四位年份，如 2026，写的是 {_shown(year)}")
    days_off = _days_off(year, content["days_off"])
    make_up = _make_up(year, content["make_up_workdays"], days_off)
    return YearNotice(year, days_off, make_up, _source(content["source"]))


def county_from(text: str) -> CountyNotice:
    """A county's own days off (放假办法第四条), of any years."""
    content = read_yaml(text)
    if not isinstance(content, Mapping) or not {"days_off"} <= set(content) <= _COUNTY_KEYS:
        raise Doubtful("地方放假应当写 days_off，有调休时再写 make_up_workdays，没有其他项")
    off = tuple(_county_days(entry) for entry in _list("days_off", content["days_off"]))
    listed = _list("make_up_workdays", content.get("make_up_workdays", []))
    make_up = tuple(_county_days(entry) for entry in listed)
    for entry in make_up:
        if any(day.weekday() < _SATURDAY for day in entry.days):
            raise Doubtful(f"调休上班日 {entry.first} 不是周六或周日")
    _refuse_repeats([day for entry in off + make_up for day in entry.days])
    return CountyNotice(off, make_up)


def _source(source: object) -> str:
    """The notice's title and number: a rest day nobody ordered is not a rest day."""
    if not isinstance(source, Mapping) or not set(source) <= _PAPER_KEYS | {"amended_by"}:
        raise Doubtful("source 应当写明依据的通知（title，以及 number 或 issued）")
    first = {key: value for key, value in source.items() if key != "amended_by"}
    said = _paper(first)
    for later in _list("amended_by", source.get("amended_by", [])):
        if not isinstance(later, Mapping) or not set(later) <= _PAPER_KEYS | {"change"}:
            raise Doubtful("amended_by 每项应当写 title、number 或 issued，以及改了什么（change）")
        if not isinstance(later.get("change"), str):
            raise Doubtful("amended_by 每项应当写明改了什么（change）")
        paper = {key: value for key, value in later.items() if key != "change"}
        said += f"；后经{_paper(paper)}调整：{later['change']}"
    return said


def _paper(paper: Mapping[str, object]) -> str:
    """Title, number and day of issue of one notice; one of the last two may be unknown."""
    title, number, issued = paper.get("title"), paper.get("number"), paper.get("issued")
    if not isinstance(title, str) or not title.strip() or not (number or issued):
        raise Doubtful("source 应当写明依据的通知（title，以及 number 或 issued）")
    if number is not None and not isinstance(number, str):
        raise Doubtful(f"number 应当是文号，如 国办发明电〔2025〕7号，写的是 {_shown(number)}")
    if issued is not None and type(issued) is not date:
        raise Doubtful(f"issued 应当写成 2025-11-04 的样子，写的是 {_shown(issued)}")
    facts = [str(number)] if number else []
    return f"{title}（{'，'.join([*facts, f'{issued}印发'] if issued else facts)}）"


def _days_off(year: int, ranges: object) -> dict[date, str]:
    days: dict[date, str] = {}
    for entry in _list("days_off", ranges):
        if not isinstance(entry, Mapping) or set(entry) != _RANGE_KEYS or not entry["name"]:
            raise Doubtful(f"days_off 每项应当写 from、to、name，有一项是 {_shown(entry)}")
        first, last = (_of_year(year, _day(entry[end])) for end in ("from", "to"))
        for day in _range(first, last, entry["name"]):
            if day in days:
                raise Doubtful(f"{day} 重复列为放假")
            days[day] = str(entry["name"])
    for (month, day_of_month), name in _ALWAYS_OFF.items():
        if date(year, month, day_of_month) not in days:
            raise Doubtful(f"没有列出{name}（{month}月{day_of_month}日），放假安排可能不完整")
    return days


def _make_up(year: int, listed: object, days_off: Mapping[date, str]) -> frozenset[date]:
    days = [_of_year(year, _day(value)) for value in _list("make_up_workdays", listed)]
    for day in days:
        if day.weekday() < _SATURDAY:
            raise Doubtful(f"调休上班日 {day} 不是周六或周日")
        if day in days_off or days.count(day) > 1:
            raise Doubtful(f"{day} 重复，或者同时列为放假和上班")
    return frozenset(days)


def _county_days(entry: object) -> CountyDays:
    if isinstance(entry, Mapping) and set(entry) == {"date", "name", "basis"}:
        first = last = _day(entry["date"])
    elif isinstance(entry, Mapping) and set(entry) == {"from", "to", "name", "basis"}:
        first, last = _day(entry["from"]), _day(entry["to"])
    else:
        raise Doubtful(
            f"地方放假每项应当写 date（或 from、to）、name、basis，有一项是 {_shown(entry)}"
        )
    name, basis = entry["name"], entry["basis"]
    for key, value in (("name", name), ("basis", basis)):
        if not isinstance(value, str) or not value.strip():
            raise Doubtful(f"{first} 的 {key} 没有写，地方放假要写明名称和依据的文件")
    _range(first, last, name)
    return CountyDays(first, last, name.strip(), basis.strip())


def _range(first: date, last: date, name: object) -> list[date]:
    if last < first:
        raise Doubtful(f"{name}的结束日期 {last} 早于开始日期 {first}")
    if (last - first).days >= _LONGEST_LEAVE:
        raise Doubtful(f"{name}从 {first} 到 {last} 超过 {_LONGEST_LEAVE} 天，请核对日期")
    return list(days_between(first, last))


def _refuse_repeats(days: list[date]) -> None:
    for day, times in Counter(days).items():
        if times > 1:
            raise Doubtful(f"{day} 重复列为放假或上班")


def _list(name: str, value: object) -> list[Any]:
    if not isinstance(value, list):
        raise Doubtful(f"{name} 应当是列表，没有时写 []")
    return value


def _day(value: object) -> date:
    if type(value) is not date:
        raise Doubtful(f"日期应当写成 2026-01-31 的样子，写的是 {_shown(value)}")
    return value


def _of_year(year: int, day: date) -> date:
    """A date of that year, or of the December before: New Year's holiday may begin there."""
    if day.year != year and (day.year, day.month) != (year - 1, _DECEMBER):
        raise Doubtful(f"日期 {day} 不属于 {year} 年")
    return day


def _shown(value: object) -> str:
    """What was typed, near enough to be found again."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {inner}" for key, inner in value.items()) + "}"
    return f"“{value}”"
