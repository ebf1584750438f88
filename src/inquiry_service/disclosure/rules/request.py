"""The application of 条例第二十九条, and what is still wrong with one. Pure.

Article 29 asks for (1) the applicant's name, identity proof and contact, (2) the name, document
number or other traits of the information, (3) the form wanted, with method and route. No field
asks for a purpose: since 2019 none may be required.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import TypeVar

from inquiry_service.disclosure.rules.identity import is_credit_code, is_resident_identity_number
from inquiry_service.errors import Problem

MAX_DESCRIPTION = 2000
MAX_SHORT_FIELD = 200

_PHONE = re.compile(r"(?:\+?86-?)?1[3-9]\d{9}|(?:0\d{2,3}-?)?[2-9]\d{6,7}(?:-\d{1,6})?")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_OTHER_PROOF = re.compile(r"[A-Z0-9()-]{5,30}")


class Choice(StrEnum):
    """A closed list; the value is stored and sent by forms, the label is read by people."""

    label: str

    def __new__(cls, value: str, label: str) -> "Choice":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class ApplicantKind(Choice):
    """The six applicant columns of table 3 of the yearly report (国办公开办函〔2021〕30号)."""

    NATURAL_PERSON = "natural_person", "自然人"
    BUSINESS = "business", "商业企业"
    RESEARCH = "research", "科研机构"
    PUBLIC_INTEREST = "public_interest", "社会公益组织"
    LEGAL_SERVICE = "legal_service", "法律服务机构"
    OTHER_ORGANISATION = "other_organisation", "其他"


class IdentityKind(Choice):
    """What a natural person proves their identity with."""

    RESIDENT_IDENTITY_CARD = "resident_identity_card", "居民身份证"
    RESIDENCE_PERMIT = "residence_permit", "港澳台居民居住证"
    PASSPORT = "passport", "护照"
    OTHER = "other", "其他有效证件"


class SupplyForm(Choice):
    """The form in which the information is wanted (条例第二十九条第二款第三项)."""

    PAPER = "paper", "纸质"
    ELECTRONIC = "electronic", "电子文档"
    DISC = "disc", "光盘"
    ON_SITE = "on_site", "现场查阅、抄录"


class ReceiveBy(Choice):
    """The route by which it is to arrive (条例第二十九条第二款第三项)."""

    POST = "post", "邮寄"
    COLLECT = "collect", "当面领取"
    ONLINE = "online", "网上获取"
    EMAIL = "email", "电子邮件"
    FAX = "fax", "传真"


_AnyChoice = TypeVar("_AnyChoice", bound=Choice)


def choice_of(kind: type[_AnyChoice], text: object) -> _AnyChoice | None:
    """The member that a stored value or a Chinese label names, or None."""
    found = (member for member in kind if text in (member.value, member.label))
    return next(found, None)


@dataclass(frozen=True, slots=True)
class Application:
    """Everything an applicant states. The names are also those of the form fields."""

    applicant_kind: ApplicantKind | None = None
    name: str = ""
    identity_kind: IdentityKind | None = None
    identity_number: str = ""
    organisation_name: str = ""
    credit_code: str = ""
    representative: str = ""
    contact_person: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    description: str = ""
    document_number: str = ""
    period: str = ""
    supply_form: SupplyForm | None = None
    receive_by: ReceiveBy | None = None
    consent: bool = False

    @property
    def by_organisation(self) -> bool:
        return self.applicant_kind not in (None, ApplicantKind.NATURAL_PERSON)

    @property
    def applicant(self) -> str:
        """The name to address: the person's or the organisation's."""
        return self.organisation_name if self.by_organisation else self.name


_CHOICES: Mapping[str, type[Choice]] = {
    "applicant_kind": ApplicantKind,
    "identity_kind": IdentityKind,
    "supply_form": SupplyForm,
    "receive_by": ReceiveBy,
}
_CODES = ("identity_number", "credit_code", "phone", "email")
_OF_PERSONS: Mapping[str, object] = {"name": "", "identity_kind": None, "identity_number": ""}
_OF_ORGANISATIONS = ("organisation_name", "credit_code", "representative", "contact_person")


def application_from(stated: Mapping[str, object]) -> Application:
    """Build from a form's or payload's fields. What is unknown or absent stays empty."""
    return tidied(Application(**{f.name: _value(f.name, stated) for f in fields(Application)}))  # type: ignore[arg-type]


def _value(name: str, stated: Mapping[str, object]) -> object:
    value = stated.get(name)
    if name in _CHOICES:
        return choice_of(_CHOICES[name], value)
    if name == "consent":
        return value is True or value in ("true", "on", "1", "yes")
    return str(value) if isinstance(value, str | int) else ""


def application_fields(application: Application) -> dict[str, object]:
    """The inverse of `application_from`, ready for JSON."""
    return asdict(application)


def tidied(application: Application) -> Application:
    """Trimmed, codes in half width, and nothing kept that this kind of applicant need not say.

    个人信息保护法第六条: no more is collected than the purpose needs.
    """
    texts = {name: printable(str(value)) for name, value in asdict(application).items()}
    kept = {
        name: _as_code(text) if name in _CODES else text
        for name, text in texts.items()
        if name not in _CHOICES and name != "consent"
    }
    changes: dict[str, object] = dict(kept)
    if application.by_organisation:
        changes |= _OF_PERSONS
    else:
        changes |= dict.fromkeys(_OF_ORGANISATIONS, "")
    return replace(application, **changes)  # type: ignore[arg-type]


def printable(text: str) -> str:
    """Trimmed, and without what no keyboard types and no database keeps (NUL, half characters)."""
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return "".join(kept).strip()


def _as_code(text: str) -> str:
    narrow = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return narrow if "@" in narrow else narrow.upper()


def check(application: Application) -> tuple[Problem, ...]:
    """Everything that must be changed before this can be filed; empty when it can."""
    application = tidied(application)
    return (
        *_applicant_problems(application),
        *_contact_problems(application),
        *_content_problems(application),
        *_length_problems(application),
        *_consent_problems(application),
    )


def _applicant_problems(application: Application) -> Iterator[Problem]:
    if application.applicant_kind is None:
        yield Problem("applicant_kind", "请选择申请人类型。")
    elif application.by_organisation:
        yield from _organisation_problems(application)
    else:
        yield from _person_problems(application)


def _person_problems(application: Application) -> Iterator[Problem]:
    number = application.identity_number
    if not application.name:
        yield Problem("name", "请填写申请人姓名。")
    if application.identity_kind is None:
        yield Problem("identity_kind", "请选择证件类型。")
    if not number:
        yield Problem("identity_number", "请填写证件号码，条例第二十九条要求提供身份证明。")
    elif _has_check_digit(application.identity_kind):
        if not is_resident_identity_number(number):
            yield Problem("identity_number", "证件号码有误：应为18位，请对照证件逐位核对。")
    elif not _OTHER_PROOF.fullmatch(number):
        yield Problem("identity_number", "证件号码应为5至30位字母或数字，请对照证件核对。")


def _has_check_digit(kind: IdentityKind | None) -> bool:
    return kind in (IdentityKind.RESIDENT_IDENTITY_CARD, IdentityKind.RESIDENCE_PERMIT)


def _organisation_problems(application: Application) -> Iterator[Problem]:
    if not application.organisation_name:
        yield Problem("organisation_name", "请填写单位名称，与登记证照一致。")
    if not application.credit_code:
        yield Problem("credit_code", "请填写统一社会信用代码，条例第二十九条要求提供身份证明。")
    elif not is_credit_code(application.credit_code):
        yield Problem("credit_code", "统一社会信用代码有误：应为18位，请对照证照逐位核对。")


def _contact_problems(application: Application) -> Iterator[Problem]:
    if not (application.phone or application.email or application.address):
        yield Problem("phone", "请至少填写一种联系方式：电话、电子邮箱或者通信地址。")
    if application.phone and not _PHONE.fullmatch(application.phone):
        yield Problem("phone", "电话号码有误：请填写11位手机号，或者带区号的固定电话。")
    if application.email and not _EMAIL.fullmatch(application.email):
        yield Problem("email", "电子邮箱有误：请检查是否漏了“@”或者域名。")
    yield from _route_problems(application)


def _route_problems(application: Application) -> Iterator[Problem]:
    """The chosen route needs its address, or the reply cannot arrive."""
    if application.receive_by is ReceiveBy.POST and not application.address:
        yield Problem("address", "您选择了邮寄，请填写通信地址。")
    if application.receive_by is ReceiveBy.EMAIL and not application.email:
        yield Problem("email", "您选择了电子邮件，请填写电子邮箱。")
    if application.receive_by is ReceiveBy.FAX and not application.phone:
        yield Problem("phone", "您选择了传真，请填写传真号码。")


def _content_problems(application: Application) -> Iterator[Problem]:
    if not application.description:
        yield Problem("description", "请写明需要什么信息：名称、文号，或者便于查找的其他特征。")
    if len(application.description) > MAX_DESCRIPTION:
        over = len(application.description) - MAX_DESCRIPTION
        yield Problem("description", f"最多{MAX_DESCRIPTION}字，请删去{over}字。")
    if application.supply_form is None:
        yield Problem("supply_form", "请选择希望得到的信息形式。")
    if application.receive_by is None:
        yield Problem("receive_by", "请选择希望怎样取得信息。")


def _length_problems(application: Application) -> Iterator[Problem]:
    for name, value in asdict(application).items():
        if name != "description" and isinstance(value, str) and len(value) > MAX_SHORT_FIELD:
            yield Problem(name, f"这一项最多{MAX_SHORT_FIELD}字，请缩短。")


def _consent_problems(application: Application) -> Iterator[Problem]:
    """个人信息保护法第十七条: the notice must have been read before data is handed over."""
    if not application.consent:
        yield Problem("consent", "请阅读个人信息处理告知，并勾选“已阅读并同意”。")
