"""The finding of a reply, by its outcome: what was found, under which article, and why. Pure.

Marks are those of `wording`. The request stands before, delivery and remedy after.
"""

from inquiry_service.disclosure.letters.replying import UNKNOWN_HOLDER
from inquiry_service.disclosure.letters.wording import Paragraph

_WANTED = "经审查，{you}申请公开的信息"
_WITHHELD = "根据{law}，本机关决定不予公开。"
_WHY: Paragraph = ("理由：{reason:.}",)
_NOT_PROCESSED = "根据{law}，本机关不予处理。"
_PROVISION: tuple[Paragraph, ...] = (("{provided:.}",), ("提供方式：{how_provided:.}",))


def _refused(finding: str, *more: Paragraph) -> tuple[Paragraph, ...]:
    return ((_WANTED + finding, _WITHHELD), *more, _WHY)


REPLY_WORDING: dict[str, tuple[Paragraph, ...]] = {
    "GRANT_PROVIDE": (
        (_WANTED + "属于可以公开的政府信息。", "根据{law}，本机关决定予以公开，提供下列信息："),
        *_PROVISION,
    ),
    "GRANT_ALREADY_PUBLIC": (
        (_WANTED + "已经主动公开。", "根据{law}，现告知获取该信息的方式、途径：{where_public:.}"),
    ),
    "PARTIAL": (
        (
            _WANTED + "中含有不应当公开的内容，但是能够作区分处理。",
            "根据{law}，本机关决定部分公开，提供下列信息：",
        ),
        *_PROVISION,
        (
            "不予公开的内容为：{withheld:.}",
            "根据{withheld_law}，该部分内容不予公开。",
        ),
        _WHY,
    ),
    "REFUSE_STATE_SECRET": _refused("属于依法确定为国家秘密的政府信息。"),
    "REFUSE_OTHER_LAW": _refused(
        "属于法律、行政法规禁止公开的政府信息。", ("禁止公开的规定：{special_law:.}",)
    ),
    "REFUSE_SAFETY": _refused("公开后可能危及国家安全、公共安全、经济安全、社会稳定。"),
    "REFUSE_THIRD_PARTY": _refused("涉及商业秘密、个人隐私等，公开会对第三方合法权益造成损害。"),
    "REFUSE_INTERNAL": _refused(
        "属于行政机关的内部事务信息，包括人事管理、后勤管理、内部工作流程等方面的信息。"
    ),
    "REFUSE_PROCESS": _refused(
        "属于行政机关在履行行政管理职能过程中形成的讨论记录、过程稿、磋商信函、请示报告等过程性信息。"
    ),
    "REFUSE_CASE_FILE": _refused("属于行政执法案卷信息。"),
    # 第三十六条第（七）项: follow the law that governs these registers
    "SPECIAL_QUERY": (
        (
            _WANTED + "属于有关法律、行政法规对获取另有特别规定的信息。",
            "根据{law}，请{you}依照下列规定办理：{special_law:.}",
        ),
        ("办理途径：{where_to_query:.}",),
        _WHY,
    ),
    "NOT_HELD": (
        ("经检索，没有{you}申请公开的政府信息，该信息不存在。", "根据{law}，现予告知。"),
        ("检索情况：{search:.}",),
    ),
    "NOT_OURS": ((_WANTED + "不属于本机关负责公开。", "根据{law}，现予告知。"), _WHY),
    "NEEDS_CREATION": (
        (
            _WANTED + "没有现成的政府信息，需要本机关对现有政府信息进行加工、分析。",
            "根据{law}，本机关不予提供。",
        ),
        _WHY,
    ),
    "STILL_UNCLEAR": (
        (
            "因申请内容不明确，本机关于{correction_asked_on}告知{you}补正。",
            "经审查，补正后的申请内容仍不明确，本机关无法提供相关政府信息。",
            "依据：{law}。",
        ),
        _WHY,
    ),
    "PETITION": (
        (
            "经审查，{you}以政府信息公开申请的形式进行信访、投诉、举报等活动。",
            "根据{law}，现告知{you}：该申请不作为政府信息公开申请处理。",
        ),
        _WHY,
        ("{you}可以通过下列渠道提出：{right_channel:.}",),
    ),
    "DUPLICATE": (
        (
            "经审查，本机关已就相同的政府信息公开申请作出答复：{earlier_reply:.}",
            "根据{law}，本机关不予重复处理。",
        ),
    ),
    "PUBLICATION": (
        (
            "经审查，{you}要求提供的是公开出版物：{publication:.}",
            _NOT_PROCESSED,
            "获取的途径：{where_to_get:.}",
        ),
    ),
    "EXCESSIVE": (
        (
            (
                "经审查，{you}申请公开政府信息的数量、频次明显超过合理范围，"
                "本机关于{reasons_asked_on}要求{you}说明理由。"
            ),
            "经审查，{you}没有提出合理的申请理由。",
            _NOT_PROCESSED,
        ),
        _WHY,
    ),
    "CONFIRM_OR_REISSUE": (
        (
            "经审查，{you}要求本机关确认或者重新出具已经获取的政府信息，本机关不予处理。",
            "依据：{law}。",
        ),
        _WHY,
    ),
    "NO_CORRECTION": (
        (
            "因申请内容不明确，本机关于{correction_asked_on}告知{you}在{until}前补正。",
            "{you}无正当理由逾期不补正，根据{law}，视为放弃申请，本机关不再处理该政府信息公开申请。",
        ),
    ),
    "FEE_UNPAID": (
        (
            "本机关于{fee_noticed_on}通知{you}在{until}前缴纳信息处理费，{you}逾期未缴纳。",
            "根据{law}，本机关不再处理该政府信息公开申请。",
        ),
    ),
    "RECORD_CORRECTED": (
        ("经审核，该政府信息记录不准确。", "根据{law}，本机关已经予以更正：{corrected:.}"),
    ),
    "RECORD_KEPT": (("经审核，根据{law}，本机关对该政府信息不予更正。",), _WHY),
    "RECORD_ELSEWHERE": (
        (
            "经审核，该政府信息不属于本机关职能范围。",
            "有权更正的机关为{holder}，联系方式为：{holder_contact:.}",
            "根据{law}，请{you}向该机关提出。",
        ),
        _WHY,
    ),
    "SUGGESTION_TAKEN": (
        ("经审核，该政府信息可以主动公开。", "根据{law}，本机关已经予以公开：{where_public:.}"),
    ),
    "SUGGESTION_DECLINED": (("经审核，根据{law}，该政府信息不列入主动公开的范围。",), _WHY),
    "OTHER": (("本机关对该政府信息公开申请作其他处理：{reason:.}", "依据：{law}。"),),
}

_HOLDER: Paragraph = (
    "负责公开该信息的行政机关为{holder}，联系方式为：{holder_contact:.}",
    "请{you}向该机关提出申请。",
)


def finding(outcome: str, holder: str = "") -> tuple[Paragraph, ...]:
    """The paragraphs of an outcome. Another body is named only where it is known."""
    named = (_HOLDER,) if outcome == "NOT_OURS" and holder != UNKNOWN_HOLDER else ()
    return (*REPLY_WORDING.get(outcome, ()), *named)
