"""What has happened in a case and who did it, for staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from inquiry_service.desk.parts import DeskParts
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.looking.handling import Case
from inquiry_service.disclosure.rules.events import Event, LetterSent, OutcomeConsidered
from inquiry_service.disclosure.rules.outcomes import outcome_of
from inquiry_service.staff.accounts import members


@dataclass(frozen=True, slots=True)
class StepDone:
    """One line of the timeline; `about` says which letter or outcome, where there is one."""

    day: date
    text: str
    about: str
    who: str


def names_of_staff(parts: DeskParts) -> dict[str, str]:
    """Who a name in the history is: staff by their shown name, and the two that are no staff."""
    named = {member.login: member.name for member in members(parts.staff)}
    return {**named, "applicant": "申请人", "system": "系统"}


def steps_done(case: Case, names: Mapping[str, str]) -> tuple[StepDone, ...]:
    """Oldest first, as the history has them: every event is one moment of the inner timeline."""
    pairs = zip(case.history, case.timeline, strict=True)
    return tuple(
        StepDone(moment.day, moment.text, _about(case, r.event), names.get(r.actor, r.actor))
        for r, moment in pairs
    )


def _about(case: Case, event: Event) -> str:
    if isinstance(event, OutcomeConsidered):
        outcome = outcome_of(event.outcome_code)
        return outcome.label if outcome else event.outcome_code
    party = getattr(event, "party", "")
    letter = getattr(event, "letter", "")
    if party or not letter:
        return str(party)
    found = next((one.kind for one in case.letters if one.letter_id == letter), None)
    told_already = found is LetterKind.REPLY and not isinstance(event, LetterSent)
    return "" if found is None or told_already else found.label
