"""The possible endings of a case as the clerk chooses among them: by kind, with their remedy."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from inquiry_service.disclosure.looking.handling import Case
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.rules.events import ReplySent
from inquiry_service.disclosure.rules.outcomes import Outcome, outcome_of
from inquiry_service.disclosure.rules.remedies import remedy_for

_LAST_ROW_OF_KIND = ((4, "公开"), (12, "不予公开"), (15, "无法提供"), (20, "不予处理"))
"""The kinds of decision in table 3 of the yearly report (国办公开办函〔2021〕30号)."""

REMEDY_UNSETTLED = "救济途径表述待法律顾问确认"
BASIS_UNSETTLED = "统计口径或者依据待确认"


@dataclass(frozen=True, slots=True)
class OutcomeChoice:
    """One ending; `remedy` is the paragraph that would go with the reply."""

    code: str
    label: str
    note: str
    remedy: str


@dataclass(frozen=True, slots=True)
class OutcomeGroup:
    """The endings of one kind."""

    label: str
    choices: tuple[OutcomeChoice, ...]


def outcome_groups(
    office: DisclosureOffice, outcomes: Iterable[Outcome]
) -> tuple[OutcomeGroup, ...]:
    """In the order of the yearly table, which is the order of `outcomes`."""
    return tuple(
        OutcomeGroup(kind, tuple(_choice(office, outcome) for outcome in members))
        for kind, members in groupby(outcomes, key=_kind)
    )


def _kind(outcome: Outcome) -> str:
    return next((kind for last, kind in _LAST_ROW_OF_KIND if outcome.row <= last), "其他处理")


def _choice(office: DisclosureOffice, outcome: Outcome) -> OutcomeChoice:
    remedy = remedy_for(outcome, organ=office.reconsideration_organ, court=office.court)
    article = f"（{outcome.article}）" if outcome.article else ""
    return OutcomeChoice(
        outcome.code, f"{outcome.label}{article}", _note(office, outcome), remedy.text
    )


def _note(office: DisclosureOffice, outcome: Outcome) -> str:
    """What the bureau's lawyer has yet to settle about an ending; empty when nothing."""
    if outcome.code in office.settled_outcomes:
        return ""
    remedy = remedy_for(outcome, organ=office.reconsideration_organ, court=office.court)
    if remedy.unconfirmed:
        return f"（{REMEDY_UNSETTLED}）"
    return f"（{BASIS_UNSETTLED}）" if outcome.unconfirmed else ""


def note_on_reply(office: DisclosureOffice, case: Case) -> str:
    """The same for the reply that was sent."""
    sent = [r.event.outcome_code for r in case.history if isinstance(r.event, ReplySent)]
    outcome = outcome_of(sent[0]) if sent else None
    return _note(office, outcome) if outcome else ""
