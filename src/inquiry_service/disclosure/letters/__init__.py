"""The letters of a request: what each must say, its words, its Word document and its PDF.

Pure: `kinds`, `element`, `elements`, `replying` (what must be said), `checking` (what is missing),
`wording`, `reply_wording`, `forms`, `composing` (the words). Documents are made by `filling`, from
templates that `own_templates` finds and looks over, and by `printing`. Nothing here knows a
database, a clock or who may approve.
"""

from inquiry_service.disclosure.letters.checking import missing, naming_applicant, unconfirmed
from inquiry_service.disclosure.letters.composing import Letter, composed, paragraphs
from inquiry_service.disclosure.letters.element import Content, Element, Form
from inquiry_service.disclosure.letters.elements import elements_of, starting_content
from inquiry_service.disclosure.letters.filling import check_folder, fill
from inquiry_service.disclosure.letters.kinds import (
    Delivery,
    LetterKind,
    Recipient,
    carries_remedy,
    needs_secrecy_review,
)
from inquiry_service.disclosure.letters.printing import to_pdf
from inquiry_service.disclosure.letters.replying import reply_elements

__all__ = [
    "Content",
    "Delivery",
    "Element",
    "Form",
    "Letter",
    "LetterKind",
    "Recipient",
    "carries_remedy",
    "check_folder",
    "composed",
    "elements_of",
    "fill",
    "missing",
    "naming_applicant",
    "needs_secrecy_review",
    "paragraphs",
    "reply_elements",
    "starting_content",
    "to_pdf",
    "unconfirmed",
]
