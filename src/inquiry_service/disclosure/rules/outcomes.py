"""How a request can end: article of the 条例, row of the yearly table, remedy group. Pure.

Rows are those of table 3 in 国办公开办函〔2021〕30号. `unconfirmed` marks what rests on inference:
the desk shows it until the bureau's lawyer has settled it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from inquiry_service.disclosure.rules.events import (
    CorrectedRequestReceived,
    CorrectionAsked,
    Event,
    FeeNoticed,
    Filed,
    ReasonsAsked,
    SearchRecorded,
    ThirdPartyConsulted,
)
from inquiry_service.disclosure.rules.matters import Matter


class RemedyGroup(StrEnum):
    """Which remedy paragraph a reply must carry; the texts are in `remedies`."""

    RECONSIDERATION_FIRST = "A"
    EITHER = "B"
    UNSETTLED = "B*"
    NONE = "C"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One lawful ending. `after` names an event without which it is not open.

    `row` is 0 for matters that the yearly table does not count.
    """

    code: str
    label: str
    article: str
    row: int
    remedy: RemedyGroup
    unconfirmed: bool = False
    after: type[Event] | None = None
    matter: Matter = Matter.REQUEST

    @property
    def basis(self) -> str:
        """The article as it is cited; empty when the 条例 has none."""
        return f"条例{self.article}" if self.article else ""


_A, _B = RemedyGroup.RECONSIDERATION_FIRST, RemedyGroup.EITHER
_UNSETTLED, _NONE = RemedyGroup.UNSETTLED, RemedyGroup.NONE

OUTCOMES: tuple[Outcome, ...] = (
    Outcome("GRANT_PROVIDE", "予以公开", "第三十六条第（二）项", 3, _B),
    Outcome(
        "GRANT_ALREADY_PUBLIC", "予以公开（已经主动公开）", "第三十六条第（一）项", 3, _B, True
    ),
    Outcome("PARTIAL", "部分公开", "第三十七条", 4, _A, True),
    Outcome("REFUSE_STATE_SECRET", "不予公开（属于国家秘密）", "第十四条", 5, _A),
    Outcome("REFUSE_OTHER_LAW", "不予公开（其他法律行政法规禁止公开）", "第十四条", 6, _A),
    Outcome("REFUSE_SAFETY", "不予公开（危及“三安全一稳定”）", "第十四条", 7, _A),
    Outcome(
        "REFUSE_THIRD_PARTY",
        "不予公开（保护第三方合法权益）",
        "第十五条、第三十二条",
        8,
        _A,
        after=ThirdPartyConsulted,
    ),
    Outcome("REFUSE_INTERNAL", "不予公开（属于三类内部事务信息）", "第十六条第一款", 9, _A),
    Outcome("REFUSE_PROCESS", "不予公开（属于四类过程性信息）", "第十六条第二款", 10, _A),
    Outcome("REFUSE_CASE_FILE", "不予公开（属于行政执法案卷）", "第十六条第二款", 11, _A),
    Outcome(
        "SPECIAL_QUERY",
        "不予公开（属于行政查询事项）",
        "第三十六条第（七）项",
        12,
        _UNSETTLED,
        True,
    ),
    Outcome(
        "NOT_HELD",
        "无法提供（经检索没有所申请的信息）",
        "第三十六条第（四）项",
        13,
        _B,
        True,
        after=SearchRecorded,  # the bureau must be able to show a reasonable search
    ),
    Outcome("NOT_OURS", "无法提供（不属于本机关公开）", "第三十六条第（五）项", 13, _B, True),
    Outcome(
        "NEEDS_CREATION", "无法提供（没有现成信息需要另行制作）", "第三十八条", 14, _UNSETTLED, True
    ),
    Outcome(
        "STILL_UNCLEAR",
        "无法提供（补正后申请内容仍不明确）",
        "第三十条",
        15,
        _B,
        after=CorrectedRequestReceived,
    ),
    Outcome("PETITION", "不予处理（信访举报投诉类申请）", "第三十九条第一款", 16, _UNSETTLED, True),
    Outcome("DUPLICATE", "不予处理（重复申请）", "第三十六条第（六）项", 17, _UNSETTLED, True),
    Outcome(
        "PUBLICATION", "不予处理（要求提供公开出版物）", "第三十九条第二款", 18, _UNSETTLED, True
    ),
    Outcome(
        "EXCESSIVE",
        "不予处理（无正当理由大量反复申请）",
        "第三十五条",
        19,
        _B,
        after=ReasonsAsked,
    ),
    Outcome("CONFIRM_OR_REISSUE", "不予处理（要求确认或重新出具已获取信息）", "", 20, _B, True),
    Outcome(
        "NO_CORRECTION",
        "其他处理（无正当理由逾期不补正）",
        "第三十条",
        21,
        _B,
        after=CorrectionAsked,
    ),
    Outcome(
        "FEE_UNPAID",
        "其他处理（逾期未缴纳信息处理费）",
        "第四十二条",
        22,
        _B,
        True,
        after=FeeNoticed,
    ),
    # Without an article and without a remedy: what else than a withdrawal belongs here is open.
    Outcome("OTHER", "其他处理（如申请人撤回）", "", 23, _NONE, True),
)
"""The endings of a request: the rows of table 3."""

_CORRECTION, _SUGGESTION = Matter.RECORD_CORRECTION, Matter.SUGGESTION

SIDE_OUTCOMES: tuple[Outcome, ...] = tuple(
    Outcome(code, label, article, 0, remedy, True, matter=matter)
    for code, label, article, remedy, matter in (
        ("RECORD_CORRECTED", "予以更正", "第四十一条", _B, _CORRECTION),
        ("RECORD_KEPT", "不予更正", "第四十一条", _UNSETTLED, _CORRECTION),
        ("RECORD_ELSEWHERE", "由有权机关更正", "第四十一条", _UNSETTLED, _CORRECTION),
        ("SUGGESTION_TAKEN", "采纳建议，主动公开", "第四十四条第二款", _NONE, _SUGGESTION),
        ("SUGGESTION_DECLINED", "不属于主动公开", "第四十四条第二款", _UNSETTLED, _SUGGESTION),
    )
)
"""The endings of the matters beside it (条例41, 44), which the table does not count."""

_BY_CODE = {outcome.code: outcome for outcome in (*OUTCOMES, *SIDE_OUTCOMES)}


def outcome_of(code: str) -> Outcome | None:
    return _BY_CODE.get(code)


def open_outcomes(events: Iterable[Event]) -> tuple[Outcome, ...]:
    """The endings that this history allows, in the order of the yearly table."""
    history = tuple(events)
    happened = {type(event) for event in history}
    matter = next((event.matter for event in history if isinstance(event, Filed)), "request")
    fitting = (o for o in _BY_CODE.values() if o.matter == matter)
    return tuple(o for o in fitting if o.after is None or o.after in happened)
