"""Following a request with its number and look-up code, in plain words."""

import hmac
from dataclasses import dataclass
from datetime import date

from inquiry_service.attempts import FAILURE_WINDOW, refuse_guessing
from inquiry_service.disclosure import store
from inquiry_service.disclosure.clock import Due, due
from inquiry_service.disclosure.events import Event, Recorded
from inquiry_service.disclosure.numbering import find_lookup_code, find_request_number
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.outcomes import outcome_of
from inquiry_service.disclosure.progress import Moment, reply_in, sentences, state_of, timeline
from inquiry_service.disclosure.remedies import remedy_for
from inquiry_service.errors import NotFound
from inquiry_service.moments import local_day

WRONG_CODES_ALLOWED = 50
"""For one number within the window: numbers can be counted up, 31^8 codes cannot be tried."""

_NOT_FOUND = "这件申请，请核对申请编号和查询码"


@dataclass(frozen=True, slots=True)
class ReplyGiven:
    """The reply as the applicant reads it."""

    on: date
    outcome_label: str
    article: str
    text: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Following:
    """Where a request stands: `sentences` now, `timeline` so far, `due` with its steps."""

    number: str
    state_label: str
    sentences: tuple[str, ...]
    timeline: tuple[Moment, ...]
    due: Due | None
    reply: ReplyGiven | None

    @property
    def provisional(self) -> bool:
        return self.due is not None and self.due.provisional


def follow_request(office: DisclosureOffice, number: str, code: str) -> Following:
    """Look a request up. A wrong code and an unknown number are the same `NotFound`.

    Raises `TooManyAttempts` for wrong codes after fifty of them for one number within fifteen
    minutes, known or not. The right code always opens: nobody can be locked out by a stranger.
    """
    now = office.clock()
    proper = find_request_number(number)
    if proper is None:
        raise NotFound(_NOT_FOUND)
    with office.database.read() as connection:
        failures = store.failures_since(connection, proper, now - FAILURE_WINDOW)
        row = store.request_row(connection, proper)
        history = store.history(connection, proper)
    if not _opens(office, proper, code, row.code_hash if row else ""):
        refuse_guessing(failures, now, allowed=WRONG_CODES_ALLOWED)
        with office.database.begin() as connection:
            store.add_failure(connection, proper, now, forget=now - FAILURE_WINDOW)
        raise NotFound(_NOT_FOUND)
    return _following(office, proper, history)


def _opens(office: DisclosureOffice, number: str, code: str, code_hash: str) -> bool:
    # Copied out letter by letter it may have a blank after each one.
    found = find_lookup_code(code) or find_lookup_code("".join(code.split())) or ""
    given = found.replace("-", "")
    return hmac.compare_digest(office.seals.code_hash(number, given), code_hash)


def _following(office: DisclosureOffice, number: str, history: tuple[Recorded, ...]) -> Following:
    events = [recorded.event for recorded in history]
    reply_by = due(events, office.calendar)
    return Following(
        number=number,
        state_label=state_of(events).value,
        sentences=sentences(events, reply_by, today=local_day(office.clock())),
        timeline=timeline(history),
        due=reply_by,
        reply=reply_given(office, events),
    )


def reply_given(office: DisclosureOffice, events: list[Event]) -> ReplyGiven | None:
    """The reply in a history with the remedy that belongs to its outcome."""
    reply = reply_in(events)
    outcome = outcome_of(reply.outcome_code) if reply else None
    if reply is None or outcome is None:
        return None
    remedy = remedy_for(outcome, organ=office.reconsideration_organ, court=office.court)
    article = f"《中华人民共和国政府信息公开条例》{outcome.article}" if outcome.article else ""
    return ReplyGiven(reply.on, outcome.label, article, reply.text, remedy.text)
