"""The desk's side: the list by due date, one case with everything, and the reply."""

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row

from inquiry_service.disclosure import store
from inquiry_service.disclosure.clock import Due, due
from inquiry_service.disclosure.events import Filed, Recorded, ReplySent
from inquiry_service.disclosure.following import ReplyGiven, reply_given
from inquiry_service.disclosure.numbering import find_request_number
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.outcomes import Outcome, open_outcomes
from inquiry_service.disclosure.progress import Moment, State, reply_in, state_of, timeline
from inquiry_service.disclosure.request import (
    ApplicantKind,
    Application,
    application_from,
    choice_of,
    printable,
)
from inquiry_service.errors import BadInput, Conflict, NotFound, Problem
from inquiry_service.moments import local_day

MAX_REPLY = 20_000


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One line of the desk's list; `summary` is redacted."""

    number: str
    summary: str
    applicant_kind: str
    channel: str
    state_label: str
    received: date | None
    due: date | None
    provisional: bool
    overdue: bool
    replied_on: date | None
    conversation_id: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """Everything about one request. `version` is what `reply_to_request` expects back."""

    number: str
    version: int
    application: Application
    channel: str
    conversation_id: str | None
    near_answers: tuple[str, ...]
    history: tuple[Recorded, ...]
    timeline: tuple[Moment, ...]
    state_label: str
    due: Due | None
    outcomes: tuple[Outcome, ...]
    reply: ReplyGiven | None


def requests_for_desk(office: DisclosureOffice, *, replied: bool = False) -> list[DeskRow]:
    """Open requests, the most urgent first; or those replied to, the latest first."""
    with office.database.read() as connection:
        rows, histories = store.all_requests(connection), store.histories(connection)
    listed = [_desk_row(office, row, histories.get(str(row.number), ())) for row in rows]
    wanted = [row for row in listed if (row.replied_on is not None) == replied]
    if replied:
        return sorted(wanted, key=lambda r: (r.replied_on or date.min, r.number), reverse=True)
    return sorted(wanted, key=lambda r: (r.due or date.max, r.number))


def _desk_row(
    office: DisclosureOffice, row: Row[tuple[object, ...]], history: tuple[Recorded, ...]
) -> DeskRow:
    events = [recorded.event for recorded in history]
    reply_by, reply = due(events, office.calendar), reply_in(events)
    return DeskRow(
        number=row.number,
        summary=row.summary,
        applicant_kind=_label(row.applicant_kind),
        channel=row.channel,
        state_label=state_of(events).value,
        received=reply_by.received if reply_by else None,
        due=reply_by.due if reply_by else None,
        provisional=reply_by is not None and reply_by.provisional,
        overdue=reply is None and reply_by is not None and local_day(office.clock()) > reply_by.due,
        replied_on=reply.on if reply else None,
        conversation_id=row.conversation_id,
    )


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
    events = [recorded.event for recorded in history]
    filed = next(event for event in events if isinstance(event, Filed))
    return Case(
        number=row.number,
        version=len(history),
        application=unsealed(office, row.sealed_application),
        channel=row.channel,
        conversation_id=row.conversation_id,
        near_answers=filed.near_answers,
        history=history,
        timeline=timeline(history),
        state_label=state_of(events).value,
        due=due(events, office.calendar),
        outcomes=open_outcomes(events),
        reply=reply_given(office, events),
    )


def unsealed(office: DisclosureOffice, sealed: str) -> Application:
    return application_from(json.loads(office.seals.unseal(sealed))["application"])


def reply_to_request(
    office: DisclosureOffice,
    number: str,
    *,
    outcome_code: str,
    text: str,
    staff_login: str,
    expected_version: int,
) -> None:
    """Send the reply; the applicant sees it at once.

    Raises `NotFound`, `BadInput` naming `outcome_code` or `text`, and `Conflict` when the case
    moved on since it was opened or has its reply already.
    """
    proper, now = find_request_number(number) or "", office.clock()
    reply = ReplySent(local_day(now), outcome_code, printable(text))
    with office.database.begin() as connection:
        store.lock_request(connection, proper)
        _refuse(store.history(connection, proper), reply, expected_version)
        store.append(connection, proper, [reply], at=now, actor=staff_login)


def _refuse(history: tuple[Recorded, ...], reply: ReplySent, expected_version: int) -> None:
    if not history:
        raise NotFound("这件申请")
    events = [recorded.event for recorded in history]
    if state_of(events) is State.REPLIED:
        raise Conflict("这件申请已经答复")
    if len(history) != expected_version:
        raise Conflict("这件申请有了新的进展")
    problems = [*_outcome_problems(reply, open_outcomes(events)), *_text_problems(reply)]
    if problems:
        raise BadInput(problems)


def _outcome_problems(reply: ReplySent, allowed: tuple[Outcome, ...]) -> list[Problem]:
    if reply.outcome_code in {outcome.code for outcome in allowed}:
        return []
    return [Problem("outcome_code", "请选择办理结果；未经补正或者收费的，不能选相应的结果。")]


def _text_problems(reply: ReplySent) -> list[Problem]:
    if not reply.text:
        return [Problem("text", "请写明答复内容和理由。")]
    if len(reply.text) > MAX_REPLY:
        return [Problem("text", f"答复最多{MAX_REPLY}字，请缩短或者另附材料。")]
    return []
