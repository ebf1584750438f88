"""What still stands in the way of approving a letter. Pure."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from inquiry_service.disclosure.letters.element import (
    Content,
    Form,
    day_of,
    fault_of,
    number_of,
    stated,
)
from inquiry_service.disclosure.letters.elements import elements_of
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.letters.variants import Ground, of_the_other, variant_of
from inquiry_service.disclosure.rules.outcomes import Outcome, RemedyGroup, outcome_of
from inquiry_service.errors import Problem

MAX_EXTENSION = 20  # working days, 条例第三十三条
MAX_DELAY = timedelta(days=366)  # 第三十五条 says only 合理: anything longer is a slip of the pen


def missing(kind: LetterKind, content: Content) -> tuple[Problem, ...]:
    """Everything that must be written or put right first; empty when it may be approved."""
    found = (
        *_by_element(kind, content),
        *_wrong_ground(kind, content),
        *_RULES.get(kind, _no_more)(content),
    )
    seen: dict[str, Problem] = {}
    for problem in found:
        seen.setdefault(problem.field, problem)
    return tuple(seen.values())


def _by_element(kind: LetterKind, content: Content) -> Iterator[Problem]:
    for element in elements_of(kind, content):
        text = stated(content, element.name)
        if text:
            if fault := fault_of(element, text):
                yield Problem(element.name, fault)
        elif element.required:
            verb = "请选择" if element.form is Form.CHOICE else "请填写"
            yield Problem(element.name, f"{verb}“{element.label}”：{element.hint}。")


def _wrong_ground(kind: LetterKind, content: Content) -> Iterator[Problem]:
    if right := of_the_other(kind, content):
        yield Problem("article", f"这一条款与所选的不符，请改为“{right}”。")


def naming_applicant(
    kind: LetterKind, content: Content, identifiers: Iterable[str]
) -> tuple[Problem, ...]:
    """Fields of a letter to somebody else that give the applicant away.

    `identifiers` are the applicant's name, numbers and addresses; shorter than two signs they
    would be found everywhere and are passed over.
    """
    if not kind.nature.hides_applicant:
        return ()
    telling = [text for each in identifiers if len(text := each.strip()) > 1]
    return tuple(
        Problem(element.name, f"“{element.label}”里出现了申请人的身份信息，请删去。")
        for element in elements_of(kind, content)
        if any(each in stated(content, element.name) for each in telling)
    )


def unconfirmed(kind: LetterKind, content: Content) -> tuple[str, ...]:
    """What a lawyer or the finance department has still to settle: for the desk, not printed."""
    outcome = outcome_of(stated(content, "outcome"))
    if kind is LetterKind.REPLY and outcome and outcome.unconfirmed:
        return (f"“{outcome.label}”的依据或者救济途径尚待法律顾问确认。",)
    return _NOTES.get(kind, ())


_NOTES = {
    LetterKind.FEE: (
        (
            "国办函〔2020〕109号第六条以后的规定（通知、缴费期限、重新计算期限）尚未核实，"
            "发出前请与财政部门确认。"
        ),
    ),
    LetterKind.CORRECTION: (
        (
            "条例第三十条只规定申请内容不明确时补正；以身份证明、授权等为由要求补正的，"
            "请法律顾问确认。"
        ),
    ),
    LetterKind.DISCLOSURE_NOTICE: ("是否告知第三方救济途径，请法律顾问确认。",),
}


def _no_more(_content: Content) -> Iterator[Problem]:
    yield from ()


def _later(content: Content, name: str, label: str) -> Iterator[Problem]:
    """A time limit that begins with this letter ends after it."""
    signed, until = day_of(stated(content, "signed_on")), day_of(stated(content, name))
    if signed and until and until <= signed:
        yield Problem(name, f"“{label}”应当晚于成文日期，请留出合理时间。")


def _with_limit(content: Content) -> Iterator[Problem]:
    yield from _later(content, "until", "期限")


def _extension(content: Content) -> Iterator[Problem]:
    delayed = variant_of(LetterKind.EXTENSION, content) is Ground.DELAYED
    yield from _delayed(content) if delayed else _extended(content)
    due, signed = day_of(stated(content, "due")), day_of(stated(content, "signed_on"))
    if due and signed and signed > due:
        yield Problem("signed_on", "延期应当在原期限届满以前告知，请核对成文日期和答复期限。")


def _delayed(content: Content) -> Iterator[Problem]:
    due, until = day_of(stated(content, "due")), day_of(stated(content, "until"))
    if due and until and until <= due:
        yield Problem("until", "延迟答复的期限应当晚于现在的届满日（第三十五条），请改正。")
    signed = day_of(stated(content, "signed_on"))
    if signed and until and not is_near(until, signed):
        yield Problem("until", "延迟答复的期限应当合理（第三十五条），请写一年以内的日期。")


def is_near(until: date, signed: date) -> bool:
    """Whether a day is one that somebody could mean by a later answer."""
    return until - signed <= MAX_DELAY


def _extended(content: Content) -> Iterator[Problem]:
    days = number_of(stated(content, "days"))
    if days is not None and not 1 <= days <= MAX_EXTENSION:
        yield Problem("days", "延长的期限最长不得超过20个工作日（第三十三条），请写1至20。")
    due, new_due = day_of(stated(content, "due")), day_of(stated(content, "new_due"))
    if due and new_due and new_due <= due:
        yield Problem("new_due", "延长后的届满日应当晚于原届满日，请按工作日历重新计算。")


def _reply(content: Content) -> Iterator[Problem]:
    code = stated(content, "outcome")
    outcome = outcome_of(code)
    if outcome is None:
        if code:
            yield Problem("outcome", "没有这种办理结果，请重新选择。")
        return
    yield from _remedy(outcome, stated(content, "remedy"))


def _remedy(outcome: Outcome, text: str) -> Iterator[Problem]:
    if outcome.remedy is RemedyGroup.NONE or not text:
        return
    if "行政复议" not in text or "行政诉讼" not in text:
        yield Problem("remedy", "救济途径应当写明行政复议和行政诉讼，请补全。")
    # 行政复议法第二十三条第一款第四项、第二款: first reconsideration, and the agency says so
    elif outcome.remedy is RemedyGroup.RECONSIDERATION_FIRST and "先申请行政复议" not in text:
        yield Problem("remedy", "不予公开的，应当告知“先申请行政复议”（行政复议法第二十三条）。")
    # Words of templates from before 2024, that offer both ways; what holds for a part is unsettled
    elif outcome.code.startswith("REFUSE_") and "六个月" in text:
        told = "不予公开的不能直接起诉，请删去“六个月内起诉”（行政复议法第二十三条）。"
        yield Problem("remedy", told)
    elif outcome.remedy is RemedyGroup.EITHER and "先申请行政复议" in text:
        yield Problem("remedy", "这种结果可以直接起诉，不能写“先申请行政复议”，请改正。")


_RULES = {
    LetterKind.CORRECTION: _with_limit,
    LetterKind.REASONS: _with_limit,
    LetterKind.ASSISTANCE: _with_limit,
    LetterKind.CO_MAKER_CONSULTATION: _with_limit,
    LetterKind.FEE: _with_limit,
    LetterKind.EXTENSION: _extension,
    LetterKind.REPLY: _reply,
}
