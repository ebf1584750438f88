"""One letter at the desk: its form, what is still missing, its words, and what can be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inquiry_service.desk.fields import Option, pairs
from inquiry_service.desk.offers import (
    Deed,
    discardable,
    editable,
    letter_deeds,
)
from inquiry_service.disclosure.advice.assistant import Ending, next_after
from inquiry_service.disclosure.letters import (
    Element,
    LetterKind,
    elements_of,
    missing,
    paragraphs,
    unconfirmed,
)
from inquiry_service.disclosure.letters.checking import is_near
from inquiry_service.disclosure.letters.element import day_of, number_of
from inquiry_service.disclosure.letters.variants import Ground, variant_of, with_article
from inquiry_service.disclosure.looking.handling import Case
from inquiry_service.disclosure.looking.letters_seen import LetterSeen
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.effects import effect_of
from inquiry_service.disclosure.procedure.writing import PROVISIONAL, suggested_content
from inquiry_service.disclosure.rules import events as happened
from inquiry_service.disclosure.rules.clock import due
from inquiry_service.errors import Problem
from inquiry_service.moments import local_day

AT_APPROVAL = ("document_number", "signed_on")
"""What approval fills in by itself."""

SETTLED = ("outcome", "matter")
"""What was chosen before, or follows from the case."""

CONSULTING = (LetterKind.THIRD_PARTY_CONSULTATION, LetterKind.CO_MAKER_CONSULTATION)
_PLACES = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class LetterPage:
    """`letter` is None until the first draft is kept; `content` is what the form shows."""

    kind: LetterKind
    letter: LetterSeen | None
    content: Mapping[str, str]
    party: str
    parties: tuple[Option, ...]
    fields: tuple[Element, ...]
    editable: bool
    lacking: tuple[Problem, ...]
    notes: tuple[str, ...]
    paragraphs: tuple[str, ...]
    deeds: tuple[Deed, ...]
    returned: str
    discardable: bool = False
    hindrance: str = ""
    outcome_label: str = ""

    @property
    def letter_id(self) -> str:
        return self.letter.letter_id if self.letter else ""


def letter_page(
    office: DisclosureOffice,
    case: Case,
    kind: LetterKind,
    content: Mapping[str, str],
    *,
    letter: LetterSeen | None = None,
    party: str = "",
) -> LetterPage:
    elements = elements_of(kind, content)
    outcome = next((o.label for o in case.outcomes if o.code == content.get("outcome")), "")
    open_to_change = letter is None or editable(case, letter)
    return LetterPage(
        kind=kind,
        letter=letter,
        content=content,
        party=party or (letter.party if letter else ""),
        parties=designations(kind),
        fields=tuple(e for e in elements if e.name not in (*AT_APPROVAL, *SETTLED)),
        editable=open_to_change,
        lacking=lacking(office, kind, content) if open_to_change else (),
        notes=_notes(office, kind, content),
        paragraphs=paragraphs(kind, content),
        deeds=letter_deeds(case, letter) if letter else (),
        returned=_returned(case, letter),
        discardable=letter is not None and discardable(case, letter),
        hindrance=letter.hindrance if letter else "",
        outcome_label=outcome,
    )


def designations(kind: LetterKind) -> tuple[Option, ...]:
    """A closed list, so that no name gets into the open chain (个人信息保护法第六条)."""
    if kind not in CONSULTING:
        return ()
    whose = "第三方" if kind is LetterKind.THIRD_PARTY_CONSULTATION else "机关"
    return pairs(*((f"{whose}{place}", f"{whose}{place}") for place in _PLACES))


def first_content(
    office: DisclosureOffice, case: Case, kind: LetterKind, outcome: str = ""
) -> dict[str, str]:
    """What a new letter begins with: what the case knows and what the assistant found."""
    content = suggested_content(
        office,
        kind,
        case.application,
        number=case.number,
        due=case.due,
        received=case.position.received,
        matter=case.position.matter,
        outcome_code=outcome,
    )
    if kind is LetterKind.EXTENSION and case.position.has(happened.ReasonsGiven):
        return with_article(kind, content | {"ground": Ground.DELAYED.value})
    return (_from_the_case(case, content) if kind is LetterKind.REPLY else {}) | content


def with_outcome(
    office: DisclosureOffice, case: Case, content: Mapping[str, str], outcome: str
) -> dict[str, str]:
    """The same letter with another outcome: what the outcome settles is replaced."""
    fresh = first_content(office, case, LetterKind.REPLY, outcome)
    settled = ("article", "remedy", "outcome")
    kept = {name: text for name, text in content.items() if name not in settled}
    return fresh | kept


def completed(
    office: DisclosureOffice, case: Case, kind: LetterKind, content: Mapping[str, str]
) -> dict[str, str]:
    """Nobody types the article of a choice, or the new due date (条例第三十三条第二款)."""
    done = with_article(kind, content)
    delayed = variant_of(kind, done) is Ground.DELAYED
    today, until = local_day(office.clock()), day_of(done.get("until", ""))
    near = until and is_near(until, today)
    written = near if delayed else number_of(done.get("days", ""))
    if kind is not LetterKind.EXTENSION or not written or (not delayed and done.get("new_due")):
        return done
    later = effect_of(kind, done, on=today, letter="", party="")
    events = [recorded.event for recorded in case.history]
    reckoned = due([*events, *later], office.calendar, office.reading)
    if reckoned is None:
        return done
    note = done.get("due_note") or (PROVISIONAL if reckoned.provisional else "")
    told = {} if delayed else {"new_due": reckoned.due.isoformat()}
    return done | told | {"due_note": note}


def lacking(
    office: DisclosureOffice, kind: LetterKind, content: Mapping[str, str]
) -> tuple[Problem, ...]:
    """What stands between a draft and its approval; number and date come by themselves."""
    today = local_day(office.clock()).isoformat()
    return missing(kind, {**content, "document_number": "待编〔2026〕1号", "signed_on": today})


def _from_the_case(case: Case, content: Mapping[str, str]) -> dict[str, str]:
    """Of a reply: the reasons that the assistant put together, and the latest search record."""
    code = content.get("outcome", "")
    considered = [r.event for r in case.history if isinstance(r.event, happened.OutcomeConsidered)]
    trails = [one.trail for one in considered if one.outcome_code == code]
    searches = [one.text for one in case.written if one.about == "search"]
    found = {
        "reason": "".join(reasons_of(trails[-1])) if trails else "",
        "search": searches[-1] if searches else "",
    }
    wanted = {element.name for element in elements_of(LetterKind.REPLY, content)}
    return {name: text for name, text in found.items() if text and name in wanted}


def reasons_of(trail: Sequence[str]) -> tuple[str, ...]:
    """The sentences of a trail of `step=answer`; none for a trail that leads nowhere any more."""
    answers = dict(one.split("=", 1) for one in trail if "=" in one)
    try:
        ending = next_after(answers)
    except ValueError:
        return ()
    return ending.reasons if isinstance(ending, Ending) else ()


def _notes(
    office: DisclosureOffice, kind: LetterKind, content: Mapping[str, str]
) -> tuple[str, ...]:
    """What a lawyer has still to confirm, unless the bureau has it settled."""
    if content.get("outcome", "") in office.settled_outcomes:
        return ()
    return unconfirmed(kind, content)


def _returned(case: Case, letter: LetterSeen | None) -> str:
    """Why it was sent back the last time, unless it has been written anew since."""
    if letter is None:
        return ""
    drafted = (happened.LetterDrafted, happened.ReplyDrafted)
    why = ""
    for event in (recorded.event for recorded in case.history):
        if getattr(event, "letter", "") != letter.letter_id:
            continue
        if isinstance(event, happened.LetterReturned | happened.ReplyReturned):
            why = next((w.text for w in case.written if w.text_id == event.text), "")
        elif isinstance(event, drafted):
            why = ""
    return why
