"""Following a request with its number and look-up code, in plain words."""

import hmac
from dataclasses import dataclass
from datetime import date

from inquiry_service.attempts import FAILURE_WINDOW, refuse_guessing
from inquiry_service.disclosure import store
from inquiry_service.disclosure.applications import application_now
from inquiry_service.disclosure.looking.letters_seen import LetterSeen, letters_of
from inquiry_service.disclosure.looking.replies import ReplyGiven, reply_given
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.rules.clock import Due, due
from inquiry_service.disclosure.rules.numbering import find_lookup_code, find_request_number
from inquiry_service.disclosure.rules.position import position_of
from inquiry_service.disclosure.rules.progress import Moment, State, sentences, state_of, timeline
from inquiry_service.disclosure.rules.request import Application
from inquiry_service.disclosure.texts import texts_of
from inquiry_service.errors import NotFound
from inquiry_service.moments import local_day

WRONG_CODES_ALLOWED = 50
"""For one number within the window: numbers can be counted up, 31^8 codes cannot be tried."""

_NOT_FOUND = "这件申请，请核对申请编号和查询码"


@dataclass(frozen=True, slots=True)
class Following:
    """Where a request stands: `sentences` now, `timeline` so far, `due` with its steps.

    `version` is what a step of the applicant expects back; `until` the day that was given for a
    correction, reasons or a fee.
    """

    number: str
    state_label: str
    sentences: tuple[str, ...]
    timeline: tuple[Moment, ...]
    due: Due | None
    reply: ReplyGiven | None
    letters: tuple[LetterSeen, ...]
    state: State
    application: Application
    version: int
    until: date | None

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
    if not _opens(office, proper, code, row.code_hash if row else ""):
        refuse_guessing(failures, now, allowed=WRONG_CODES_ALLOWED)
        with office.database.begin() as connection:
            store.add_failure(connection, proper, now, forget=now - FAILURE_WINDOW)
        raise NotFound(_NOT_FOUND)
    return following_of(office, proper)


def _opens(office: DisclosureOffice, number: str, code: str, code_hash: str) -> bool:
    # Copied out letter by letter it may have a blank after each one.
    found = find_lookup_code(code) or find_lookup_code("".join(code.split())) or ""
    given = found.replace("-", "")
    return hmac.compare_digest(office.seals.code_hash(number, given), code_hash)


def following_of(office: DisclosureOffice, number: str) -> Following:
    """What the applicant sees; the caller has made sure that it is the applicant."""
    with office.database.read() as connection:
        row = store.request_row(connection, number)
        if row is None:
            raise NotFound(_NOT_FOUND)
        history = store.history(connection, number)
        letters = letters_of(office, connection, history)
        written = texts_of(connection, office.seals, number)
        application = application_now(connection, office.seals, row)
    events = [recorded.event for recorded in history]
    reply_by = due(events, office.calendar, office.reading)
    return Following(
        number=number,
        state_label=state_of(events).value,
        sentences=sentences(events, reply_by, today=local_day(office.clock())),
        timeline=timeline(history),
        due=reply_by,
        reply=reply_given(office, history, letters, written),
        letters=tuple(one for one in letters if one.sent and one.to_applicant),
        state=state_of(events),
        application=application,
        version=len(history),
        until=position_of(history).waiting_until,
    )
