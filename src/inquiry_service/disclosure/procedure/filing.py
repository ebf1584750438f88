"""Filing a request: checked, numbered, sealed, received, in one transaction."""

import hashlib
import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from inquiry_service.disclosure import store
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.announcing import announce
from inquiry_service.disclosure.procedure.before_filing import FILED, settle
from inquiry_service.disclosure.procedure.drafts import conversation_behind
from inquiry_service.disclosure.rules.channels import AT_ONCE
from inquiry_service.disclosure.rules.clock import Due, due
from inquiry_service.disclosure.rules.events import Filed as FiledEvent
from inquiry_service.disclosure.rules.events import ReceiptConfirmed
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.numbering import request_number, shown_code
from inquiry_service.disclosure.rules.request import (
    Application,
    application_fields,
    check,
    tidied,
)
from inquiry_service.errors import BadInput, Conflict
from inquiry_service.moments import local_day
from inquiry_service.redaction import redact

_SUMMARY_LENGTH = 60
_MOST_NEAR_ANSWERS = 10
_PASSAGE_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Filed:
    """What the applicant takes home.

    `received` is None until receipt is confirmed (条例第三十一条); `due` too, and for a matter
    that has no limit.
    """

    number: str
    lookup_code: str
    received: date | None
    due: Due | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """How an application came in: `on` which day, when that is not today; `by` whom typed in."""

    channel: str
    on: date | None = None
    by: str = "applicant"
    matter: Matter = Matter.REQUEST
    near_answers: tuple[str, ...] = ()


def file_request(
    office: DisclosureOffice,
    application: Application,
    *,
    submission_key: str,
    channel: str = "web",
    conversation_id: str | None = None,
    draft_id: str | None = None,
    near_answers: Sequence[str] = (),
    matter: Matter = Matter.REQUEST,
) -> Filed:
    """File an application; filing is never refused for what it asks (条例第二十七条).

    The same applicant sending the same application with the same `submission_key` again, even at
    the same moment, gets the same number and code; a different application is a `Conflict`.
    `draft_id` is the token of the link that pre-filled the form; it ties the request to the
    conversation it came from. `near_answers` names the passages that were shown before.
    Raises `BadInput` with one problem per field.
    """
    application = tidied(application)
    problems = check(application)
    if problems:
        raise BadInput(problems)
    arrival = Arrival(channel, matter=matter, near_answers=tuple(near_answers))
    return file_once(
        office,
        application,
        arrival,
        submission_key=submission_key,
        conversation_id=conversation_id,
        draft_id=draft_id,
    )


def file_once(
    office: DisclosureOffice,
    application: Application,
    arrival: Arrival,
    *,
    submission_key: str,
    conversation_id: str | None = None,
    draft_id: str | None = None,
) -> Filed:
    """The same submission twice is one request: what `file_request` and `intake` share."""
    submission = _Submission(
        office, application, _submission_hash(office, application, submission_key), arrival
    )
    try:
        with office.database.begin() as connection:
            filed = submission.filed_before(connection)
            if filed is None:
                conversation_id = conversation_id or conversation_behind(
                    office, connection, draft_id
                )
                filed = submission.file(connection, conversation_id)
                settle(office, connection, submission_key, FILED)
            return filed
    except IntegrityError:
        return _the_faster_one(submission)


def filed_already(
    office: DisclosureOffice, application: Application, *, submission_key: str
) -> bool:
    """Whether this very submission is in the register: sent again it only shows its receipt."""
    application = tidied(application)
    submission_hash = _submission_hash(office, application, submission_key)
    submission = _Submission(office, application, submission_hash, Arrival(""))
    with office.database.read() as connection:
        try:
            return submission.filed_before(connection) is not None
        except Conflict:  # another application under the same key
            return False


def _submission_hash(office: DisclosureOffice, application: Application, key: str) -> str:
    """Bound to the applicant: a key that somebody else guesses shows them nothing."""
    return office.seals.submission_hash(
        key, application.applicant, application.identity_number, application.credit_code
    )


