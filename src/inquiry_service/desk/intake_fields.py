"""The form of intake: its fields as they were typed, and what they say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from inquiry_service.disclosure.procedure.intake import lacking
from inquiry_service.disclosure.rules.channels import BY_STAFF, Channel
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.request import (
    ApplicantKind,
    Application,
    IdentityKind,
    ReceiveBy,
    SupplyForm,
    application_from,
    choice_of,
)
from inquiry_service.errors import Problem

LABELS = {
    "description": "需要的信息",
    "document_number": "文号",
    "period": "所属时间",
    "supply_form": "希望得到的形式",
    "receive_by": "取得方式",
    "applicant_kind": "申请人类型",
    "name": "申请人姓名",
    "identity_kind": "证件类型",
    "identity_number": "证件号码",
    "organisation_name": "单位名称",
    "credit_code": "统一社会信用代码",
    "representative": "法定代表人或负责人",
    "contact_person": "联系人",
    "phone": "电话",
    "email": "电子邮箱",
    "address": "通信地址",
}
FIELDS = ("channel", "arrived", "matter", "file", *LABELS)
"""Everything that is asked, in the order of the form."""
CARRIED = (*(name for name in FIELDS if name != "file"), "form_key")
"""What the receipt carries along, so that it can be shown again after each step."""

OPTIONS = {
    "ways": BY_STAFF,
    "matters": tuple(Matter),
    "applicant_kinds": tuple(ApplicantKind),
    "identity_kinds": tuple(IdentityKind),
    "supply_forms": tuple(SupplyForm),
    "receive_ways": tuple(ReceiveBy),
}

_FIRST_DAY = date(2008, 5, 1)
"""The 条例 came into force: whatever is said to have come in before is a slip."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form says. A channel or day that cannot be read is None, and a problem."""

    application: Application
    channel: Channel | None
    arrived: date | None
    matter: Matter


def typed_in(form: Mapping[str, str]) -> Typed:
    return Typed(
        application_from(form),
        choice_of(Channel, form.get("channel")),
        day_in(form.get("arrived", "")),
        choice_of(Matter, form.get("matter")) or Matter.REQUEST,
    )


def day_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def day_problems(typed: Typed) -> list[Problem]:
    if typed.arrived is None:
        return [Problem("arrived", "请填写来件日期，如 2026-03-02。")]
    if typed.arrived < _FIRST_DAY:
        return [Problem("arrived", f"来件日期 {typed.arrived} 早于条例施行之日，请核对。")]
    return []


def in_form_order(typed: Typed, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each at a field that can be seen, so that they can be worked through from top to bottom."""
    placed = [_placed(typed, problem) for problem in problems]
    return tuple(sorted(placed, key=lambda p: FIELDS.index(p.field) if p.field in FIELDS else 0))


def _placed(typed: Typed, problem: Problem) -> Problem:
    if problem.field == "name" and typed.application.by_organisation:
        return Problem("organisation_name", problem.message)
    return problem


def what_lacks(application: Application) -> tuple[str, ...]:
    """What 条例第二十九条 asks for and the paper does not say, in a few words each."""
    return tuple(_lack(application, problem) for problem in lacking(application))


def _lack(application: Application, problem: Problem) -> str:
    if problem.field == "phone":
        reachable = application.email or application.address
        return "传真号码" if reachable else "联系方式（电话、电子邮箱或者通信地址）"
    if problem.field in ("identity_number", "credit_code"):
        return f"{LABELS[problem.field]}（身份证明）"
    return LABELS.get(problem.field, problem.message)


def read_aloud(application: Application) -> list[tuple[str, str]]:
    """What was written down, with its label, in the order in which it is read back."""
    order = ("applicant_kind", "name", "organisation_name", *LABELS)
    values = {name: getattr(application, name) for name in dict.fromkeys(order)}
    return [(LABELS[name], _shown(value)) for name, value in values.items() if value]


def _shown(value: object) -> str:
    return str(getattr(value, "label", value))
