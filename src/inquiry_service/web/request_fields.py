"""The application's fields as a person reads them, and as a draft fills them."""

from inquiry_service.disclosure.drafts import DraftFields
from inquiry_service.disclosure.request import Application, Choice

LABELS = {
    "description": "所需信息",
    "document_number": "文号",
    "period": "所属时间",
    "supply_form": "形式",
    "receive_by": "取得方式",
    "applicant_kind": "申请人类型",
    "name": "姓名",
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


def shown_fields(application: Application) -> list[tuple[str, str]]:
    """What was filled in, with its label, in the form's order."""
    values = ((label, getattr(application, name)) for name, label in LABELS.items())
    return [(label, _shown(value)) for label, value in values if value]


def _shown(value: object) -> str:
    return value.label if isinstance(value, Choice) else str(value)


def filled_fields(draft: DraftFields) -> dict[str, str]:
    """A draft as form fields; what it does not know stays empty."""
    names = ("description", "document_number", "period", "supply_form", "receive_by")
    values = {name: getattr(draft, name) for name in names}
    return {name: str(getattr(value, "value", value)) for name, value in values.items() if value}
