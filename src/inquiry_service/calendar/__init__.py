"""Working days: published notices on days off, and what they make of each day."""

from inquiry_service.calendar.differences import DayDifference, calendar_differences
from inquiry_service.calendar.working_days import (
    CountyDays,
    CountyNotice,
    Judged,
    Reached,
    WorkingCalendar,
    YearNotice,
)

__all__ = [
    "CountyDays",
    "CountyNotice",
    "DayDifference",
    "Judged",
    "Reached",
    "WorkingCalendar",
    "YearNotice",
    "calendar_differences",
]
