"""What a cell shows: dates and numbers in the format that its author chose."""

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')
_DECIMALS = re.compile(r"0\.(0+)")
_MIDNIGHT = dt.time()
_SIGNIFICANT = 15
_ERRORS = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)")


def displayed(cell: Any) -> str:
    """The cell's text; nothing for an empty cell and for an error such as #REF!."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        return _number(value, str(cell.number_format or "General"))
    if isinstance(value, (dt.datetime, dt.date)):
        return _day(value, str(cell.number_format or ""))
    if isinstance(value, dt.time):
        return value.strftime("%H:%M") if not value.second else value.strftime("%H:%M:%S")
    text = str(value)
    return "" if _ERRORS.fullmatch(text.strip()) else text


def _number(value: float, form: str) -> str:
    pattern = _QUOTED.sub("", form.split(";", maxsplit=1)[0])
    decimals = _DECIMALS.search(pattern)
    places = len(decimals[1]) if decimals else 0
    if "%" in pattern:
        return f"{_rounded(Decimal(repr(value)) * 100, places)}%"
    if "E" in pattern.upper() or not re.search("[0#]", pattern):
        return _plain(value)
    rounded = _rounded(Decimal(repr(value)), places)
    return f"{Decimal(rounded):,}" if "," in pattern else rounded


def _rounded(value: Decimal, places: int) -> str:
    if not value.is_finite() or value.adjusted() > _SIGNIFICANT:
        return str(value)
    return str(value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))


def _plain(value: float) -> str:
    """General: no .0 and no digits that are only the machine's rounding."""
    if isinstance(value, int):
        return str(value)
    if value.is_integer() and abs(value) < 10**_SIGNIFICANT:
        return str(int(value))
    return f"{value:.11g}"


def _day(value: dt.date, form: str) -> str:
    time = value.time() if isinstance(value, dt.datetime) else _MIDNIGHT
    form = form.lower()
    if "年" in form or "月" in form:
        year = f"{value.year}年" if "y" in form or "e" in form else ""
        day = f"{year}{value.month}月" + (f"{value.day}日" if "d" in form else "")
    elif "/" in form and "y" in form:
        day = f"{value.year}/{value.month}/{value.day}"
    else:
        day = f"{value.year:04}-{value.month:02}-{value.day:02}"
    return day if time == _MIDNIGHT else f"{day} {time:%H:%M}"
