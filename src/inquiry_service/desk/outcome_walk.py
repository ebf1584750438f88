"""The way through the outcome assistant: what was answered, what is asked now, where it ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from inquiry_service.disclosure.advice.assistant import Act, Choice, Ending, Step, next_after
from inquiry_service.disclosure.letters.kinds import LetterKind

STAGES = ("补不补", "是不是", "谁负责", "有没有", "给不给", "怎么给", "怎么答")


@dataclass(frozen=True, slots=True)
class Answered:
    """One question with its answer; `before` are the answers that led to it."""

    step: Step
    choice: Choice
    before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """Either `step` is asked now or `ending` is reached."""

    trail: tuple[str, ...]
    answered: tuple[Answered, ...]
    step: Step | None
    ending: Ending | None

    @property
    def leads_to(self) -> str:
        """Below the case: the form of the act that must come first; empty where there is none."""
        act = self.ending.act if self.ending else None
        return _FORMS.get(act, "") if act else ""


def walked(trail: Sequence[str]) -> Walk:
    """As far as the answers make sense; what follows a wrong one is dropped."""
    kept: list[str] = []
    found: Step | Ending = next_after({})
    answered: list[Answered] = []
    for one in trail:
        step, _, choice = one.partition("=")
        if isinstance(found, Ending) or found.key != step:
            break
        chosen = next((c for c in found.choices if c.key == choice), None)
        if chosen is None:
            break
        answered.append(Answered(found, chosen, tuple(kept)))
        kept.append(one)
        found = next_after(dict(each.split("=", 1) for each in kept))
    if isinstance(found, Ending):
        return Walk(tuple(kept), tuple(answered), None, found)
    return Walk(tuple(kept), tuple(answered), found, None)


def _new(kind: LetterKind) -> str:
    return f"letters/new?kind={kind.value}"


_FORMS = {
    Act.ASK_CORRECTION: _new(LetterKind.CORRECTION),
    Act.ASK_REASONS: _new(LetterKind.REASONS),
    Act.SET_LATER_DATE: _new(LetterKind.EXTENSION),
    Act.CONSULT_AGENCY: _new(LetterKind.CO_MAKER_CONSULTATION),
    Act.RECORD_SEARCH: "search",
    Act.CONSULT_THIRD_PARTY: _new(LetterKind.THIRD_PARTY_CONSULTATION),
    Act.TELL_THIRD_PARTY: _new(LetterKind.DISCLOSURE_NOTICE),
    Act.EXTEND: _new(LetterKind.EXTENSION),
}
