"""The working calendar at the desk: the year, a change with its preview, the history."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import UploadFile

from inquiry_service.calendar.book import CalendarChange, calendar_history
from inquiry_service.desk.entrance import Entrance
from inquiry_service.desk.office_calendar_change import (
    COUNTY,
    Preview,
    load,
    newest_change,
    preview,
    subject_of,
    text_to_edit,
)
from inquiry_service.desk.office_calendar_year import year_shown
from inquiry_service.desk.office_page import office_page
from inquiry_service.desk.parts import DeskParts
from inquiry_service.disclosure.looking.handling import DeskRow, requests_for_desk
from inquiry_service.edge.csrf import require_same_origin
from inquiry_service.edge.errors import status_of
from inquiry_service.errors import BadInput, Conflict, InquiryError, Problem
from inquiry_service.moments import CHINA, local_day
from inquiry_service.staff.accounts import Session
from inquiry_service.staff.roles import Permission

SEE_OTHER = 303
HERE = "/desk/calendar"
_FIRST, _LAST = 2008, 2099
_LONG = 7
"""So many digits are no count and no year."""
_CHANGED_MEANWHILE = "您看预览的时候，有人载入了别的更改。下面是按最新日历重新算的，请再看一遍。"
_NO_TEXT_FILE = "这个文件不是 UTF-8 编码的文本，请另存为 UTF-8 的 YAML 文件。"


@dataclass(frozen=True, slots=True)
class Sent:
    """The form of a change as it came; `unreadable` when the file is no text."""

    text: str
    reason: str
    seen: str
    unreadable: bool = False


async def sent(request: Request) -> AsyncIterator[Sent]:
    """A file, when one was chosen, stands in place of the text."""
    async with request.form(max_files=1) as form:
        text, reason, seen = (str(form.get(name) or "") for name in ("text", "reason", "seen"))
        file, unreadable = form.get("file"), False
        if isinstance(file, UploadFile) and file.filename:
            try:
                text = (await file.read()).decode("utf-8-sig")
            except UnicodeDecodeError:
                unreadable = True
        yield Sent(text.replace("\r\n", "\n"), reason.strip(), seen, unreadable)


def router(parts: DeskParts, entrance: Entrance) -> APIRouter:
    routes = APIRouter(prefix="/calendar")
    pages = CalendarPages(parts)
    member = Depends(entrance.member)
    changing = Depends(entrance.allowed(Permission.ADMINISTER, Permission.APPROVE))
    guarded = [Depends(require_same_origin), Depends(entrance.acting)]

    @routes.get("")
    def shown(
        request: Request, year: str = "", loaded: str = "", session: Session = member
    ) -> HTMLResponse:
        return pages.shown(request, session, year, loaded)

    @routes.get("/change")
    def change(request: Request, what: str = "", session: Session = changing) -> HTMLResponse:
        return pages.change(request, session, what)

    @routes.post("/preview", dependencies=guarded)
    def previewed(
        request: Request, sent: Annotated[Sent, Depends(sent)], session: Session = changing
    ) -> HTMLResponse:
        return pages.previewed(request, session, sent)

    @routes.post("/edit", dependencies=guarded)
    def edited(
        request: Request, sent: Annotated[Sent, Depends(sent)], session: Session = changing
    ) -> HTMLResponse:
        return pages.change(request, session, _what(sent.text), text=sent.text)

    @routes.post("/load", dependencies=guarded)
    def loaded(
        request: Request, sent: Annotated[Sent, Depends(sent)], session: Session = changing
    ) -> Response:
        return pages.load(request, session, sent)

    return routes


class CalendarPages:
    """What staff see of the calendar, and how a head or administrator changes it."""

    def __init__(self, parts: DeskParts) -> None:
        self._parts, self._book = parts, parts.calendar

    def shown(self, request: Request, session: Session, year: str, loaded: str) -> HTMLResponse:
        calendar = self._book.current()
        today = local_day(self._parts.office.clock())
        at = _year(year) or today.year
        published = calendar.published_years
        page = year_shown(calendar, at)
        return office_page(
            request,
            self._parts,
            "desk/office_calendar.html",
            session,
            page=page,
            today=today,
            years=sorted({*published, today.year, today.year + 1, at}),
            published=published,
            provisional=[] if page.source else self._provisional(),
            history=[_told(change) for change in reversed(calendar_history(self._book))],
            loaded=loaded if loaded.isdecimal() and len(loaded) < _LONG else "",
            may_change=session.may(Permission.ADMINISTER, Permission.APPROVE),
        )

    def change(
        self,
        request: Request,
        session: Session,
        what: str,
        *,
        text: str | None = None,
        failure: InquiryError | None = None,
    ) -> HTMLResponse:
        """The text to change. `what` is a year or `county`; the next year when it is neither."""
        if what != COUNTY:
            what = str(_year(what) or local_day(self._parts.office.clock()).year + 1)
        problems = failure.problems if isinstance(failure, BadInput) else ()
        return office_page(
            request,
            self._parts,
            "desk/office_calendar_change.html",
            session,
            status=status_of(failure) if failure else 200,
            what=what,
            form={"text": text_to_edit(self._book, what) if text is None else text},
            problems=problems,
            wrong={problem.field: problem.message for problem in problems},
            failure=failure.message if failure and not problems else "",
        )

    def previewed(
        self,
        request: Request,
        session: Session,
        sent: Sent,
        *,
        failure: str = "",
        problems: tuple[Problem, ...] = (),
    ) -> HTMLResponse:
        """What would change, and the question for a reason; or the text with what is wrong."""
        try:
            if sent.unreadable:
                raise BadInput([Problem("text", _NO_TEXT_FILE)])
            seen = preview(self._parts.office, self._book, sent.text)
        except BadInput as fault:
            return self.change(request, session, _what(sent.text), text=sent.text, failure=fault)
        return self._preview_page(request, session, sent, seen, failure, problems)

    def load(self, request: Request, session: Session, sent: Sent) -> Response:
        """Put it in force, unless the calendar is no longer the one that was compared with."""
        if sent.seen != str(newest_change(self._book)):
            return self.previewed(request, session, sent, failure=_CHANGED_MEANWHILE)
        try:
            loaded, moved = load(
                self._parts.office, self._book, sent.text, by=session.login, reason=sent.reason
            )
        except BadInput as fault:
            wrong = fault.problems
            return self.previewed(request, session, sent, problems=wrong)
        except Conflict as fault:
            return self.change(request, session, _what(sent.text), text=sent.text, failure=fault)
        year = loaded.year or local_day(self._parts.office.clock()).year
        address = urlencode({"year": year, "loaded": len(moved)})
        return RedirectResponse(f"{HERE}?{address}", SEE_OTHER)

    def _preview_page(
        self,
        request: Request,
        session: Session,
        sent: Sent,
        seen: Preview,
        failure: str,
        problems: tuple[Problem, ...],
    ) -> HTMLResponse:
        return office_page(
            request,
            self._parts,
            "desk/office_calendar_preview.html",
            session,
            status=422 if problems else 409 if failure else 200,
            preview=seen,
            text=sent.text,
            form={"reason": sent.reason},
            problems=problems,
            wrong={problem.field: problem.message for problem in problems},
            failure=failure,
        )

    def _provisional(self) -> list[DeskRow]:
        return [row for row in requests_for_desk(self._parts.office) if row.provisional]


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """One change as the history shows it."""

    change_id: int
    at: str
    made_by: str
    subject: str
    reason: str
    text: str


def _told(change: CalendarChange) -> ChangeTold:
    at = f"{change.at.astimezone(CHINA):%Y-%m-%d %H:%M}"
    subject = subject_of(change.year)
    return ChangeTold(change.change_id, at, change.made_by, subject, change.reason, change.text)


def _year(text: str) -> int | None:
    """A year that has a page, or None."""
    year = int(text) if text.isdecimal() and len(text) < _LONG else 0
    return year if _FIRST <= year <= _LAST else None


def _what(text: str) -> str:
    """What a text is about, as far as it can be seen before it is read."""
    years = [line.split(":", 1)[1].strip() for line in text.splitlines() if line[:5] == "year:"]
    return next(iter(years), COUNTY)
