"""Letters and the reply: two persons, nothing dated back, an outcome that is open. Pure.

Guards like those of `guards`: silent, or `StepNotAllowed`.
"""

from inquiry_service.disclosure.rules import events as happened
from inquiry_service.disclosure.rules.guards import Try, refuse
from inquiry_service.disclosure.rules.letter_states import REPLY
from inquiry_service.disclosure.rules.outcomes import Outcome, outcome_of
from inquiry_service.disclosure.rules.position import Stage

_AT_ONCE = frozenset({"GRANT_PROVIDE", "GRANT_ALREADY_PUBLIC"})
_ONLY_WHILE_WAITING = {
    Stage.AWAITING_CORRECTION: "NO_CORRECTION",
    Stage.AWAITING_FEE: "FEE_UNPAID",
}
_NOT_BEFORE_THE_END = {"NO_CORRECTION", "FEE_UNPAID", "EXCESSIVE"}
"""Endings of not getting what was asked for. Whoever asked for reasons may still answer (35)."""


def drafted(attempt: Try) -> None:
    if attempt.letter is None:
        refuse("没有这份文书")


def not_approved_yet(attempt: Try) -> None:
    if attempt.letter is not None and attempt.letter.approved:
        refuse("文书已经批准，不能再改")


def not_discarded(attempt: Try) -> None:
    if attempt.letter is not None and attempt.letter.discarded:
        refuse("文书已经作废，需要时请另行起草")


def no_reply_in_review(attempt: Try) -> None:
    """What is being reviewed is sent back first: whoever wrote it may still change it."""
    if attempt.position.is_reply_in_review(getattr(attempt.event, "letter", "")):
        refuse("正在审核的答复不能作废，应先退回", "条例第四十五条")


def of_one_kind(attempt: Try) -> None:
    """A letter stays what it was begun as, and a reply is never drafted as a mere letter."""
    event, letter = attempt.event, attempt.letter
    kind = REPLY if isinstance(event, happened.ReplyDrafted) else getattr(event, "kind", "")
    stray = isinstance(event, happened.LetterDrafted) and kind == REPLY
    if stray or (letter is not None and letter.kind != kind):
        refuse("这份文书不是这一种", "条例第四十五条")


def no_reply(attempt: Try) -> None:
    if attempt.letter is not None and attempt.letter.kind == REPLY:
        refuse("答复应先通过保密审查和合法性审核", "条例第十七条")


def by_another(attempt: Try) -> None:
    """Two persons: whoever wrote it neither checks nor approves it."""
    if attempt.letter is not None and attempt.actor in attempt.letter.writers:
        refuse("起草人不能审查或者批准自己起草的文书", "条例第四十五条")


def approved(attempt: Try) -> None:
    if attempt.letter is None or not attempt.letter.approved:
        refuse("文书还没有批准", "条例第四十五条")


def not_sent_yet(attempt: Try) -> None:
    if attempt.letter is not None and attempt.letter.sent:
        refuse("文书已经发出")


def not_before_approval(attempt: Try) -> None:
    """Nothing is dated back to a day on which nobody had approved it."""
    approved_on = attempt.approved_on.get(getattr(attempt.event, "letter", ""))
    if approved_on is not None and attempt.day < approved_on:
        refuse(f"文书 {approved_on} 才批准，不能记为此前发出", "条例第四十五条")


def leaves_as_reply(attempt: Try) -> None:
    """A reply leaves while it is the approved one, or not at all."""
    position, letter = attempt.position, attempt.letter
    if letter is None or letter.kind != REPLY:
        return
    if (
        position.stage is not Stage.APPROVED
        or getattr(attempt.event, "letter", "") != position.reply
    ):
        refuse("这不是等待送达的答复", "条例第四十五条")


def has_left(attempt: Try) -> None:
    if attempt.letter is None or not attempt.letter.sent:
        refuse("答复书还没有发出", "条例第四十五条")


def of_this_reply(attempt: Try) -> None:
    if getattr(attempt.event, "letter", "") != attempt.position.reply:
        refuse("这不是正在办理的答复")


def as_drafted(attempt: Try) -> None:
    if getattr(attempt.event, "outcome_code", "") != attempt.position.outcome_code:
        refuse("办理结果与批准的答复不一致")


def outcome_is_open(attempt: Try) -> None:
    """While a correction or fee is awaited, only the ending of not getting it, not too early."""
    code = getattr(attempt.event, "outcome_code", "")
    outcome = _of_this_matter(attempt, code)
    if outcome.after is not None and not attempt.position.has(outcome.after):
        refuse(f"“{outcome.label}”缺少前置步骤", outcome.basis)
    if code == "NOT_HELD" and attempt.position.found:
        refuse("最近一次检索记录为找到了信息", outcome.basis)
    _waited_long_enough(attempt, code)


def _of_this_matter(attempt: Try, code: str) -> Outcome:
    outcome = outcome_of(code)
    if outcome is None or outcome.matter != attempt.position.matter:
        refuse("这类事项没有这种办理结果")
    return outcome


def _waited_long_enough(attempt: Try, code: str) -> None:
    stage = attempt.position.ground
    only = _ONLY_WHILE_WAITING.get(stage)
    if only is not None and code != only:
        refuse(f"{stage}期间不能作出这一结果")
    if only is None and code in ("NO_CORRECTION", "FEE_UNPAID"):
        refuse("申请人没有逾期")
    until = attempt.position.waiting_until
    if code in _NOT_BEFORE_THE_END and until is not None and attempt.today <= until:
        refuse(f"给申请人的期限 {until} 还没有过")


def nothing_is_withheld(attempt: Try) -> None:
    code = getattr(attempt.event, "outcome_code", "")
    if _of_this_matter(attempt, code).code not in _AT_ONCE:
        refuse("当场答复只限于予以公开", "条例第三十三条第一款")


def reviewed_before_given(attempt: Try) -> None:
    """No reviewer stands between: whoever gives what is not public yet answers for its secrecy."""
    code = getattr(attempt.event, "outcome_code", "")
    if code == "GRANT_PROVIDE" and not getattr(attempt.event, "secrecy_reviewed", False):
        refuse("当场提供信息以前应先做保密审查", "条例第十七条")
