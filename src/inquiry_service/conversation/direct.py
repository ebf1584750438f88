"""The dialogue without Rasa: a few orders by their exact words, everything else is a question."""

import re
from collections.abc import Callable

from inquiry_service.conversation import wording
from inquiry_service.conversation.answers import answer_question, open_question
from inquiry_service.conversation.feedback import answer_did_not_help, answer_helped
from inquiry_service.conversation.port import State
from inquiry_service.conversation.replies import Text
from inquiry_service.conversation.requesting import form_link
from inquiry_service.conversation.sources import Sources
from inquiry_service.conversation.speaking import (
    FORM_PATH,
    Said,
    complaint_doors,
    form_offer,
    ways_to_a_person,
)
from inquiry_service.conversation.threads import Threads

Order = Callable[[Sources, str], Said]


class DirectDialogue:
    """Keeps no thread: each message stands alone.

    The twin of `RasaDialogue` for a service without Rasa, and what a turn falls back to while
    Rasa is down.
    """

    def __init__(self, sources: Sources, threads: Threads) -> None:
        self._sources = sources
        self._threads = threads

    @property
    def state(self) -> State:
        return "off"

    async def turn(self, conversation_id: str, text: str) -> Said:
        return await self._threads.run(say, self._sources, conversation_id, text)

    async def probe(self) -> State:
        return "off"

    async def close(self) -> None:
        """Nothing is held."""


def say(sources: Sources, conversation_id: str, text: str) -> Said:
    order = ORDERS.get(bare(text))
    if order is not None:
        return order(sources, conversation_id)
    return answer_question(sources, conversation_id, text)


def is_order(text: str) -> bool:
    return bare(text) in ORDERS


def bare(text: str) -> str:
    """An order as the table spells it: without blanks, punctuation and polite endings."""
    return re.sub(r"(?:呀|啊|吧|哦|呢|了)$", "", re.sub(r"[\W_]+", "", text))


def _fixed(sentence: str) -> Order:
    return lambda _sources, _conversation_id: Said((Text(sentence),))


def _offer(sources: Sources, conversation_id: str) -> Said:
    question = open_question(sources, conversation_id)
    return Said(
        form_offer(form_link(sources, conversation_id, question) if question else FORM_PATH)
    )


_SPOKEN: tuple[tuple[Order, str], ...] = (
    (_fixed(wording.GREETING), "你好 您好 嗨 在吗 早上好 下午好 晚上好"),
    (_fixed(wording.THANKS), "谢谢 多谢 谢谢你 谢谢您 感谢 非常感谢"),
    (_fixed(wording.GOODBYE), "再见 拜拜"),
    (_fixed(wording.CAPABILITIES), "帮助 菜单 你能做什么 你会什么 有什么功能 怎么用"),
    (_fixed(wording.NOTHING_TO_CANCEL), "取消 算 不填 退出"),
    (_fixed(wording.ASK_NUMBER), "查进度 查申请进度 查询进度 进度 申请进度"),
    (
        _offer,
        """
        申请 我要申请 我想申请 提交申请 申请公开 我要申请公开 依申请公开 我要依申请公开
        信息公开申请 申请信息公开 我要申请信息公开 我想申请信息公开
        政府信息公开申请 申请政府信息公开 我要申请政府信息公开 我想申请政府信息公开
        """,
    ),
    (
        lambda *_: Said(ways_to_a_person()),
        "人工 转人工 人工服务 找人工 人工客服 找工作人员 联系工作人员",
    ),
    (lambda *_: Said(complaint_doors()), "投诉 我要投诉 举报 我要举报 信访 我要信访 上访"),
    (answer_helped, "有帮助 有用 解决"),
    (answer_did_not_help, "没有帮助 没帮助 没用 没有用 没解决 没有解决"),
)

ORDERS: dict[str, Order] = {
    spelling: order for order, spellings in _SPOKEN for spelling in spellings.split()
}
"""Every order by its exact words."""
