"""The letters of a case as they are looked at: content, how far each is, and to whom it went."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from inquiry_service.disclosure import letter_store
from inquiry_service.disclosure.letters.composing import paragraphs
from inquiry_service.disclosure.letters.kinds import Delivery, LetterKind, Recipient
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.hindrances import hindrance
from inquiry_service.disclosure.procedure.writing import content_of
from inquiry_service.disclosure.rules.events import LetterSent
from inquiry_service.disclosure.rules.position import Stage, position_of
from inquiry_service.disclosure.rules.recorded import Recorded
from inquiry_service.disclosure.rules.request import choice_of


@dataclass(frozen=True, slots=True)
class LetterSeen:
    """One letter; `on` and `route` are None until it has left.

    `hindrance` is a sentence when it waits, and could not be sent as the case stands now.
    """

    letter_id: str
    kind: LetterKind
    outcome_code: str
    party: str
    content: dict[str, str]
    document_number: str
    digest: str
    writers: frozenset[str]
    approved: bool
    on: date | None
    route: Delivery | None
    discarded: bool = False
    hindrance: str = ""

    @property
    def sent(self) -> bool:
        return self.on is not None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The words of the document, for reading without a word processor."""
        return paragraphs(self.kind, self.content)

    @property
    def to_applicant(self) -> bool:
        return self.kind.nature.recipient is Recipient.APPLICANT


def letters_of(
    office: DisclosureOffice, connection: Connection, history: tuple[Recorded, ...]
) -> tuple[LetterSeen, ...]:
    """All letters of a case, oldest first."""
    if not history:
        return ()
    position, left = position_of(history), _left(history)
    found = []
    for row in letter_store.letter_rows(connection, history[0].number):
        letter, sent = position.letter(row.letter_id), left.get(row.letter_id)
        kind = choice_of(LetterKind, row.kind)
        if letter is None or kind is None:
            continue
        content = content_of(office, row.sealed_content)
        waits = row.letter_id in dict(position.on_their_way)
        found.append(
            LetterSeen(
                letter_id=row.letter_id,
                kind=kind,
                outcome_code=row.outcome_code,
                party=row.party,
                content=content,
                document_number=row.document_number or "",
                digest=row.digest or "",
                writers=letter.writers,
                approved=letter.approved,
                on=sent.on if sent else None,
                route=choice_of(Delivery, sent.route) if sent else None,
                discarded=letter.discarded,
                hindrance=hindrance(
                    office, history, kind, content, party=row.party, approved=letter.approved
                )
                if waits and position.stage is not Stage.ARCHIVED
                else "",
            )
        )
    return tuple(found)


def _left(history: Iterable[Recorded]) -> dict[str, LetterSent]:
    sent = (r.event for r in history if isinstance(r.event, LetterSent))
    return {event.letter: event for event in sent}
