"""The desk's side: the list by due date, and one case with everything."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row

from inquiry_service.calendar import WorkingCalendar
from inquiry_service.disclosure import store
from inquiry_service.disclosure.applications import application_now
from inquiry_service.disclosure.looking.letters_seen import LetterSeen, letters_of
from inquiry_service.disclosure.looking.replies import ReplyGiven, reply_given
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.hindrances import hindered
from inquiry_service.disclosure.rules.clock import Due, due, fold
from inquiry_service.disclosure.rules.events import (
    AnsweredOnSpot,
    Event,
    Filed,
    ReplySent,
    Withdrawn,
)
from inquiry_service.disclosure.rules.lawful import allowed_now
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.numbering import find_request_number
from inquiry_service.disclosure.rules.opinions import Awaited, last_day
from inquiry_service.disclosure.rules.outcomes import Outcome, open_outcomes
from inquiry_service.disclosure.rules.position import OPEN, Position, position_of
from inquiry_service.disclosure.rules.progress import Moment, timeline
from inquiry_service.disclosure.rules.recorded import Recorded
from inquiry_service.disclosure.rules.request import ApplicantKind, Application, choice_of
from inquiry_service.disclosure.texts import Written, texts_of
from inquiry_service.errors import NotFound
from inquiry_service.moments import local_day


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One line of the desk's list; `summary` is redacted, `hindered` are letters that cannot go."""

    number: str
    summary: str
    applicant_kind: str
    channel: str
    state_label: str
    received: date | None
    due: date | None
    provisional: bool
    overdue: bool
    ended_on: date | None
    conversation_id: str | None
    position: Position
    reply_by: Due | None
    hindered: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Case:
    """Everything about one request. `version` is what each step expects back.

    `awaited` are those who were asked for their opinion and have not answered yet.
    """

    number: str
    version: int
    matter: Matter
    application: Application
    channel: str
    conversation_id: str | None
    near_answers: tuple[str, ...]
    history: tuple[Recorded, ...]
    timeline: tuple[Moment, ...]
    position: Position
    due: Due | None
    outcomes: tuple[Outcome, ...]
    reply: ReplyGiven | None
    letters: tuple[LetterSeen, ...]
    written: tuple[Written, ...]
    awaited: tuple[Awaited, ...]

    @property
    def state_label(self) -> str:
        return self.position.stage.value

    @property
    def hindered(self) -> frozenset[str]:
        """Letters that wait and could not be sent now."""
        return frozenset(one.letter_id for one in self.letters if one.hindrance)

    @property
    def allowed(self) -> frozenset[type[Event]]:
        """What the stage allows next; a rule may still refuse it with its reason."""
        return allowed_now(self.position)


def requests_for_desk(office: DisclosureOffice, *, replied: bool = False) -> list[DeskRow]:
    """Open requests, the most urgent first; or those that have ended, the latest first."""
    with office.database.read() as connection:
        rows, histories = store.all_requests(connection), store.histories(connection)
    calendar = office.calendar
    known = [(row, histories.get(str(row.number), ())) for row in rows]
    wanted = [(row, past) for row, past in known if (ended_on(past) is not None) == replied]
    listed = [_desk_row(office, calendar, row, past) for row, past in wanted]
    if replied:
        return sorted(listed, key=lambda r: (r.ended_on or date.min, r.number), reverse=True)
    return sorted(listed, key=lambda r: (r.due or date.max, r.number))


def _desk_row(
    office: DisclosureOffice,
    calendar: WorkingCalendar,
    row: Row[tuple[object, ...]],
    history: tuple[Recorded, ...],
) -> DeskRow:
    events = [recorded.event for recorded in history]
    reply_by, position = due(events, calendar, office.reading), position_of(history)
    stage = position.stage
    return DeskRow(
        number=row.number,
        summary=row.summary,
        applicant_kind=_label(row.applicant_kind),
        channel=row.channel,
        state_label=stage.value,
        received=reply_by.received if reply_by else None,
        due=reply_by.due if reply_by else None,
        provisional=reply_by is not None and reply_by.provisional,
        overdue=stage in OPEN and reply_by is not None and reply_by.over(local_day(office.clock())),
        ended_on=ended_on(history),
        conversation_id=row.conversation_id,
        position=position,
        reply_by=reply_by,
        hindered=hindered(office, history, position) if position.open else frozenset(),
    )


def ended_on(history: Iterable[Recorded]) -> date | None:
    """The day on which a request was replied to or taken back; None while it is open."""
    ends = (r.event for r in history if isinstance(r.event, ReplySent | AnsweredOnSpot | Withdrawn))
    return next((event.on for event in ends), None)


def _label(applicant_kind: str) -> str:
    kind = choice_of(ApplicantKind, applicant_kind)
    return kind.label if kind else ""


def open_case(office: DisclosureOffice, number: str) -> Case:
    """One case with the application unsealed. Raises `NotFound` for an unknown number."""
    with office.database.read() as connection:
        row = store.request_row(connection, find_request_number(number) or "")
        if row is None:
            raise NotFound("这件申请")
        history = store.history(connection, row.number)
        application = application_now(connection, office.seals, row)
        letters = letters_of(office, connection, history)
        written = texts_of(connection, office.seals, row.number)
    events = [recorded.event for recorded in history]
    filed = next(event for event in events if isinstance(event, Filed))
    return Case(
        number=row.number,
        version=len(history),
        matter=choice_of(Matter, filed.matter) or Matter.REQUEST,
        application=application,
        channel=row.channel,
        conversation_id=row.conversation_id,
        near_answers=filed.near_answers,
        history=history,
        timeline=timeline(history, inside=True),
        position=position_of(history),
        due=due(events, office.calendar, office.reading),
        outcomes=open_outcomes(events),
        reply=reply_given(office, history, letters, written),
        letters=letters,
        written=written,
        awaited=_awaited(office, events),
    )


def _awaited(office: DisclosureOffice, events: list[Event]) -> tuple[Awaited, ...]:
    calendar = office.calendar
    return tuple(
        Awaited(whose, party, asked, last_day(asked, calendar))
        for (whose, party), asked in fold(events).asked.items()
    )
