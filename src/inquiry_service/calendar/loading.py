"""The shipped calendar: one `<year>.yaml` a year, and `county.yaml` where a county has its own."""

from itertools import pairwise
from pathlib import Path

from inquiry_service.calendar.notices import county_from, year_from
from inquiry_service.calendar.strict_yaml import Doubtful
from inquiry_service.calendar.working_days import CountyNotice, WorkingCalendar, YearNotice
from inquiry_service.errors import ConfigurationFault, KnowledgeFault

_COUNTY = "county"


def load_calendar(directory: Path) -> WorkingCalendar:
    """Read every year in the folder.

    Raises `ConfigurationFault` when there is no calendar at all, `KnowledgeFault` naming the file
    and the entry when one cannot be trusted.
    """
    files = sorted(directory.glob("*.y*ml")) if directory.is_dir() else []
    years = [file for file in files if file.stem != _COUNTY]
    if not years:
        raise ConfigurationFault(
            "INQUIRY_KNOWLEDGE",
            f"工作日历目录 {directory} 中没有放假安排文件，请放入如 2026.yaml 的文件。",
        )
    for file, following in pairwise(files):
        if file.stem == following.stem:
            raise KnowledgeFault(following.name, f"与 {file.name} 重复，请只保留一个")
    county = next((_read_county(file) for file in files if file.stem == _COUNTY), CountyNotice())
    return WorkingCalendar(tuple(_read_year(file) for file in years), county)


def read_text(file: Path) -> str:
    """The text of a notice. Raises `KnowledgeFault` when it is no UTF-8 text file."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as fault:
        raise KnowledgeFault(file.name, f"无法读取：{fault.strerror}") from fault
    except UnicodeDecodeError as fault:
        raise KnowledgeFault(file.name, "无法读取：不是 UTF-8 编码的文本文件") from fault


def _read_year(file: Path) -> YearNotice:
    try:
        notice = year_from(read_text(file))
        if file.stem != str(notice.year):
            raise Doubtful(f"year 应当是与文件名一致的年份，写的是 {notice.year}")
    except Doubtful as doubt:
        raise KnowledgeFault(file.name, str(doubt)) from doubt
    return notice


def _read_county(file: Path) -> CountyNotice:
    try:
        return county_from(read_text(file))
    except Doubtful as doubt:
        raise KnowledgeFault(file.name, str(doubt)) from doubt
