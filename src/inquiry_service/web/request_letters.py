"""Letters that an applicant may download: those sent to the applicant of this very request."""

from typing import Literal

from fastapi import Response

from inquiry_service.disclosure.attachments.kinds import FileType
from inquiry_service.disclosure.attachments.naming import content_disposition
from inquiry_service.disclosure.letters.printing import to_pdf
from inquiry_service.disclosure.looking.following import Following
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.sending import letter_file
from inquiry_service.errors import NotFound, PartUnavailable

Format = Literal["docx", "pdf"]


def letter_response(
    office: DisclosureOffice, following: Following, letter_id: str, form: str
) -> Response:
    """The document as it was sent, or made a PDF. Raises `NotFound`, `PartUnavailable`."""
    if letter_id not in {letter.letter_id for letter in following.letters}:
        raise NotFound("这份文书")
    letter = letter_file(office, following.number, letter_id)
    if form == "pdf":
        return _attached(f"{letter.name.removesuffix('.docx')}.pdf", _pdf(letter.data), "pdf")
    return _attached(letter.name, letter.data, "docx")


def _attached(name: str, data: bytes, form: Format) -> Response:
    """Kept, never shown: what a browser opens by itself could be taken for our page."""
    headers = {"Content-Disposition": content_disposition(name), "Cache-Control": "no-store"}
    media_type = (FileType.PDF if form == "pdf" else FileType.DOCX).media_type
    return Response(data, media_type=media_type, headers=headers)


def _pdf(docx: bytes) -> bytes:
    made = to_pdf(docx)
    if made is None:
        raise PartUnavailable("PDF 转换")
    return made
