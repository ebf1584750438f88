"""Disclosure on request (依申请公开): a formal request, its history, clock and outcome.

Rules, all pure: `request` (what an application needs), `events` (what can happen), `clock` (by
when), `outcomes` and `remedies` (how it ends), `progress` (how that is told). Around them the use
cases: `filing`, `drafts`, `following`, `handling`, `auditing`.
"""

from inquiry_service.disclosure.auditing import verify_chain
from inquiry_service.disclosure.drafts import DraftFields, draft_of, save_draft
from inquiry_service.disclosure.filing import Filed, file_request
from inquiry_service.disclosure.following import Following, follow_request
from inquiry_service.disclosure.handling import (
    Case,
    DeskRow,
    open_case,
    requests_for_desk,
)
from inquiry_service.disclosure.numbering import find_lookup_code, find_request_number
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.replies import ReplyGiven
from inquiry_service.disclosure.request import (
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
