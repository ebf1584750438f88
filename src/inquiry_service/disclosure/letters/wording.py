"""The sentences of every letter but the reply, whose are in `reply_wording`. Pure.

A paragraph is a tuple of sentences; `{name}` is an element, `{name:.}` ends it with a full stop,
`{law}` is the regulation with its article, `{you}` the salutation. A sentence about something
optional that was not written is left out.
"""

from inquiry_service.disclosure.letters.element import Content
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.letters.variants import Ground, variant_of
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.opinions import Relation
from inquiry_service.disclosure.rules.request import Choice

Paragraph = tuple[str, ...]

REQUEST: Paragraph = (
    "本机关于{request_date}收到{you}提出的政府信息公开申请。",
    "登记编号为{request_number}。",
    "申请内容为：{request_summary:.}",
)

REQUESTS: dict[Matter, Paragraph] = {
    Matter.REQUEST: REQUEST,
    Matter.RECORD_CORRECTION: (
        "本机关于{request_date}收到{you}提出的更正政府信息申请。",
        *REQUEST[1:],
    ),
    Matter.SUGGESTION: (
        "本机关于{request_date}收到{you}提出的将有关政府信息纳入主动公开范围的建议。",
        REQUEST[1],
        "建议内容为：{request_summary:.}",
    ),
}
"""How a reply opens, by what it replies to (条例第二十九条、第四十一条、第四十四条)."""

REPLY_TITLES: dict[Matter, str] = {
    Matter.RECORD_CORRECTION: "政府信息更正申请答复书",
    Matter.SUGGESTION: "政府信息主动公开建议答复书",
}

RECEIPT_TITLES: dict[Choice, str] = {
    Matter.RECORD_CORRECTION: "政府信息更正申请接收回执",
    Matter.SUGGESTION: "政府信息主动公开建议接收回执",
}

WORDING: dict[LetterKind, tuple[Paragraph, ...]] = {
    LetterKind.RECEIPT: (
        (
            (
                "{you}于{submitted_on}通过{channel}提出的政府信息公开申请，本机关已经收到，"
                "登记编号为{request_number}。"
            ),
            "申请内容为：{request_summary:.}",
        ),
        ("根据{law}，本机关收到该申请之日为{request_date}。",),
        # 第三十三条: 20 working days from receipt, consultation not counted, one extension
        (
            "根据该条例第三十三条，本机关自收到申请之日起20个工作日内答复，答复期限至{due}届满。",
            "{due_note:.}",
            (
                "需要补正、延长答复期限的，或者需要征求第三方和其他机关意见的，答复期限依法另行计算，"
                "本机关将书面告知{you}。"
            ),
        ),
    ),
    LetterKind.CORRECTION: (
        REQUEST,
        ("经审查，该申请内容不明确：{reason:.}",),
        ("根据{law}，请{you}补正以下事项：",),
        ("{what_to_correct:.}",),
        # 第三十条: the limit runs from the corrected request; silence is giving up
        (
            "请于{until}前（含当日）将补正后的申请提交本机关。",
            "答复期限自本机关收到补正的申请之日起计算。",
            "无正当理由逾期不补正的，视为放弃申请，本机关不再处理该政府信息公开申请。",
        ),
    ),
    LetterKind.REASONS: (
        REQUEST,
        ("经审查，{you}申请公开政府信息的数量、频次明显超过合理范围：{reason:.}",),
        (
            "根据{law}，请{you}于{until}前（含当日）向本机关书面说明理由。",
            # 第三十五条: bad reasons, not processed; good ones, a later date that is told
            (
                "本机关认为申请理由不合理的，告知{you}不予处理；认为申请理由合理，但是无法在规定的期限"
                "内答复的，可以确定延迟答复的合理期限并告知{you}。"
            ),
        ),
    ),
    LetterKind.EXTENSION: (
        REQUEST,
        ("该申请的答复期限至{due}届满。", "因下列原因，本机关不能在该期限内答复：{reason:.}"),
        (
            (
                "根据{law}，经本机关政府信息公开工作机构负责人同意，答复期限延长{days}个工作日，"
                "延长后的答复期限至{new_due}届满。"
            ),
            "{due_note:.}",
            "特此告知。",
        ),
    ),
    LetterKind.THIRD_PARTY_CONSULTATION: (
        ("本机关收到一件政府信息公开申请，申请公开的下列政府信息涉及你方：",),
        ("{information:.}",),
        ("经审查，公开上述信息可能损害你方合法权益：{reason:.}",),
        # 第三十二条: 15 working days from receipt; silence, the agency decides
        (
            "根据{law}，现书面征求你方意见。",
            (
                "请自收到本征求意见书之日起15个工作日内，填写随附的《政府信息公开征求意见确认函》，"
                "书面告知本机关是否同意公开；不同意公开的，请写明理由，可以附有关材料。"
            ),
        ),
        (
            "逾期未提出意见的，由本机关依照该条例的规定决定是否公开。",
            (
                "你方不同意公开且有合理理由的，本机关不予公开；本机关认为不公开可能对公共利益造成重大"
                "影响的，可以决定予以公开，并将决定公开的政府信息内容和理由书面告知你方。"
            ),
        ),
    ),
    LetterKind.CONSULTATION_NOTICE: (
        REQUEST,
        (
            "该申请涉及{consulted}，本机关已于{consulted_on}书面征求其意见。",
            "根据{law}，征求意见所需时间不计算在答复期限内。",
            "征求意见结束后，本机关将继续计算答复期限，并依法答复。",
            "特此告知。",
        ),
    ),
    LetterKind.DISCLOSURE_NOTICE: (
        (
            "本机关于{consulted_on}就公开有关政府信息书面征求你方意见，你方{opinion}。",
            "经审查，根据{law}，本机关决定予以公开，现将决定公开的政府信息内容和理由告知你方。",
        ),
        ("决定公开的内容：{information:.}",),
        ("理由：{reason:.}",),
        ("特此告知。",),
    ),
    LetterKind.CO_MAKER_CONSULTATION: (
        ("本机关收到一件政府信息公开申请，申请公开的下列政府信息由本机关牵头、与贵机关共同制作：",),
        ("{information:.}",),
        ("本机关的初步意见：{bureau_view:.}",),
        # 第三十四条: 15 working days from receipt, silence is consent
        (
            "根据{law}，现就是否公开征求贵机关意见。",
            "请自收到本征求意见书之日起15个工作日内提出书面意见；逾期未提出意见的，视为同意公开。",
        ),
    ),
    LetterKind.ASSISTANCE: (
        ("本机关正在办理一件政府信息公开申请，涉及下列信息：{information:.}",),
        ("根据{law}，商请贵单位协助办理以下事项：",),
        ("{what_needed:.}",),
        ("请于{until}前（含当日）将办理情况和有关材料书面告知本机关。",),
    ),
    LetterKind.FEE: (
        REQUEST,
        ("经审查，{you}申请公开政府信息的数量、频次明显超过合理范围：{reason:.}",),
        ("根据{law}和{fee_basis}，本机关决定收取信息处理费。",),
        ("收费标准：{rate:.}",),
        ("收费金额：人民币{amount}元。",),
        ("缴费方式：{how_to_pay:.}",),
        ("请于{until}前（含当日）缴纳。", "逾期不缴纳的，本机关不再处理该政府信息公开申请。"),
    ),
}

