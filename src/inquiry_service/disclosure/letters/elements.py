"""What each kind of letter must and may say, in the order in which it says it. Pure."""

from inquiry_service.disclosure.letters.element import Content, Element, Form, stated
from inquiry_service.disclosure.letters.kinds import Delivery, LetterKind
from inquiry_service.disclosure.letters.replying import reply_elements
from inquiry_service.disclosure.letters.variants import (
    VARIANTS,
    Ground,
    usual_choice,
    variant_of,
)
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.opinions import Relation
from inquiry_service.disclosure.rules.outcomes import outcome_of
from inquiry_service.disclosure.rules.request import ApplicantKind, Choice, ReceiveBy, SupplyForm


class Salutation(Choice):
    """How the text speaks to an applicant."""

    PERSON = "person", "您"
    ORGANISATION = "organisation", "贵单位"


class Consulted(Choice):
    """Whose opinion was asked; the applicant need not learn the name."""

    THIRD_PARTY = "third_party", "可能受影响的第三方"
    AGENCY = "agency", "其他行政机关"


class PartyOpinion(Choice):
    """What the third party said (条例第三十二条)."""

    OBJECTED = "objected", "不同意公开"
    SILENT = "silent", "逾期未提出意见"


NUMBER = Element("document_number", "文号", "按本机关当年的编号顺序填写", form=Form.NUMBER)
ADDRESSEE = Element("addressee", "主送", "写收件人的姓名或者单位名称")
SALUTATION = Element(
    "addressed_as", "称呼", "个人用“您”，单位用“贵单位”", False, 1, Form.CHOICE, Salutation
)
REQUEST_DATE = Element("request_date", "收到申请之日", "按第三十一条认定的收到日", form=Form.DAY)
REQUEST_NUMBER = Element("request_number", "登记编号", "申请的登记编号")
SUMMARY = Element("request_summary", "申请内容", "照申请写明要求公开的信息", lines=4)
ARTICLE = Element("article", "条款依据", "如“第三十条”，指政府信息公开条例", form=Form.ARTICLE)
DELIVERY = Element("delivery", "送达方式", "选择怎样送达", form=Form.CHOICE, choices=Delivery)
ATTACHMENTS = Element("attachments", "附件", "每行一个附件的名称", False, 4)
CONTACT = Element("contact", "联系方式", "承办机构、电话或者地址", False)
BUREAU = Element("bureau", "机关名称", "写机关全称")
OUTCOME = Element("outcome", "办理结果", "选择办理结果，其余各项随之确定")
SIGNED = Element("signed_on", "成文日期", "批准发出的日期", form=Form.DAY)

_HEAD = (NUMBER, ADDRESSEE)
_TAIL = (ATTACHMENTS, DELIVERY, CONTACT, BUREAU, SIGNED)
_REQUEST = (SALUTATION, REQUEST_DATE, REQUEST_NUMBER.optional, SUMMARY)
DUE_NOTE = Element(
    "due_note", "期限说明", "期限涉及放假安排尚未公布的年份时，写明是暂定的", False, 2
)


def _until(hint: str) -> Element:
    return Element("until", "期限", hint, form=Form.DAY)


def _reason(hint: str) -> Element:
    return Element("reason", "理由", hint, lines=4)


def _information(hint: str) -> Element:
    return Element("information", "涉及的政府信息", hint, lines=4)


_CONSULTED_ON = Element("consulted_on", "征求意见日期", "发出征求意见书的日期", form=Form.DAY)
_DUE = Element("due", "答复期限", "按时限计算的届满日", form=Form.DAY)

_RECEIPT = (
    ADDRESSEE,
    SALUTATION,
    VARIANTS[LetterKind.RECEIPT].element,
    Element("submitted_on", "提交日期", "申请人提交或者寄出的日期", form=Form.DAY),
    Element("channel", "接收渠道", "如当面提交、邮寄、网上提交"),
    REQUEST_NUMBER,
    SUMMARY,
    ARTICLE,
    REQUEST_DATE,
)
_OF_OTHER_MATTERS = {
    SUMMARY.name: SUMMARY.hinted("照申请或者建议的原文写明"),
    REQUEST_DATE.name: REQUEST_DATE.hinted("收到申请或者建议的日期"),
}
_RECEIPT_WITHOUT_LIMIT = (*(_OF_OTHER_MATTERS.get(e.name, e) for e in _RECEIPT), *_TAIL)
"""条例第四十一条、第四十四条 name no number of days: the receipt tells none."""

