"""Working days: published notices on days off, and what they make of each day."""

from inquiry_service.calendar.working_days import Judged, Reached, WorkingCalendar, YearNotice

__all__ = ["Judged", "Reached", "WorkingCalendar", "YearNotice"]
