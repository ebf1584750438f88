"""A second person in a process of their own, who acts on the same cases at the same moment.

    python acting.py DATABASE

For each line of standard input (`NUMBER VERSION STEP`) the step is tried and its end written:
`done`, or the name of the error.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from inquiry_service.calendar.loading import load_calendar
from inquiry_service.disclosure import DisclosureOffice
from inquiry_service.disclosure.procedure import ending, receiving
from inquiry_service.errors import InquiryError
from inquiry_service.moments import FrozenClock
from inquiry_service.storage import Database

CALENDAR = Path(__file__).resolve().parents[3] / "knowledge" / "calendar"


def tried(office: DisclosureOffice, number: str, at: int | None, step: str) -> str:
    """How one person's step ended; `at` is the version that they looked at."""
    try:
        if step == "register":
            receiving.register_request(office, number, by="clerk", expected_version=at or 0)
        else:
            ending.withdraw_request(office, number, expected_version=at)
    except InquiryError as error:
        return type(error).__name__
    return "done"


def main(url: str) -> None:
    calendar = load_calendar(CALENDAR)
    clock = FrozenClock(datetime(2026, 3, 2, 1, 0, tzinfo=UTC))
    office = DisclosureOffice(
        Database.open(url), lambda: calendar, clock, "only-for-tests", "测试用机关"
    )
    for line in sys.stdin:
        number, version, step = line.split()
        at = int(version) if version != "any" else None
        sys.stdout.write(f"{tried(office, number, at, step)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
