"""Whether a fact may be recorded: the table asked, with the bureau's own settings. Pure.

What the table or a guard does not allow is refused with the rule and the article in the clerk's
words. Whatever passes keeps the history lawful.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from inquiry_service.calendar.working_days import WorkingCalendar
from inquiry_service.disclosure.rules import events as happened
from inquiry_service.disclosure.rules import guards
from inquiry_service.disclosure.rules.clock import Reading, due, fold
from inquiry_service.disclosure.rules.events import Event
from inquiry_service.disclosure.rules.position import Position, moved, position_of
from inquiry_service.disclosure.rules.recorded import Recorded
from inquiry_service.disclosure.rules.transitions import RULES, TABLE
from inquiry_service.errors import StepNotAllowed
from inquiry_service.moments import local_day


@dataclass(frozen=True, slots=True)
class Procedure:
    """What a bureau has settled where the law leaves it open, and the calendar.

    `fees` stays off until the finance bureau has set them up and 国办函〔2020〕109号 arts. 6
    onward have been checked.
    """

    calendar: WorkingCalendar
    fees: bool = False
    reading: Reading = Reading.AFTER_ASKING


def check(
    procedure: Procedure,
    history: Iterable[Recorded],
    event: Event,
    *,
    actor: str,
    today: date,
) -> Position:
    """The position after the event. Raises `StepNotAllowed` naming the rule and its article.

    `today` is the local day on which it is recorded: nothing is dated after it, and nothing
    before what has already happened.
    """
    recorded = tuple(history)
    events = [one.event for one in recorded]
    position = position_of(recorded)
    rule = RULES[type(event)]
    if position.stage not in rule.stages:
        raise StepNotAllowed(f"{rule.told or '还没有提交'}，目前是“{position.stage}”", rule.article)
    attempt = guards.Try(
        event=event,
        position=position,
        actor=actor,
        today=today,
        due=due(events, procedure.calendar, procedure.reading),
        calendar=procedure.calendar,
        fees=procedure.fees,
        asked=fold(events).asked,
        approved_on=_approvals(recorded),
    )
    for guard in (guards.in_order, guards.not_erased, *rule.guards):
        guard(attempt)
    return moved(position, event, actor)


def _approvals(history: Iterable[Recorded]) -> dict[str, date]:
    """The day on which each approved letter was approved."""
    approving = happened.LetterApproved | happened.ReplyApproved
    return {r.event.letter: local_day(r.at) for r in history if isinstance(r.event, approving)}


def allowed_now(position: Position) -> frozenset[type[Event]]:
    """The kinds of fact that the stage allows; guards may still refuse one."""
    return frozenset(rule.event for rule in TABLE if position.stage in rule.stages)
