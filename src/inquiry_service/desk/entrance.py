"""Who is at the desk: the session cookie, and the key that every form of the desk carries."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import Response

from inquiry_service.desk.parts import DeskParts
from inquiry_service.disclosure.rules.numbering import find_request_number
from inquiry_service.errors import NotAllowed, NotSignedIn
from inquiry_service.staff.accounts import SESSION_LIFETIME, Session, SignedIn, session_of
from inquiry_service.staff.roles import Permission

COOKIE = "inquiry_desk"


def case_address(named: str) -> str:
    """The page of the case named in an address; empty when none is: nobody is led elsewhere."""
    number = find_request_number(named)
    return f"/desk/requests/{number}" if number else ""


@dataclass(frozen=True)
class Allowed:
    """A dependency that lets in whoever may do one of these; the table of routes reads them."""

    any_of: tuple[Permission, ...]
    session: Callable[[Request], Session]

    def __call__(self, request: Request) -> Session:
        session = self.session(request)
        if not session.may(*self.any_of):
            needed = "或者".join(f"“{permission.value}”" for permission in self.any_of)
            raise NotAllowed(f"您的角色是{session.role.label}，这一步需要{needed}权限")
        return session


class Entrance:
    """Dependencies that routes declare: `member` to look, `acting` to change something.

    `allowed` asks for a permission besides: every route that changes a case declares one.
    """

    def __init__(self, parts: DeskParts) -> None:
        self._parts = parts

    def member(self, request: Request) -> Session:
        """The signed-in member of staff. Raises `NotSignedIn` with the case to return to."""
        try:
            return session_of(self._parts.staff, request.cookies.get(COOKIE, ""))
        except NotSignedIn:
            raise NotSignedIn(case_address(request.path_params.get("number", ""))) from None

    def acting(self, request: Request, csrf: Annotated[str, Form()] = "") -> Session:
        """The same, for a form: raises `NotAllowed` when it does not carry the session's key."""
        session = self.member(request)
        if not hmac.compare_digest(session.csrf.encode(), csrf.encode()):
            raise NotAllowed("这份表单已经过期，请返回刷新后再提交")
        return session

    def allowed(self, *any_of: Permission) -> Allowed:
        """For a route: let in only who may do one of these. A form is guarded by `acting` too.

        Raises `NotAllowed` naming the permission, `NotSignedIn` for a stranger.
        """
        return Allowed(any_of, self.member)

    def admit(self, response: Response, signed_in: SignedIn) -> None:
        """Set the cookie: out of reach of scripts, and never sent along from another site.

        Its age is relative, so that a computer whose clock is wrong can sign in too.
        """
        response.set_cookie(
            COOKIE,
            signed_in.token,
            max_age=int(SESSION_LIFETIME.total_seconds()),
            path="/desk",
            secure=self._parts.secure_cookies,
            httponly=True,
            samesite="strict",
        )

    def dismiss(self, response: Response) -> None:
        response.delete_cookie(COOKIE, path="/desk")
