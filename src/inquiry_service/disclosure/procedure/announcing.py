"""Telling the applicant that something happened: enqueued with the event, or neither of the two.

Notices name the number and nothing else: what it is about is read with the look-up code.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row

from inquiry_service.disclosure.applications import unsealed
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.rules import events as happened
from inquiry_service.disclosure.rules.events import Event
from inquiry_service.disclosure.rules.position import position_of
from inquiry_service.disclosure.rules.recorded import Recorded
from inquiry_service.disclosure.rules.request import Application
from inquiry_service.errors import BadInput
from inquiry_service.notify import Medium, Notice, enqueue

_SENTENCES: Mapping[type[Event], str] = {
    happened.ReceiptConfirmed: "已确认收到",
    happened.CorrectionAsked: "需要补正，请查看补正告知书并在期限内补正",
    happened.ReasonsAsked: "需要您说明理由，请查看告知书",
    happened.LaterDateSet: "另定了答复时间，请查看告知书",  # 条例第三十五条: the later day is told
    happened.DueRecomputed: "答复期限重新计算了，请查看新的日期",
    happened.DeadlineExtended: "答复期限已经延长，请查看告知书",
    happened.FeeNoticed: "有一份收费通知，请查看通知书",
    happened.ReplySent: "已经答复，请查看答复书",
    happened.AnsweredOnSpot: "已经当场答复",
    happened.Withdrawn: "已按您的要求撤回",
}

_INFORMING: Mapping[str, str] = {
    LetterKind.RECEIPT: "有一份接收回执，请查看",
    LetterKind.CONSULTATION_NOTICE: "正在征求意见，所需时间不计入答复期限，请查看告知书",
}


def announce(
    office: DisclosureOffice,
    connection: Connection,
    row: Row[Any] | None,
    history: tuple[Recorded, ...],
) -> None:
    """The notice for the last event of a history, if it has one and the applicant an address."""
    last = history[-1]
    sentence = _sentence(last.event, history)
    if sentence is None or office.post is None or row is None:
        return
    application = unsealed(office.seals, row.sealed_application)
    for medium, to in addresses(application):
        if not office.post.carries(medium):  # nobody would ever take it along
            continue
        notice = Notice(
            key=f"{row.number}/{last.sequence}/{medium}",
            medium=medium,
            to=to,
            subject=f"政府信息公开申请 {row.number}",
            text=f"您的申请 {row.number} {sentence}。凭申请编号和查询码可以查看。{office.bureau}",
        )
        try:
            enqueue(office.post, connection, notice, office.clock())
        except BadInput:  # an address that cannot be used must not stop the procedure
            continue


def _sentence(event: Event, history: tuple[Recorded, ...]) -> str | None:
    """Letters that are a step are told as that step, those that only inform as themselves."""
    if not isinstance(event, happened.LetterSent):
        return _SENTENCES.get(type(event))
    letter = position_of(history).letter(event.letter)
    return _INFORMING.get(letter.kind) if letter else None


def addresses(application: Application) -> list[tuple[Medium, str]]:
    """Where an applicant can be told; whether a number takes messages is the outbox's to say."""
    stated = ((Medium.EMAIL, application.email), (Medium.SMS, application.phone))
    return [(medium, to) for medium, to in stated if to]
