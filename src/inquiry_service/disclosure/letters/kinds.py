"""The thirteen kinds of document a request can need, and what the law asks of each. Pure.

No national set of templates is known; a city's published list of forms is the measure for which
kinds there are. Articles are those of the 条例 unless another text is named.
"""

from dataclasses import dataclass
from enum import StrEnum

from inquiry_service.disclosure.rules.request import Choice

REGULATION = "《中华人民共和国政府信息公开条例》"


class Recipient(Choice):
    """Who reads it in the end."""

    APPLICANT = "applicant", "申请人"
    THIRD_PARTY = "third_party", "第三方"
    AGENCY = "agency", "其他行政机关"
    FILE = "file", "本机关存档"


class Delivery(Choice):
    """How a letter is served; by post means the postal enterprise (国办公开办函〔2016〕235号)."""

    DIRECT = "direct", "直接送达"
    ENTRUSTED = "entrusted", "委托其他行政机关送达"
    POST = "post", "邮寄送达"
    ONLINE = "online", "网上送达"
    EMAIL = "email", "电子邮件送达"
    FAX = "fax", "传真送达"


ONLINE_DELIVERY = frozenset({Delivery.ONLINE, Delivery.EMAIL})


class LetterKind(Choice):
    """The closed list. The value is stored and names the template, the label is for the desk."""

    REGISTRATION = "registration", "登记表"
    RECEIPT = "receipt", "接收回执"
    CORRECTION = "correction", "补正告知书"
    REASONS = "reasons", "说明理由告知书"
    EXTENSION = "extension", "延期答复告知书"
    THIRD_PARTY_CONSULTATION = "third_party_consultation", "征求意见书（第三方）"
    THIRD_PARTY_OPINION = "third_party_opinion", "征求意见确认函"
    CONSULTATION_NOTICE = "consultation_notice", "征求意见告知书（给申请人）"
    DISCLOSURE_NOTICE = "disclosure_notice", "依申请公开告知书（给第三方）"
    CO_MAKER_CONSULTATION = "co_maker_consultation", "征求意见书（共同制作机关或者其他有关机关）"
    ASSISTANCE = "assistance", "协办函"
    FEE = "fee", "收费通知书"
    REPLY = "reply", "答复书"

    @property
    def nature(self) -> "Nature":
        return NATURES[self]

    @property
    def template(self) -> str:
        """The file name of its template, in the house and in a bureau's own folder."""
        return f"{self.value}.docx"


class Shape(StrEnum):
    """A letter is running text; a form is a table with places to write in."""

    LETTER = "letter"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Nature:
    """What is true of every letter of a kind.

    `code` is its mark within a 文号, empty where it has none. `article` is the ground it states
    when nobody says otherwise. `serves` says which ending or step of the law needs it.
    """

    title: str
    recipient: Recipient
    article: str
    serves: str
    code: str = ""
    shape: Shape = Shape.LETTER

    @property
    def numbered(self) -> bool:
        """Whether it leaves the house under a 文号."""
        return bool(self.code)

    @property
    def hides_applicant(self) -> bool:
        """Whoever else is asked or told need not know who asked (个人信息保护法第六条)."""
        return self.recipient in (Recipient.THIRD_PARTY, Recipient.AGENCY)


_TO_APPLICANT, _TO_PARTY, _TO_AGENCY = (
    Recipient.APPLICANT,
    Recipient.THIRD_PARTY,
    Recipient.AGENCY,
)

NATURES: dict[LetterKind, Nature] = {
    LetterKind.REGISTRATION: Nature(
        "政府信息公开申请登记表",
        Recipient.FILE,
        "第二十九条、第四十五条",
        "登记：申请进入登记、审核、办理、答复、归档五个环节",
        shape=Shape.FORM,
    ),
    LetterKind.RECEIPT: Nature(
        "政府信息公开申请接收回执",
        _TO_APPLICANT,
        "第三十一条",
        "接收：告知收到申请之日和登记编号",
    ),
    LetterKind.CORRECTION: Nature(
        "政府信息公开申请补正告知书",
        _TO_APPLICANT,
        "第三十条",
        "补正：收到申请之日起7个工作日内一次性告知",
        "补",
    ),
    LetterKind.REASONS: Nature(
        "政府信息公开申请说明理由告知书",
        _TO_APPLICANT,
        "第三十五条",
        "数量、频次明显超过合理范围时要求说明理由",
        "理",
    ),
    LetterKind.EXTENSION: Nature(
        "政府信息公开申请延期答复告知书",
        _TO_APPLICANT,
        "第三十三条",
        "延期：期限届满前告知，延长最多20个工作日；理由合理的，也可以延迟（第三十五条）",
        "延",
    ),
    LetterKind.THIRD_PARTY_CONSULTATION: Nature(
        "政府信息公开征求意见书",
        _TO_PARTY,
        "第三十二条",
        "征求第三方意见：第三方自收到之日起15个工作日内提出",
        "征",
    ),
    LetterKind.THIRD_PARTY_OPINION: Nature(
        "政府信息公开征求意见确认函",
        _TO_PARTY,
        "第三十二条",
        "随征求意见书寄给第三方，由其填写后交回",
        shape=Shape.FORM,
    ),
    LetterKind.CONSULTATION_NOTICE: Nature(
        "政府信息公开征求意见告知书",
        _TO_APPLICANT,
        "第三十三条第三款",
        "告知申请人：征求意见所需时间不计算在答复期限内",
        "询",
    ),
    LetterKind.DISCLOSURE_NOTICE: Nature(
        "政府信息依申请公开告知书",
        _TO_PARTY,
        "第三十二条",
        "第三方不同意而决定公开时，告知其内容和理由",
        "告",
    ),
    LetterKind.CO_MAKER_CONSULTATION: Nature(
        "政府信息公开征求意见书",
        _TO_AGENCY,
        "第三十四条",
        "征求其他机关意见：共同制作的，15个工作日内提出，逾期视为同意；其他有关机关没有这一规定",
        "商",
    ),
    LetterKind.ASSISTANCE: Nature(
        "政府信息公开申请协办函",
        _TO_AGENCY,
        "第十一条",
        "请有关机关或者单位协助查找、确认信息",
        "协",
    ),
    LetterKind.FEE: Nature(
        "政府信息公开信息处理费收费通知书",
        _TO_APPLICANT,
        "第四十二条",
        "收取信息处理费：办理期限内发出",
        "费",
    ),
    LetterKind.REPLY: Nature(
        "政府信息公开申请答复书",
        _TO_APPLICANT,
        "第三十六条",
        "答复：每一种办理结果都以答复书告知",
        "答",
    ),
}


def carries_remedy(kind: LetterKind) -> bool:
    """Only a reply decides; notices along the way are not open to challenge of their own."""
    return kind is LetterKind.REPLY


def needs_secrecy_review(kind: LetterKind) -> bool:
    """What may give information out is reviewed first (条例第十七条)."""
    return kind is LetterKind.REPLY
