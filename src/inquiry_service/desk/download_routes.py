"""Files leave the desk as attachments, never shown in place; and files come in."""

from typing import Annotated

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from inquiry_service.desk.case_page import days_left_of
from inquiry_service.desk.entrance import Entrance
from inquiry_service.desk.parts import DeskParts
from inquiry_service.desk.rendering import desk_page
from inquiry_service.desk.submitted import Typed, version_in
from inquiry_service.disclosure.attachments.adding import (
    MOST_FILES,
    FileSource,
    StoredFile,
    read_file,
)
from inquiry_service.disclosure.attachments.naming import content_disposition
from inquiry_service.disclosure.keeping.exporting import export_on_record
from inquiry_service.disclosure.letters import to_pdf
from inquiry_service.disclosure.looking.handling import open_case
from inquiry_service.disclosure.procedure.correcting import add_material
from inquiry_service.disclosure.procedure.sending import letter_file
from inquiry_service.edge.csrf import require_same_origin
from inquiry_service.errors import (
    BadInput,
    Conflict,
    InquiryError,
    NotAllowed,
    PartUnavailable,
    Problem,
)
from inquiry_service.staff.accounts import Session
from inquiry_service.staff.roles import Permission

SEE_OTHER = 303
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def kept(name: str, data: bytes, media_type: str) -> Response:
    """A file to keep: the browser neither shows it nor guesses what it is."""
    headers = {
        "Content-Disposition": content_disposition(name),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return Response(data, media_type=media_type, headers=headers)


def add_download_routes(routes: APIRouter, parts: DeskParts, entrance: Entrance) -> None:
    member = Depends(entrance.member)
    office = parts.office

    @routes.get("/requests/{number}/files/{file_id}")
    def attached(number: str, file_id: str, session: Session = member) -> Response:
        stored, data = read_file(office, open_case(office, number).number, file_id)
        _refuse_what_may_prove_identity(stored, session)
        return kept(stored.name, data, stored.type.media_type)

    @routes.get("/requests/{number}/letters/{letter_id}/docx", dependencies=[member])
    def document(number: str, letter_id: str) -> Response:
        letter = letter_file(office, open_case(office, number).number, letter_id)
        return kept(letter.name, letter.data, _DOCX)

    @routes.get("/requests/{number}/letters/{letter_id}/pdf", dependencies=[member])
    def pdf(number: str, letter_id: str) -> Response:
        letter = letter_file(office, open_case(office, number).number, letter_id)
        made = to_pdf(letter.data)
        if made is None:
            raise PartUnavailable("PDF 转换（LibreOffice）")
        return kept(letter.name.removesuffix(".docx") + ".pdf", made, "application/pdf")


def _refuse_what_may_prove_identity(stored: StoredFile, session: Session) -> None:
    """What an applicant sent may be a scan of a card: it opens to whom the number opens."""
    if stored.source is FileSource.APPLICANT and not session.may(Permission.LOOK_AT_IDENTITY):
        raise NotAllowed(
            f"申请人提交的附件可能是身份证明，您的角色是{session.role.label}，"
            f"下载需要“{Permission.LOOK_AT_IDENTITY.value}”权限"  # 个人信息保护法第六条
        )


def add_export_route(routes: APIRouter, parts: DeskParts, entrance: Entrance) -> None:
    approving = Depends(entrance.allowed(Permission.APPROVE))
    acting = [Depends(require_same_origin), Depends(entrance.acting)]

    @routes.post("/requests/{number}/export", dependencies=acting)
    def exported(number: str, session: Session = approving) -> Response:
        proper = open_case(parts.office, number).number
        packed = export_on_record(parts.office, proper, by=session.login)
        return kept(f"{proper}.zip", packed, "application/zip")


def add_material_routes(routes: APIRouter, parts: DeskParts, entrance: Entrance) -> None:
    work = Depends(entrance.allowed(Permission.WORK))
    acting = [Depends(require_same_origin), Depends(entrance.acting)]

    @routes.get("/requests/{number}/materials")
    def form(request: Request, number: str, session: Session = work) -> Response:
        return _form(parts, request, session, number)

    @routes.post("/requests/{number}/materials", dependencies=acting)
    def added(
        request: Request,
        number: str,
        typed: Typed,
        file: Annotated[UploadFile | None, File()] = None,
        session: Session = work,
    ) -> Response:
        try:
            _add(parts, number, file, session, version_in(typed))
        except (BadInput, Conflict) as failure:
            return _form(parts, request, session, number, failure)
        return RedirectResponse(f"/desk/requests/{number}", SEE_OTHER)


def _add(
    parts: DeskParts, number: str, file: UploadFile | None, session: Session, version: int
) -> None:
    if file is None or not file.filename:
        raise BadInput([Problem("file", "请选择要添加的文件。")])
    add_material(
        parts.office,
        number,
        file.filename,
        file.file.read(),
        by=session.login,
        expected_version=version,
    )


def _form(
    parts: DeskParts,
    request: Request,
    session: Session,
    number: str,
    failure: InquiryError | None = None,
) -> Response:
    case = open_case(parts.office, number)
    return desk_page(
        parts,
        request,
        "desk/material.html",
        session,
        failure=failure,
        case=case,
        days_left=days_left_of(parts, case),
        megabytes=parts.office.upload_megabytes,
        most=MOST_FILES,
    )
