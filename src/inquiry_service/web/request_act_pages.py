"""The forms on the page of a request. Nothing that was typed is lost when one is refused."""

from collections.abc import Callable
from dataclasses import replace

from fastapi import Request
from fastapi.responses import HTMLResponse

from inquiry_service.disclosure.looking.following import following_of
from inquiry_service.disclosure.procedure.pacing import take_turn
from inquiry_service.edge.errors import status_of
from inquiry_service.edge.pages import render
from inquiry_service.edge.visitors import visitor_address
from inquiry_service.errors import BadInput, Conflict, StepNotAllowed, TooMuchFromHere
from inquiry_service.web.following import HERE, FollowingPages, Said
from inquiry_service.web.parts import WebParts
from inquiry_service.web.request_acts import ACTS, Act, Typed, done_before
from inquiry_service.web.request_materials import take_in
from inquiry_service.web.request_typed import offered, typed_in
from inquiry_service.web.submitted import Sent, SentWithFiles, files_in, text_in

_MOVED_ON = "您打开页面以后，这件申请有了新的进展，所以还没有提交。请先看看下面的新情况。"


class ApplicantActs:
    """The pages that come after a form on the page of a request."""

    def __init__(self, parts: WebParts, pages: FollowingPages) -> None:
        self._parts = parts
        self._office = parts.office
        self._pages = pages

    def handler(self, act: Act) -> Callable[[Request, Sent], HTMLResponse]:
        def handle(request: Request, sent: Sent) -> HTMLResponse:
            number = self._pages.access.number_in(token := text_in(sent, "access"))
            if not number:
                return self._pages.over(request, sent)
            if act.name == "withdrawal" and text_in(sent, "confirmed") != "yes":
                return self._to_confirm(request, number, token)
            typed = {name: text_in(sent, name) for name in act.fields}
            said = self._said(act, number, typed, seen=text_in(sent, "seen"))
            others = {name: text for name, text in typed_in(sent).items() if name not in act.fields}
            shown = replace(said, typed={**others, **(said.typed or {})}, token=token)
            return self._pages.shown(request, number, shown)

        return handle

    def add(self, request: Request, sent: SentWithFiles) -> HTMLResponse:
        """Several files; those that can be used are taken in even when another cannot."""
        number = self._pages.access.number_in(token := text_in(sent, "access"))
        if not number:
            return self._pages.over(request, sent, files=True)
        try:
            allowed = self._parts.uploads_per_address
            take_turn(self._office, "upload", visitor_address(request), allowed=allowed)
        except TooMuchFromHere as fault:
            held_up = Said(status_of(fault), warning=fault.message, token=token)
            page = self._pages.shown(request, number, held_up)
            page.headers["Retry-After"] = str(fault.retry_after)
            return page
        taken = take_in(self._office, number, files_in(sent, "file"))
        names = "、".join(f"“{name}”" for name in taken.received)
        good = f"已经收到{len(taken.received)}个文件：{names}。" if names else ""
        status = 422 if taken.problems else 200
        said = Said(status, good, problems=taken.problems, token=token)
        return self._pages.shown(request, number, said)

    def _to_confirm(self, request: Request, number: str, token: str) -> HTMLResponse:
        """Taking a request back cannot be undone: the second step asks again."""
        following = following_of(self._office, number)
        if "withdrawal" not in offered(following):
            refused = replace(self._refusal(ACTS["withdrawal"], number, {}), token=token)
            return self._pages.shown(request, number, refused)
        return render(
            request,
            "web/request_withdraw.html",
            path=HERE,
            following=following,
            access=self._pages.access.issue(number, after=token),
        )

    def _said(self, act: Act, number: str, typed: Typed, *, seen: str) -> Said:
        """`seen` counts the steps that the page showed: what it does not show disturbs nobody."""
        following = following_of(self._office, number)
        try:
            if str(len(following.timeline)) != seen:
                raise Conflict("这件申请有了新的进展")
            act.do(self._office, number, typed, following.version)
        except BadInput as fault:
            return Said(422, problems=fault.problems, typed=typed)
        except StepNotAllowed:
            return self._refusal(act, number, typed)
        except Conflict:
            if done_before(self._office, act, number, typed):
                return Said(good=act.done)
            return self._conflict(act, number, typed)
        return Said(good=act.done)

    def _refusal(self, act: Act, number: str, typed: Typed) -> Said:
        if act.name == "withdrawal" and done_before(self._office, act, number, typed):
            return Said(good="这件申请此前已经撤回，不必再撤回。")
        return Said(409, warning=act.refused, typed=typed, unsent=_unsent(typed))

    def _conflict(self, act: Act, number: str, typed: Typed) -> Said:
        """The form, if it is still there, shows what was typed; otherwise the notice does."""
        if act.name not in offered(following_of(self._office, number)):
            return self._refusal(act, number, typed)
        again = "确实要撤回的，请再操作一次。" if act.name == "withdrawal" else ""
        kept = "您写的内容还在下面，需要的话再提交一次。" if typed else again
        return Said(409, warning=f"{_MOVED_ON}{kept}", typed=typed)


def _unsent(typed: Typed) -> str:
    return "\n".join(text for text in typed.values() if text)
