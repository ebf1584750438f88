"""What a member of staff sees of one case, beside the case itself."""

from dataclasses import dataclass

from inquiry_service.answering.endings import address_of
from inquiry_service.conversation.transcript import Turn, channel_of, transcript
from inquiry_service.desk.outcome_choices import OutcomeGroup, note_on_reply, outcome_groups
from inquiry_service.desk.parts import DeskParts
from inquiry_service.disclosure.clock import Due
from inquiry_service.disclosure.handling import Case
from inquiry_service.errors import NotFound
from inquiry_service.moments import local_day

CHANNELS = {"web": "网页", "api": "其他系统提交", "wechat": "微信"}
"""How a request or a conversation came in, as staff read it."""


@dataclass(frozen=True, slots=True)
class Published:
    """A published text by its title and address."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """The case, how much time is left, where it came from, and how it may end.

    `days_left` are working days; None when the clock does not run or the reply is out.
    """

    case: Case
    days_left: int | None
    overdue: bool
    turns: tuple[Turn, ...]
    talked_on: str
    near: tuple[Published, ...]
    outcome_groups: tuple[OutcomeGroup, ...]
    reply_note: str


def case_page(parts: DeskParts, case: Case) -> CasePage:
    talk = case.conversation_id
    days_left = _days_left(parts, case)
    return CasePage(
        case=case,
        days_left=days_left,
        overdue=days_left is not None and days_left < 0,
        turns=tuple(transcript(parts.conversations, talk)) if talk else (),
        talked_on=_talked_on(parts, talk) if talk else "",
        near=tuple(_near(parts, case)),
        outcome_groups=outcome_groups(parts.office, case.outcomes),
        reply_note=note_on_reply(parts.office, case),
    )


def _days_left(parts: DeskParts, case: Case) -> int | None:
    if case.due is None or case.reply is not None:
        return None
    return _working_days_left(case.due, parts)


def _working_days_left(due: Due, parts: DeskParts) -> int:
    """Negative once the due date has passed."""
    today = local_day(parts.office.clock())
    if today > due.due:
        return -1
    return sum(step.counts for step in due.steps if step.date > today)


def _talked_on(parts: DeskParts, conversation_id: str) -> str:
    channel = channel_of(parts.conversations, conversation_id)
    return CHANNELS.get(channel, channel)


def _near(parts: DeskParts, case: Case) -> list[Published]:
    """What was shown to the applicant before filing, as far as it is still published."""
    engine = parts.conversations.engine.current
    if engine is None:
        return []
    found = []
    for passage_id in case.near_answers:
        try:
            passage = engine.shelf.passage_by_id(passage_id)
        except NotFound:
            continue
        title = engine.shelf.provenance(passage.document_id).title
        found.append(Published(title, address_of(passage.document_id, passage_id)))
    return found
