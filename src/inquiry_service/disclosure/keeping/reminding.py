"""Reminding staff of what runs out: clerks before and on the day, the head too when it is over.

Every reminder has a key, and the outbox keeps a key once: whoever looks, and however often, each
is told once to each. It joins their list on the desk, and goes by mail to whoever gave an address.
"""

import logging
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from threading import Event as Signal

from anyio import sleep, to_thread
from sqlalchemy import Connection

from inquiry_service.disclosure import store
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.rules.clock import due, fold
from inquiry_service.disclosure.rules.events import (
    AgencyConsulted,
    CorrectionAsked,
    FeeNoticed,
    ThirdPartyConsulted,
)
from inquiry_service.disclosure.rules.position import OPEN, Stage, position_of
from inquiry_service.disclosure.rules.recorded import Recorded
from inquiry_service.disclosure.rules.reminders import (
    Kind,
    Pending,
    Reader,
    Reminder,
    reminders_due,
)
from inquiry_service.errors import BadInput
from inquiry_service.moments import local_day
from inquiry_service.notify import Medium, Notice, PostOffice, enqueue
from inquiry_service.staff.accounts import Member, StaffOffice, members
from inquiry_service.staff.mail import mail_addresses
from inquiry_service.staff.roles import Role

logger = logging.getLogger(__name__)

FIRST_LOOK, EVERY = 60.0, 3600.0
"""Seconds: after a start, and between looks."""

SUBJECT = "办理期限提醒"
_URGENT = frozenset({Kind.DUE_TODAY, Kind.OVERDUE})
_ROLES = {Reader.HANDLER: Role.CLERK, Reader.HEAD: Role.HEAD}
_AWAITING_APPLICANT = frozenset({Stage.AWAITING_CORRECTION, Stage.AWAITING_REASONS})
_MAY_STILL_BE_CORRECTED = frozenset({Stage.RECEIVED, Stage.IN_REVIEW})


def remind(office: DisclosureOffice, staff: StaffOffice, *, desk: str = "") -> int:
    """Put what should have been said by today on the lists of those it is for; how many were new.

    Where nobody is clerk, or head, the administrators read it. Without a post office: none.
    `desk` is the address of the desk, for the link in a mail.
    """
    today, calendar = local_day(office.clock()), office.calendar
    if office.post is None:
        return 0
    with office.database.read() as connection:
        histories = store.histories(connection)
    found = [
        reminder
        for number, history in histories.items()
        for reminder in reminders_due(
            pending_of(office, number, history), calendar=calendar, today=today
        )
    ]
    if not found:
        return 0
    told = _Told(office.post, members(staff), mail_addresses(staff), desk, office.clock())
    with office.database.begin() as connection:
        return sum(told.listed(connection, reminder) for reminder in found)


def pending_of(office: DisclosureOffice, number: str, history: tuple[Recorded, ...]) -> Pending:
    """What is running in one case; nothing in one that has ended."""
    events, position = [recorded.event for recorded in history], position_of(history)
    if position.stage not in OPEN:
        return Pending(number, None)
    awaiting, asked = position.stage in _AWAITING_APPLICANT, fold(events).asked.values()
    reply_by = due(events, office.calendar, office.reading)
    correctable = position.stage in _MAY_STILL_BE_CORRECTED and not position.has(CorrectionAsked)
    return Pending(
        number,
        # While somebody is consulted the date only moves away (条例第三十三条第三款).
        reply_by.due if reply_by and not reply_by.paused else None,
        received=position.received if correctable and reply_by else None,
        consulted_on=tuple(one.on for one in asked if isinstance(one, ThirdPartyConsulted)),
        fee_noticed_on=_fee_noticed(history) if position.stage is Stage.AWAITING_FEE else None,
        agencies=tuple(one for one in asked if isinstance(one, AgencyConsulted)),
        unconfirmed_since=_came_in(history) if position.stage is Stage.AWAITING_RECEIPT else None,
        applicant_until=position.waiting_until if awaiting else None,
    )


async def keep_reminding(
    office: DisclosureOffice,
    staff: StaffOffice,
    closing: Signal,
    desk: str = "",
    *,
    first: float = FIRST_LOOK,
    every: float = EVERY,
) -> None:
    """Look until `closing` is set or the task is cancelled; several services may do so at once."""
    await sleep(first)
    while not closing.is_set():
        await to_thread.run_sync(_look, office, staff, desk)
        await sleep(every)


def _look(office: DisclosureOffice, staff: StaffOffice, desk: str) -> None:
    try:
        remind(office, staff, desk=desk)
    except Exception as fault:  # an outer door: the next look comes in any case
        logger.error("reminding staff: %s", type(fault).__name__)


@dataclass(frozen=True)
class _Told:
    """Everybody who may have to be told, and how."""

    post: PostOffice
    everybody: tuple[Member, ...]
    mailed: Mapping[str, str]
    desk: str
    now: datetime

    def listed(self, connection: Connection, reminder: Reminder) -> int:
        """How many lists it is new on; whoever has an address hears of it by mail as well."""
        readers = _readers(reminder.reader, self.everybody)
        new = [
            login
            for login in readers
            if enqueue(self.post, connection, _notice(reminder, login), self.now)
        ]
        for login in new:
            if login in self.mailed and self.post.carries(Medium.EMAIL):
                self._mail(connection, reminder, login)
        return len(new)

    def _mail(self, connection: Connection, reminder: Reminder, login: str) -> None:
        """Number, what is due, and the link: a mailbox is no place for what a case holds."""
        number = reminder.key.partition("/")[0]
        link = f"\n\n{self.desk}/requests/{number}" if self.desk else ""
        notice = Notice(
            key=f"reminder/{reminder.key}/{login}/mail",
            medium=Medium.EMAIL,
            to=self.mailed[login],
            subject=f"{SUBJECT} {number}",
            text=f"{reminder.sentence}{link}\n\n这是系统自动发出的提醒，请登录工作台办理，不必回复。",
            urgent=reminder.kind in _URGENT,
        )
        with suppress(BadInput):  # an address that cannot be used: the desk has it all the same
            enqueue(self.post, connection, notice, self.now)


def _notice(reminder: Reminder, login: str) -> Notice:
    return Notice(
        key=f"reminder/{reminder.key}/{login}",
        medium=Medium.IN_APP,
        to=login,
        subject=SUBJECT,
        text=reminder.sentence,
        urgent=reminder.kind in _URGENT,
    )


def _readers(reader: Reader, everybody: tuple[Member, ...]) -> list[str]:
    theirs = [member.login for member in everybody if member.role is _ROLES[reader]]
    return theirs or [member.login for member in everybody if member.role is Role.ADMINISTRATOR]


def _came_in(history: tuple[Recorded, ...]) -> date:
    """The day on the application, or else that of its recording (条例第三十一条)."""
    first = history[0]
    return getattr(first.event, "arrived", None) or local_day(first.at)


def _fee_noticed(history: Iterable[Recorded]) -> date | None:
    noticed = [r.event.on for r in history if isinstance(r.event, FeeNoticed)]
    return max(noticed, default=None)
