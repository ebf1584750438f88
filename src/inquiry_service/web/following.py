"""Following a request: number and code in; progress, letters, reply and what can be done out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from inquiry_service.disclosure.looking.following import Following, follow_request, following_of
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.numbering import find_request_number
from inquiry_service.disclosure.rules.progress import State
from inquiry_service.edge.errors import status_of
from inquiry_service.edge.pages import render
from inquiry_service.errors import NotFound, PartUnavailable, Problem, TooManyAttempts
from inquiry_service.knowledge.readers.office import soffice
from inquiry_service.web.parts import WebParts
from inquiry_service.web.request_access import Access
from inquiry_service.web.request_letters import letter_response
from inquiry_service.web.request_materials import STATES, materials_of, upload_rules
from inquiry_service.web.request_matters import matter_of
from inquiry_service.web.request_telling import next_of, online_route, said_in, what_to_correct
from inquiry_service.web.request_typed import offered, prefilled, typed_in
from inquiry_service.web.submitted import Sent, text_in

HERE = "/requests"
"""Where the navigation shows a person to be."""
SEE_OTHER = 303


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says about the act that led to it. `unsent`: typed, but no form shows it.

    `token` is the pass that it was done with; empty when the code was typed just now.
    """

    status: int = 200
    good: str = ""
    warning: str = ""
    problems: tuple[Problem, ...] = ()
    typed: Mapping[str, str] | None = None
    unsent: str = ""
    token: str = ""


NOTHING_SAID = Said()


def to_lookup() -> RedirectResponse:
    """An address of an act, opened without its form."""
    return RedirectResponse(HERE, SEE_OTHER)


class FollowingPages:
    """The look-up form and the page it opens. No address that we write carries the code."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self.access = Access(parts.conversations.secret, parts.office.clock, parts.access_at_most)

    def lookup(self, request: Request) -> HTMLResponse:
        return _lookup(request, {})

    def follow(self, request: Request, sent: Sent) -> HTMLResponse:
        """Opened with number and code, or again with the pass of a page that is open."""
        if text_in(sent, "access"):
            number = self.access.number_in(token := text_in(sent, "access"))
            shown = Said(token=token)
            return self.shown(request, number, shown) if number else self.over(request, sent)
        number, code = text_in(sent, "number"), text_in(sent, "code")
        return self._followed(request, number, code, typed_in(sent))

    def by_address(self, request: Request, number: str, code: str = "") -> HTMLResponse:
        """`/requests/NUMBER` asks for the code, unless the visitor's own address brings it."""
        if code:
            return self._followed(request, number, code, {})
        proper = find_request_number(number)
        if proper is None:
            raise NotFound("这个页面")
        return _lookup(request, {"number": proper})

    def letter(self, request: Request, sent: Sent) -> Response:
        """A letter to keep, as Word document or PDF."""
        number = self.access.number_in(token := text_in(sent, "access"))
        if not number:
            return self.over(request, sent)
        following = following_of(self._parts.office, number)
        form = text_in(sent, "format")
        try:
            return letter_response(self._parts.office, following, text_in(sent, "letter"), form)
        except NotFound as fault:
            said = Said(status=status_of(fault), warning=fault.message, token=token)
            return self.shown(request, number, said)
        except PartUnavailable as fault:
            told = "这份文书暂时不能转成 PDF，请下载 Word 文档，内容相同。"
            said = Said(status=status_of(fault), warning=told, token=token)
            return self.shown(request, number, said)

    def over(self, request: Request, sent: Sent, *, files: bool = False) -> HTMLResponse:
        """The pass is over: the code again; what was typed comes along and is filled in again."""
        typed = typed_in(sent)
        told = self.access.why_over(text_in(sent, "access"))
        told += "您写的内容还在，打开后会填回去。" if typed else ""
        told += "选好的文件没有上传，打开后请重新选择。" if files else ""
        form = {"number": self.access.number_once(text_in(sent, "access"))}
        return _lookup(request, form, status=403, told=told, typed=typed)

    def shown(self, request: Request, number: str, said: Said = NOTHING_SAID) -> HTMLResponse:
        """The page of a request; the caller has made sure that it is the applicant who looks."""
        office = self._parts.office
        following = following_of(office, number)
        return render(
            request,
            "web/request_follow.html",
            status=said.status,
            path=HERE,
            following=following,
            said=said,
            wrong={problem.field: problem.message for problem in reversed(said.problems)},
            typed=prefilled(following) | dict(said.typed or {}),
            access=self.access.issue(number, after=said.token),
            offered=offered(following),
            next_step=next_of(following, self._parts.today),
            today=self._parts.today,
            materials=materials_of(office, number),
            file_states=STATES,
            upload_rules=upload_rules(office),
            most_bytes=office.upload_megabytes * 1024 * 1024,
            has_pdf=soffice() is not None,
            organ=office.reconsideration_organ,
            **_seen(following),
        )

    def _followed(
        self, request: Request, number: str, code: str, typed: Mapping[str, str]
    ) -> HTMLResponse:
        """Progress and reply; a wrong code and an unknown number read the same."""
        try:
            following = follow_request(self._parts.office, number, code)
        except (NotFound, TooManyAttempts) as failure:
            return _refused(request, {"number": number, "code": code}, failure, typed)
        return self.shown(request, following.number, Said(typed=typed))


def _seen(following: Following) -> dict[str, Any]:
    """Parts of the page that depend on the state alone."""
    matter = matter_of(following.number)
    return {
        "matter": matter,
        "limited": matter is Matter.REQUEST,
        "is_open": following.state not in (State.REPLIED, State.WITHDRAWN),
        "online_route": online_route(following),
        "reply_text": said_in(following.reply) if following.reply else "",
        "what_to_correct": what_to_correct(following),
    }


def _refused(
    request: Request,
    form: Mapping[str, str],
    failure: NotFound | TooManyAttempts,
    typed: Mapping[str, str],
) -> HTMLResponse:
    headers = {}
    if isinstance(failure, TooManyAttempts):
        headers["Retry-After"] = str(failure.retry_after)
    return _lookup(
        request, form, status=status_of(failure), told=failure.message, typed=typed, headers=headers
    )


def _lookup(
    request: Request,
    form: Mapping[str, str],
    *,
    status: int = 200,
    told: str = "",
    typed: Mapping[str, str] | None = None,
    headers: dict[str, str] | None = None,
) -> HTMLResponse:
    return render(
        request,
        "web/request_lookup.html",
        status=status,
        headers=headers,
        path=HERE,
        form=form,
        failure=told,
        typed=typed or {},
    )
