"""Whose turn it is in a case, and how many working days are left."""

from datetime import date

from inquiry_service.disclosure.rules.clock import Due
from inquiry_service.disclosure.rules.position import Position, Stage

_TURNS = {
    Stage.AWAITING_CORRECTION: "申请人（补正）",
    Stage.AWAITING_REASONS: "申请人（说明理由）",
    Stage.AWAITING_FEE: "申请人（缴费）",
    Stage.CONSULTING: "被征求意见方",
    Stage.DRAFTED: "审查",
    Stage.SECRECY_REVIEWED: "审查",
    Stage.LEGAL_CHECKED: "批准",
    Stage.APPROVED: "经办（送达）",
    Stage.REPLIED: "经办（归档）",
    Stage.WITHDRAWN: "经办（归档）",
    Stage.ARCHIVED: "",
}


def next_to_act(position: Position, hindered: frozenset[str]) -> tuple[str, ...]:
    """Who must do something now; more than one when letters wait beside the stage.

    A letter that is `hindered` waits for nobody's approval, but for somebody to look at it.
    """
    turn = _TURNS.get(position.stage, "经办")
    going = [one for name, one in position.on_their_way if name not in hindered]
    to_approve = "批准（文书）" if any(not one.approved for one in going) else ""
    to_send = "经办（发文）" if any(one.approved for one in going) else ""
    to_look_at = "经办（核对文书）" if hindered else ""
    waiting = (to_approve, to_send, to_look_at) if position.open else ()
    return tuple(filter(None, (turn, *waiting)))


def working_days_left(due: Due, today: date) -> int:
    """Negative once the due date has passed."""
    if today > due.due:
        return -1
    return sum(step.counts for step in due.steps if step.date > today)