_ELEMENTS: dict[LetterKind, tuple[Element, ...]] = {
    LetterKind.REGISTRATION: (
        REQUEST_NUMBER,
        REQUEST_DATE,
        Element("channel", "接收渠道", "如当面、邮寄、网上"),
        Element(
            "applicant_kind", "申请人类型", "年度报告的六类", True, 1, Form.CHOICE, ApplicantKind
        ),
        Element("applicant", "申请人", "姓名或者单位名称"),
        Element("identity_proof", "身份证明", "证件名称和号码，号码可以遮去中间部分"),
        Element("applicant_contact", "申请人联系方式", "电话、邮箱或者地址", lines=2),
        SUMMARY,
        Element("information_marks", "文号或者其他特征", "便于查找的线索", False, 2),
        Element("supply_form", "信息形式", "申请人要求的形式", True, 1, Form.CHOICE, SupplyForm),
        Element("receive_by", "获取方式", "申请人要求的途径", True, 1, Form.CHOICE, ReceiveBy),
        _DUE,
        Element("registered_by", "登记人", "登记的工作人员"),
        Element("remark", "备注", "如代理人授权、转来的机关", False, 2),
        BUREAU,
        Element("signed_on", "登记日期", "登记的日期", form=Form.DAY),
    ),
    LetterKind.RECEIPT: (
        *_RECEIPT,
        _DUE,
        DUE_NOTE,
        *_TAIL,
    ),
    LetterKind.CORRECTION: (
        *_HEAD,
        *_REQUEST,
        _reason("写哪里不明确，致使无法查找或者答复"),
        ARTICLE,
        Element("what_to_correct", "补正事项", "逐项写明要补什么、怎样补", lines=6),
        _until("给出合理的补正期限（第三十条）"),
        *_TAIL,
    ),
    LetterKind.REASONS: (
        *_HEAD,
        *_REQUEST,
        _reason("写明数量、频次的事实，如某月至某月共提出多少件"),
        ARTICLE,
        _until("请申请人说明理由的期限"),
        *_TAIL,
    ),
    LetterKind.EXTENSION: (
        *_HEAD,
        *_REQUEST,
        VARIANTS[LetterKind.EXTENSION].element,
        _reason("写明为什么不能按期答复"),
        ARTICLE,
        _DUE.hinted("延长以前的届满日"),
        Element("days", "延长天数", "1至20个工作日（第三十三条）", form=Form.DAYS),
        Element("new_due", "延长后的届满日", "按工作日历计算的日期", form=Form.DAY),
        DUE_NOTE,
        *_TAIL,
    ),
    LetterKind.THIRD_PARTY_CONSULTATION: (
        *_HEAD,
        _information("写明涉及第三方的信息，不写申请人是谁"),
        _reason("为什么公开可能损害第三方合法权益"),
        ARTICLE,
        *_TAIL,
    ),
    LetterKind.THIRD_PARTY_OPINION: (
        BUREAU,
        Element("letter_number", "征求意见书文号", "所附征求意见书的文号", form=Form.NUMBER),
        Element("party", "第三方", "被征求意见的个人或者单位"),
        _information("与征求意见书一致，不写申请人是谁"),
    ),
    LetterKind.CONSULTATION_NOTICE: (
        *_HEAD,
        *_REQUEST,
        Element(
            "consulted", "征求意见的对象", "第三方或者其他机关", True, 1, Form.CHOICE, Consulted
        ),
        _CONSULTED_ON,
        ARTICLE,
        *_TAIL,
    ),
    LetterKind.DISCLOSURE_NOTICE: (
        *_HEAD,
        _CONSULTED_ON,
        Element(
            "opinion", "第三方的意见", "不同意，或者逾期未提出", True, 1, Form.CHOICE, PartyOpinion
        ),
        ARTICLE,
        _information("写明决定公开的内容，不写申请人是谁"),
        _reason("为什么决定公开，如不公开可能对公共利益造成重大影响"),
        *_TAIL,
    ),
    LetterKind.CO_MAKER_CONSULTATION: (
        *_HEAD,
        VARIANTS[LetterKind.CO_MAKER_CONSULTATION].element,
        _information("写明信息名称及文号，不写申请人是谁"),
        Element("bureau_view", "本机关初步意见", "可以写明拟怎样处理", False, 4),
        ARTICLE,
        *_TAIL,
    ),
    LetterKind.ASSISTANCE: (
        *_HEAD,
        _information("写明需要查找、确认的信息"),
        Element("what_needed", "协助事项", "逐项写明请对方做什么", lines=6),
        ARTICLE,
        _until("请对方回复的日期，给本机关留出答复时间"),
        *_TAIL,
    ),
    LetterKind.FEE: (
        *_HEAD,
        *_REQUEST,
        _reason("写明数量、频次明显超过合理范围的事实"),
        ARTICLE,
        Element("fee_basis", "收费依据", "文件名称和文号"),
        Element("rate", "收费标准", "按件或者按量，写明各档标准，二者不能并用", lines=4),
        Element("amount", "收费金额", "单位元，只写数字", form=Form.AMOUNT),
        Element("how_to_pay", "缴费方式", "收款单位、账户或者缴费窗口", lines=4),
        _until("缴费期限，请先与财政部门确认"),
        *_TAIL,
    ),
}

