"""The limit that a letter tells is the clock's, not the clerk's: when it is approved and sent."""

from collections.abc import Mapping, Sequence
from datetime import date

from inquiry_service.disclosure.letters.checking import is_near
from inquiry_service.disclosure.letters.element import day_of
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.letters.variants import Ground, variant_of
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.effects import effect_of
from inquiry_service.disclosure.procedure.writing import PROVISIONAL
from inquiry_service.disclosure.rules.clock import Due, due
from inquiry_service.disclosure.rules.events import DueRecomputed
from inquiry_service.disclosure.rules.recorded import Recorded
from inquiry_service.disclosure.rules.request import Choice
from inquiry_service.errors import Problem, StepNotAllowed
from inquiry_service.moments import local_day

_TELLING: Mapping[Choice, tuple[str, str]] = {
    LetterKind.RECEIPT: ("due", "答复期限"),
    LetterKind.EXTENSION: ("new_due", "延长后的期限"),  # 条例第三十三条第二款
    Ground.DELAYED: ("until", "延迟答复的期限"),  # 条例第三十五条
}
_Content = Mapping[str, str]


def wrong_limit(
    office: DisclosureOffice,
    history: Sequence[Recorded],
    kind: LetterKind,
    content: _Content,
    *,
    on: date,
) -> tuple[Problem, ...]:
    """What a letter that leaves on this day would say wrongly of the limit; it can be changed."""
    told = _told(kind, content)
    if told is None:
        return ()
    name, label = told
    said = day_of(content.get(name, ""))
    if name == "until" and not (said and is_near(said, on)):  # `missing` names it
        return ()
    running = _running(office, history, kind, content, on)
    if running is None:  # 41 and 44 know none, and then the letter has no place for one
        told_none = f"{label}现在没有在计算，等重新起算后再写。"
        return (Problem(name, told_none),) if said else ()
    if said != running.due:
        return (Problem(name, f"{label}按工作日历应为 {running.due}，请改正。"),)
    if running.provisional and not content.get("due_note"):
        return (Problem("due_note", f"{label}是暂定的，请在这里写明：{PROVISIONAL}。"),)
    return ()


def refuse_overtaken(
    office: DisclosureOffice,
    history: Sequence[Recorded],
    kind: LetterKind,
    content: _Content,
    *,
    on: date,
) -> None:
    """Raises `StepNotAllowed` when calendar or clock have moved on since the letter was approved.

    `history` is from before it leaves. One that left before a calendar moved the date was right.
    """
    moved_later = any(
        isinstance(one.event, DueRecomputed) and local_day(one.at) > on for one in history
    )
    told = _told(kind, content)
    if told is None or moved_later or not wrong_limit(office, history, kind, content, on=on):
        return
    name, label = told
    running = _running(office, history, kind, content, on)
    now = f"按工作日历应为 {running.due}" if running else "没有在计算"
    provisional = "（暂定）" if running and running.provisional else ""
    raise StepNotAllowed(
        f"批准之后期限有了变化：文书写明的{label}是 {content.get(name)}，现在{now}{provisional}。"
        "请作废这份文书，按现在的期限重新起草、报批",
        "条例第三十五条" if name == "until" else "条例第三十三条第二款",
    )


def _told(kind: LetterKind, content: _Content) -> tuple[str, str] | None:
    """The element of a letter that tells the limit, and what it calls it."""
    variant = variant_of(kind, content)
    found = _TELLING.get(variant) if variant else None
    return found or _TELLING.get(kind)


def _running(
    office: DisclosureOffice,
    history: Sequence[Recorded],
    kind: LetterKind,
    content: _Content,
    on: date,
) -> Due | None:
    """The limit once the letter has left."""
    events = [recorded.event for recorded in history]
    effect = effect_of(kind, content, on=on, letter="", party="")
    return due([*events, *effect], office.calendar, office.reading)
