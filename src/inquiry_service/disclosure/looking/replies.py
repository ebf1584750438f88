"""The reply as it is read: from its letter, or from the register where there was none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from inquiry_service.disclosure.looking.letters_seen import LetterSeen
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.rules.events import AnsweredOnSpot, ReplySent
from inquiry_service.disclosure.rules.outcomes import Outcome, outcome_of
from inquiry_service.disclosure.rules.progress import reply_in
from inquiry_service.disclosure.rules.recorded import Recorded
from inquiry_service.disclosure.rules.remedies import remedy_for
from inquiry_service.disclosure.texts import Written


@dataclass(frozen=True, slots=True)
class ReplyGiven:
    """The reply as the applicant reads it."""

    on: date
    outcome_label: str
    article: str
    text: str
    remedy: str


def reply_given(
    office: DisclosureOffice,
    history: Sequence[Recorded],
    letters: Sequence[LetterSeen],
    written: Sequence[Written],
) -> ReplyGiven | None:
    """The reply in a history with the remedy that belongs to its outcome."""
    reply = reply_in([recorded.event for recorded in history])
    outcome = outcome_of(reply.outcome_code) if reply else None
    if reply is None or outcome is None:
        return None
    article = f"《中华人民共和国政府信息公开条例》{outcome.article}" if outcome.article else ""
    text, remedy = _said(office, reply, outcome, letters, written)
    return ReplyGiven(reply.on, outcome.label, article, text, remedy)


def _said(
    office: DisclosureOffice,
    reply: ReplySent | AnsweredOnSpot,
    outcome: Outcome,
    letters: Sequence[LetterSeen],
    written: Sequence[Written],
) -> tuple[str, str]:
    letter = next((one for one in letters if one.letter_id == getattr(reply, "letter", "")), None)
    if letter is not None:
        remedy = letter.content.get("remedy", "")
        body = [text for text in letter.paragraphs if text != remedy]
        return "\n".join(body), remedy
    noted = next((one.text for one in written if one.text_id == reply.text), reply.text)
    remedy = remedy_for(outcome, organ=office.reconsideration_organ, court=office.court).text
    return noted, remedy
