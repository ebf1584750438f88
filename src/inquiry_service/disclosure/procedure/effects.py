"""What sending a letter does to the case: most letters are a step of the procedure."""

from collections.abc import Callable, Mapping
from datetime import date

from inquiry_service.disclosure.letters.element import amount_of, day_of, number_of
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.letters.variants import Ground, variant_of
from inquiry_service.disclosure.procedure.case_file import CaseFile
from inquiry_service.disclosure.rules.events import (
    AgencyConsulted,
    CorrectionAsked,
    DeadlineExtended,
    Event,
    FeeNoticed,
    LaterDateSet,
    ReasonsAsked,
    ThirdPartyConsulted,
)
from inquiry_service.disclosure.rules.lawful import check
from inquiry_service.disclosure.rules.opinions import Relation
from inquiry_service.errors import BadInput, Problem

_Content = Mapping[str, str]


def _correction(content: _Content, on: date, letter: str, _party: str) -> Event:
    return CorrectionAsked(on, day_of(content.get("until", "")), letter)


def _reasons(content: _Content, on: date, letter: str, _party: str) -> Event:
    return ReasonsAsked(on, day_of(content.get("until", "")), letter)


def _extension(content: _Content, on: date, letter: str, _party: str) -> Event:
    if variant_of(LetterKind.EXTENSION, content) is Ground.DELAYED:
        # Without a day it is later than nothing: no guard lets it pass.
        return LaterDateSet(on, day_of(content.get("until", "")) or date.min, letter)
    return DeadlineExtended(number_of(content.get("days", "")) or 0, on, letter)


def _third_party(_content: _Content, on: date, letter: str, party: str) -> Event:
    return ThirdPartyConsulted(on, party, letter)


def _agency(content: _Content, on: date, letter: str, party: str) -> Event:
    relation = variant_of(LetterKind.CO_MAKER_CONSULTATION, content)
    # 条例第三十四条 gives a co-maker its days; for any other agency the letter names the last one
    until = day_of(content.get("until", "")) if relation is Relation.OTHER else None
    return AgencyConsulted(on, party, letter, relation.value if relation else "", until)


def _fee(content: _Content, on: date, letter: str, _party: str) -> Event:
    yuan = int(amount_of(content.get("amount", "")) or 0)
    return FeeNoticed(on, yuan, day_of(content.get("until", "")), letter)


_EFFECTS: Mapping[LetterKind, Callable[[_Content, date, str, str], Event]] = {
    LetterKind.CORRECTION: _correction,
    LetterKind.REASONS: _reasons,
    LetterKind.EXTENSION: _extension,
    LetterKind.THIRD_PARTY_CONSULTATION: _third_party,
    LetterKind.CO_MAKER_CONSULTATION: _agency,
    LetterKind.FEE: _fee,
}
_CONSULTING = (LetterKind.THIRD_PARTY_CONSULTATION, LetterKind.CO_MAKER_CONSULTATION)


def effect_of(
    kind: LetterKind, content: _Content, *, on: date, letter: str, party: str
) -> tuple[Event, ...]:
    """The step that a letter of this kind is; empty for one that only informs."""
    effect = _EFFECTS.get(kind)
    return (effect(content, on, letter, party),) if effect else ()


def refuse_without_ground(case: CaseFile, kind: LetterKind, content: _Content, party: str) -> None:
    """A letter for a step that is not allowed now is not even written.

    What is not filled in yet is judged at approval. Raises `StepNotAllowed` or `BadInput`.
    """
    if kind in _CONSULTING and not party:
        raise BadInput([Problem("party", "请给被征求意见的一方一个代称，如“第三方一”。")])
    if kind is LetterKind.EXTENSION:
        content = {**content, **_not_yet_said(content)}
    for event in effect_of(kind, content, on=case.today, letter="", party=party):
        check(case.office.procedure, case.history, event, actor=case.by, today=case.today)


def _not_yet_said(content: _Content) -> dict[str, str]:
    """A length and a day that no guard stumbles over, for those not written yet."""
    days = {} if number_of(content.get("days", "")) else {"days": "1"}
    until = {} if day_of(content.get("until", "")) else {"until": date.max.isoformat()}
    return days | until