_ELEMENTS_OF_VARIANT: dict[Choice, tuple[Element, ...]] = {
    Matter.RECORD_CORRECTION: _RECEIPT_WITHOUT_LIMIT,
    Matter.SUGGESTION: _RECEIPT_WITHOUT_LIMIT,
    # 条例第三十五条: 延迟答复的合理期限, a day instead of a number of working days
    Ground.DELAYED: (
        *_HEAD,
        *_REQUEST,
        VARIANTS[LetterKind.EXTENSION].element,
        _reason("写明为什么无法在规定的期限内答复"),
        ARTICLE,
        _DUE.hinted("现在的届满日"),
        Element("until", "延迟答复的期限", "合理的答复日期，应当是工作日", form=Form.DAY),
        DUE_NOTE,
        *_TAIL,
    ),
    # 条例第三十三条第三款: no days are named for other agencies, so the letter names one
    Relation.OTHER: (
        *_ELEMENTS[LetterKind.CO_MAKER_CONSULTATION][: -len(_TAIL)],
        _until("请对方答复的日期，给本机关留出答复时间"),
        *_TAIL,
    ),
}


def elements_of(kind: LetterKind, content: Content | None = None) -> tuple[Element, ...]:
    """The elements of a kind in order; some depend on the outcome or the choices so far."""
    if kind is not LetterKind.REPLY:
        variant = variant_of(kind, content or {})
        return _ELEMENTS[kind] if variant is None else _of_variant(kind, variant)
    outcome = outcome_of(stated(content or {}, "outcome"))
    found = () if outcome is None else reply_elements(outcome, content)
    return (*_HEAD, *_REQUEST, OUTCOME, *found, *_TAIL)


def _of_variant(kind: LetterKind, variant: Choice) -> tuple[Element, ...]:
    return _ELEMENTS_OF_VARIANT.get(variant, _ELEMENTS[kind])


def starting_content(kind: LetterKind, outcome: str = "") -> dict[str, str]:
    """What the law itself fills in: the article, and for a fee notice its basis."""
    if kind is LetterKind.REPLY:
        ending = outcome_of(outcome)
        return {"outcome": outcome, "article": ending.article} if ending else {}
    content = usual_choice(kind) if kind in VARIANTS else {"article": kind.nature.article}
    if kind is LetterKind.FEE:
        content["fee_basis"] = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"
    names = {element.name for element in _ELEMENTS[kind]}
    return {name: text for name, text in content.items() if name in names}