VARIANT_WORDING: dict[Choice, tuple[Paragraph, ...]] = {
    # 条例第四十一条: verified, corrected and told; what is not its own is passed on or pointed to
    Matter.RECORD_CORRECTION: (
        (
            (
                "{you}于{submitted_on}通过{channel}提出的更正政府信息申请，本机关已经收到，"
                "登记编号为{request_number}。"
            ),
            "申请内容为：{request_summary:.}",
        ),
        ("本机关收到该申请之日为{request_date}。",),
        (
            (
                "根据{law}，本机关对{you}提供的证据进行审核：属实的，予以更正并告知{you}；"
                "不属于本机关职能范围的，转送有权更正的行政机关处理并告知{you}，"
                "或者告知{you}向有权更正的行政机关提出。"
            ),
        ),
    ),
    # 条例第四十四条第二款: reviewed, and published where it belongs to what is published
    Matter.SUGGESTION: (
        (
            (
                "{you}于{submitted_on}通过{channel}提出的将有关政府信息纳入主动公开范围的建议，"
                "本机关已经收到，登记编号为{request_number}。"
            ),
            "建议内容为：{request_summary:.}",
        ),
        ("本机关收到该建议之日为{request_date}。",),
        (("根据{law}，本机关对该信息进行审核；经审核认为属于主动公开范围的，及时主动公开。"),),
    ),
    # 条例第三十五条: 理由合理, 但是无法在规定的期限内答复
    Ground.DELAYED: (
        REQUEST,
        (
            "经审查，{you}说明的申请理由合理，但是无法在规定的期限（至{due}届满）内答复：{reason:.}",
            "根据{law}，本机关确定于{until}前（含当日）答复{you}。",
            "{due_note:.}",
            "特此告知。",
        ),
    ),
    # 条例第三十三条第三款: the opinion is waited for, and silence is not said to be consent
    Relation.OTHER: (
        ("本机关收到一件政府信息公开申请，申请公开的下列政府信息涉及贵机关：",),
        ("{information:.}",),
        ("本机关的初步意见：{bureau_view:.}",),
        (
            "根据{law}，现就是否公开征求贵机关意见。",
            "请于{until}前（含当日）提出书面意见；认为不宜公开的，请写明依据和理由。",
        ),
    ),
}
"""The words of a choice where they differ from those of its kind."""


def wording_of(kind: LetterKind, content: Content) -> tuple[Paragraph, ...]:
    variant = variant_of(kind, content)
    return WORDING[kind] if variant is None else VARIANT_WORDING.get(variant, WORDING[kind])