@dataclass(frozen=True)
class _Submission:
    office: DisclosureOffice
    application: Application
    submission_hash: str
    arrival: Arrival

    def filed_before(self, connection: Connection) -> Filed | None:
        row = store.request_of_submission(connection, self.submission_hash)
        if row is None:
            return None
        if not self._says_the_same(str(row.sealed_application)):
            raise Conflict("这个提交编号已经用于另一份申请", "请为这份申请换一个提交编号")
        return self._taken_home(connection, str(row.number))

    def file(self, connection: Connection, conversation_id: str | None) -> Filed:
        arrival, now = self.arrival, self.office.clock()
        prefix, year = arrival.matter.prefix, local_day(now).year
        number = request_number(year, store.next_place(connection, prefix, year), prefix)
        content = sealed_content(self.application)
        row = self._row(number, content, conversation_id)
        store.add_request(connection, row)
        filed = FiledEvent(
            arrival.channel,
            digest(content),
            _short_list(arrival.near_answers),
            arrival.on,
            arrival.matter.value,
        )
        store.append(connection, number, [filed], at=now, actor=arrival.by)
        if arrival.channel in AT_ONCE:
            # 条例第三十一条: online, the day both sides confirm is the day of receipt. The system
            # acknowledges on the spot (接收回执), which is the earliest day and so the safest one
            # for the applicant; handed in or signed for, it is that day.
            received = ReceiptConfirmed(arrival.on or local_day(now), arrival.channel)
            actor = "system" if arrival.by == "applicant" else arrival.by
            store.append(connection, number, [received], at=now, actor=actor)
            stored = store.request_row(connection, number)
            announce(self.office, connection, stored, store.history(connection, number))
        return self._taken_home(connection, number)

    def _says_the_same(self, sealed: str) -> bool:
        stored = json.loads(self.office.seals.unseal(sealed))["application"]
        return bool(stored == application_fields(self.application))

    def _row(self, number: str, content: str, conversation_id: str | None) -> store.NewRequest:
        seals, kind = self.office.seals, self.application.applicant_kind
        return store.NewRequest(
            number=number,
            kind=self.arrival.matter.value,
            submission_hash=self.submission_hash,
            code_hash=seals.code_hash(number, seals.lookup_code(self.submission_hash)),
            applicant_kind=kind.value if kind else "",
            summary=_summary(self.application),
            applicant_mark=applicant_mark(self.office, self.application),
            wish=redact(self.application.description),
            sealed_application=seals.seal(content),
            channel=self.arrival.channel,
            conversation_id=conversation_id,
            filed_at=self.office.clock(),
        )

    def _taken_home(self, connection: Connection, number: str) -> Filed:
        """The receipt: as it was on the day of filing, whatever has happened since."""
        history = store.history(connection, number)
        first = [r.event for r in history if isinstance(r.event, FiledEvent | ReceiptConfirmed)]
        reply_by = due(first, self.office.calendar)
        code = shown_code(self.office.seals.lookup_code(self.submission_hash))
        received = next((e.received for e in first if isinstance(e, ReceiptConfirmed)), None)
        return Filed(number, code, received, reply_by)


def _the_faster_one(submission: _Submission) -> Filed:
    """The same submission arrived twice at once: the other transaction was first."""
    with submission.office.database.read() as connection:
        filed = submission.filed_before(connection)
    if filed is None:
        raise AssertionError("the register refused a request that it does not hold")
    return filed


def _short_list(near_answers: Sequence[str]) -> tuple[str, ...]:
    """Faces hand on what a form sent, and this stands unsealed: passage ids and nothing else."""
    named = [answer for answer in near_answers if _PASSAGE_ID.fullmatch(answer)]
    return tuple(named[:_MOST_NEAR_ANSWERS])


def applicant_mark(office: DisclosureOffice, application: Application) -> str:
    """A keyed hash of who asks: by proof where there is one, else by name; empty for neither."""
    known = application.identity_number or application.credit_code or application.applicant
    return office.seals.submission_hash("applicant", known) if known else ""


def _summary(application: Application) -> str:
    line = " ".join(redact(application.description).split())
    return line if len(line) <= _SUMMARY_LENGTH else f"{line[: _SUMMARY_LENGTH - 1]}…"


def sealed_content(application: Application) -> str:
    """The text that is sealed. Its salt keeps the public digest from being guessed at."""
    content = {"salt": secrets.token_hex(16), "application": application_fields(application)}
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()
