"""What stands in the way of a letter that was begun but has not left: the step it is, asked again.

Most letters are a step of the procedure (`effects`). Between writing and sending the case moves on,
and then the step may no longer be allowed, or the limit it tells no longer be the clock's: that is
told, and the letter can be discarded.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.letters.variants import VARIANTS
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.effects import effect_of
from inquiry_service.disclosure.procedure.telling_limits import refuse_overtaken
from inquiry_service.disclosure.rules.lawful import check
from inquiry_service.disclosure.rules.position import Position
from inquiry_service.disclosure.rules.recorded import Recorded
from inquiry_service.disclosure.rules.request import choice_of
from inquiry_service.errors import StepNotAllowed
from inquiry_service.moments import local_day

_History = tuple[Recorded, ...]
_Content = Mapping[str, str]


def hindrance(
    office: DisclosureOffice,
    history: _History,
    kind: LetterKind,
    content: _Content,
    *,
    party: str,
    approved: bool,
) -> str:
    """Why a letter cannot be sent now and what to do; empty when it can, or when it is no step.

    A draft may still be changed: only what no other words would help stands in its way.
    """
    today = local_day(office.clock())

    def refused(said: _Content, whom: str) -> str:
        try:
            for event in effect_of(kind, said, on=today, letter="", party=whom):
                check(office.procedure, history, event, actor="", today=today)
        except StepNotAllowed as refusal:
            return f"{_sentence(refusal)}情况变化后可以继续办理；不再需要的，请作废。"
        try:
            if approved:
                refuse_overtaken(office, history, kind, said, on=today)
        except StepNotAllowed as refusal:  # what it tells cannot come true any more
            return _sentence(refusal)
        return ""

    if approved:
        return refused(content, party)
    refusals = [refused(each, "") for each in _at_best(kind)]
    return refusals[0] if all(refusals) else ""


def hindered(office: DisclosureOffice, history: _History, position: Position) -> frozenset[str]:
    """Those letters on their way whose step is not allowed now, whatever they say."""
    waiting = [(name, choice_of(LetterKind, one.kind)) for name, one in position.on_their_way]
    return frozenset(
        name
        for name, kind in waiting
        if kind and hindrance(office, history, kind, {}, party="", approved=False)
    )


def _sentence(refusal: StepNotAllowed) -> str:
    because = f"（{refusal.article}）" if refusal.article else ""
    return f"现在不能发出：{refusal.rule}{because}。"


def _at_best(kind: LetterKind) -> Iterator[_Content]:
    """What such a letter could say, so that only the step itself can be refused."""
    best = {"days": "1", "until": date.max.isoformat()}
    variants = VARIANTS.get(kind)
    if variants is None:
        yield best
        return
    for choice in variants.articles:
        yield {**best, variants.element.name: choice.value}
