"""The application's fields as forms carry them, as a person reads them, as a draft fills them."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from inquiry_service.disclosure.procedure.drafts import DraftFields
from inquiry_service.disclosure.rules.request import MAX_DESCRIPTION, Application, Choice
from inquiry_service.errors import Problem
from inquiry_service.redaction import redact

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
"""Every field in the order of the form."""

FIELDS = (*LABELS, "consent")
CARRIED = (*FIELDS, "draft", "form_key", "matter")
"""What travels from page to page in hidden fields; whatever else is sent is dropped."""

_PASSAGE_ID = re.compile(r"[0-9a-f]{16}")


def carried_fields(sent: Mapping[str, object]) -> dict[str, str]:
    """The known fields of a sent form, as they were typed."""
    values = ((name, sent.get(name)) for name in CARRIED)
    return {name: value for name, value in values if isinstance(value, str) and value}


def in_form_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """So that the summary can be worked through from top to bottom."""
    return tuple(sorted(problems, key=lambda problem: FIELDS.index(problem.field)))


def shown_fields(application: Application, wanted: str) -> list[tuple[str, str]]:
    """What was filled in, with its label, in the form's order; `wanted` is that of the content."""
    labels = LABELS | {"description": wanted}
    values = ((label, getattr(application, name)) for name, label in labels.items())
    return [(label, _shown(value)) for label, value in values if value]


def _shown(value: object) -> str:
    return value.label if isinstance(value, Choice) else str(value)


def filled_fields(draft: DraftFields) -> dict[str, str]:
    """A draft as form fields; what it does not know stays empty."""
    return {name: str(value) for name, value in asdict(draft).items() if value}


def filled_description(description: str) -> dict[str, str]:
    """A question taken along in the address; personal data in it is masked."""
    wanted = redact(description).strip()[:MAX_DESCRIPTION]
    return {"description": wanted} if wanted else {}


def submission_key(key: str, application: Application) -> str:
    """One form, one content, one request.

    The same page sent twice is the same; what was changed after going back is a request of its
    own and is not answered with the receipt of the earlier one.
    """
    content = json.dumps(asdict(application), ensure_ascii=False, sort_keys=True)
    return f"{key}:{hashlib.sha256(content.encode()).hexdigest()}"


def passage_ids(text: str, *, most: int) -> Sequence[str]:
    """The passages that the check page says it showed; anything else is dropped."""
    return _PASSAGE_ID.findall(text)[:most]
