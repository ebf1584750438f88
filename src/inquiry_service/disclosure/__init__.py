"""Disclosure on request (依申请公开): a formal request, its history, clock and outcome.

From the law up: `rules` (what may happen, by when, with which end), `advice` (what helps to
decide), `letters` (the thirteen kinds), `attachments`, `procedure` (the use cases, step by step),
`looking` (a case as the desk and the applicant see it), `keeping` (audit, export, keys, erasing).
Beside them stand `office`, which everything is handed, and what is kept: `store`, `letter_store`,
`texts`, `applications`, all sealed with `sealing`.
"""

from inquiry_service.disclosure.keeping.auditing import verify_chain
from inquiry_service.disclosure.looking.following import Following, follow_request
from inquiry_service.disclosure.looking.handling import (
    Case,
    DeskRow,
    open_case,
    requests_for_desk,
)
from inquiry_service.disclosure.looking.replies import ReplyGiven
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.drafts import DraftFields, draft_of, save_draft
from inquiry_service.disclosure.procedure.filing import Filed, file_request
from inquiry_service.disclosure.rules.numbering import find_lookup_code, find_request_number
from inquiry_service.disclosure.rules.request import (
    ApplicantKind,
    Application,
    IdentityKind,
    ReceiveBy,
    SupplyForm,
    application_fields,
    application_from,
    check,
)

__all__ = [
    "ApplicantKind",
    "Application",
    "Case",
    "DeskRow",
    "DisclosureOffice",
    "DraftFields",
    "Filed",
    "Following",
    "IdentityKind",
    "ReceiveBy",
    "ReplyGiven",
    "SupplyForm",
    "application_fields",
    "application_from",
    "check",
    "draft_of",
    "file_request",
    "find_lookup_code",
    "find_request_number",
    "follow_request",
    "open_case",
    "requests_for_desk",
    "save_draft",
    "verify_chain",
]
