"""What a reply must say, by its outcome (条例第三十六条 and neighbours). Pure."""

from inquiry_service.disclosure.letters.element import Content, Element, Form, stated
from inquiry_service.disclosure.letters.kinds import ONLINE_DELIVERY, Delivery
from inquiry_service.disclosure.rules.outcomes import Outcome, RemedyGroup
from inquiry_service.disclosure.rules.request import choice_of

UNKNOWN_HOLDER = "不能确定"

_ARTICLE = Element("article", "条款依据", "如“第三十六条第（二）项”", form=Form.ARTICLE)
_REASON = Element("reason", "理由", "写明事实和为什么适用这一条", lines=6)
_REMEDY = Element("remedy", "救济途径", "写明复议机关、法院和期限", lines=6)
_ONLINE_ROUTE = Element(
    "online_route", "网上申请复议的渠道", "网上送达的，写明在哪里可以网上申请行政复议"
)
_PROVIDED = Element("provided", "提供的信息", "逐项写明名称、文号、份数", lines=6)
_HOW_PROVIDED = Element("how_provided", "提供方式", "形式、途径和时间", lines=2)
_WHERE_PUBLIC = Element("where_public", "公开的位置", "写明网址、栏目或者载体，能直接找到", lines=3)
_SPECIAL_LAW = Element("special_law", "有关法律、行政法规", "写明名称和条款", lines=2)
_WHERE_TO_QUERY = Element("where_to_query", "办理途径", "到哪里、怎样查询", lines=3)
_SEARCH = Element("search", "检索情况", "查了哪些系统、档案和机构，用什么线索，结果如何", lines=6)
_HOLDER = Element("holder", "负责公开的机关", f"写机关名称；确实无法判断的写“{UNKNOWN_HOLDER}”")
_HOLDER_CONTACT = Element("holder_contact", "该机关联系方式", "电话或者地址", lines=2)
_CORRECTION_ON = Element("correction_asked_on", "告知补正日期", "补正告知书的日期", form=Form.DAY)
_UNTIL = Element("until", "原定期限", "告知书中写明的期限", form=Form.DAY)
_RIGHT_CHANNEL = Element("right_channel", "可以反映的渠道", "如信访、投诉、举报渠道", False, 2)
_EARLIER_REPLY = Element("earlier_reply", "此前的答复", "写明日期和文号")
_PUBLICATION = Element("publication", "公开出版物", "写明报刊、书籍等的名称")
_WHERE_TO_GET = Element("where_to_get", "获取途径", "可以告知到哪里取得", False, 2)
_REASONS_ON = Element("reasons_asked_on", "要求说明理由日期", "告知书的日期", form=Form.DAY)
_FEE_ON = Element("fee_noticed_on", "收费通知日期", "收费通知书的日期", form=Form.DAY)

_OWN: dict[str, tuple[Element, ...]] = {
    "GRANT_PROVIDE": (_PROVIDED, _HOW_PROVIDED),
    # 条例第三十六条第（一）项: told how and where to get it
    "GRANT_ALREADY_PUBLIC": (_WHERE_PUBLIC,),
    # 条例第三十七条: the rest is given, and the part withheld is explained
    "PARTIAL": (
        _PROVIDED,
        _HOW_PROVIDED,
        Element("withheld", "不予公开的部分", "写明是哪些内容", lines=4),
        Element("withheld_article", "不予公开的依据", "如“第十六条第二款”", form=Form.ARTICLE),
        _REASON,
    ),
    "REFUSE_OTHER_LAW": (_SPECIAL_LAW, _REASON),
    "SPECIAL_QUERY": (_SPECIAL_LAW, _WHERE_TO_QUERY, _REASON),
    # 条例第三十六条第（四）项: what was searched shows that the search was reasonable
    "NOT_HELD": (_SEARCH,),
    "STILL_UNCLEAR": (_CORRECTION_ON, _REASON),
    "NO_CORRECTION": (_CORRECTION_ON, _UNTIL),
    "PETITION": (_REASON, _RIGHT_CHANNEL),
    "DUPLICATE": (_EARLIER_REPLY,),
    "PUBLICATION": (_PUBLICATION, _WHERE_TO_GET),
    # 条例第三十五条: reasons are asked for before anything is refused
    "EXCESSIVE": (_REASONS_ON, _REASON),
    "FEE_UNPAID": (_FEE_ON, _UNTIL),
    # 条例第四十一条、第四十四条: matters beside a request
    "RECORD_CORRECTED": (Element("corrected", "更正情况", "写明更正了什么", lines=4),),
    "RECORD_ELSEWHERE": (_HOLDER, _HOLDER_CONTACT, _REASON),
    "SUGGESTION_TAKEN": (_WHERE_PUBLIC,),
}


def reply_elements(outcome: Outcome, content: Content | None = None) -> tuple[Element, ...]:
    """What belongs to this outcome, between the request and the signature.

    `content` narrows it: whether the right body is known, and how the reply is served.
    """
    content = content or {}
    # 国办公开办函〔2021〕30号 knows endings that no article of the 条例 names.
    article = _ARTICLE if outcome.article else _ARTICLE.optional
    own = _not_ours(content) if outcome.code == "NOT_OURS" else _OWN.get(outcome.code, (_REASON,))
    return (article, *own, *_remedy(outcome, content))


def _not_ours(content: Content) -> tuple[Element, ...]:
    """The right body is named with its contact where it is known (条例第三十六条第（五）项)."""
    known = stated(content, "holder") != UNKNOWN_HOLDER
    return (_REASON, _HOLDER, *((_HOLDER_CONTACT,) if known else ()))


def _remedy(outcome: Outcome, content: Content) -> tuple[Element, ...]:
    if outcome.remedy is RemedyGroup.NONE:
        return ()
    # 行政复议法第二十二条: served online, it must say where reconsideration is applied for online
    online = choice_of(Delivery, stated(content, "delivery")) in ONLINE_DELIVERY
    return (_REMEDY, *((_ONLINE_ROUTE,) if online else ()))
