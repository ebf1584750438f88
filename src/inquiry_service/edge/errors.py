"""The one table from errors to HTTP, and the two shapes they are shown in.

Programs get `{"error": {"code", "message", "problems": [{"field", "message"}]}}`, browsers a
page. What nobody foresaw is logged under an id, and only the id is shown.
"""

import logging
import secrets
import traceback
from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from inquiry_service import errors
from inquiry_service.edge.pages import render
from inquiry_service.edge.validation import problems_of
from inquiry_service.redaction import redact

log = logging.getLogger(__name__)

STATUS: dict[type[errors.InquiryError], int] = {
    errors.BadInput: 422,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.StepNotAllowed: 409,
    errors.NotSignedIn: 401,
    errors.NotAllowed: 403,
    errors.TooManyAttempts: 429,
    errors.TooMuchFromHere: 429,
    errors.PartUnavailable: 503,
    errors.IndexUnusable: 503,
    errors.KnowledgeFault: 500,
    errors.ConfigurationFault: 500,
    errors.InquiryError: 500,
}

OPERATORS_ONLY = (errors.IndexUnusable, errors.KnowledgeFault, errors.ConfigurationFault)
"""Errors whose sentence is meant for the operator: it is logged, the citizen reads another."""

WORDING = {
    400: ("bad_request", "请求的格式不对，请检查后再试。"),
    404: ("not_found", "没有找到这个页面，可能地址写错了，或者内容已经移走。"),
    405: ("method_not_allowed", "这个地址不支持这种访问方式。"),
    413: ("too_large", "提交的内容太大，请缩短后再试。"),
    500: ("internal", "服务出了意外，您的操作没有完成。请稍后再试。"),
    503: ("unavailable", "公开文件库暂时不能使用，不是没有查到。请稍后再试。"),
}

TITLES = {
    401: "请先登录",
    403: "不能这样操作",
    404: "没有找到",
    409: "内容已经变了",
    422: "有内容需要修改",
    429: "请稍候再试",
    503: "暂时不能使用",
}

MACHINE_PATHS = ("/api/", "/rasa/", "/openapi", "/healthz", "/readyz", "/metrics")

Problems = tuple[errors.Problem, ...]


def status_of(error: errors.InquiryError) -> int:
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def install_error_handlers(app: FastAPI, *, sign_in_path: str) -> None:
    """Hang the handlers for foreseen errors; `UnexpectedFaults` stands outside for the rest."""

    async def family(request: Request, error: errors.InquiryError) -> Response:
        if isinstance(error, errors.NotSignedIn) and _is_desk_page(request):
            way_back = f"?{urlencode({'next': error.back_to})}" if error.back_to else ""
            return RedirectResponse(f"{sign_in_path}{way_back}", status_code=303)
        return _family(request, error)

    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return _family(request, errors.BadInput(problems_of(error.errors())))

    async def plain(request: Request, error: HTTPException) -> Response:
        code, message = WORDING.get(error.status_code, WORDING[400])
        answer = shown(request, error.status_code, code, message)
        answer.headers.update(error.headers or {})
        return answer

    app.add_exception_handler(errors.InquiryError, family)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, invalid)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, plain)  # type: ignore[arg-type]


def _family(request: Request, error: errors.InquiryError) -> Response:
    status = status_of(error)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        return unexpected(request, error)
    message = error.message
    if isinstance(error, OPERATORS_ONLY):
        log.warning("%s", error.message)
        message = WORDING[status][1]
    problems = error.problems if isinstance(error, errors.BadInput) else ()
    answer = shown(request, status, error.code, message, problems=problems)
    if isinstance(error, errors.TooManyAttempts):
        answer.headers["Retry-After"] = str(error.retry_after)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Retry-After"] = "30"
    return answer


def shown(
    request: Request,
    status: int,
    code: str,
    message: str,
    *,
    problems: Problems = (),
    fault_id: str | None = None,
) -> Response:
    """An error as JSON or as a page, whichever the asker reads."""
    if wants_json(request):
        listed = [{"field": p.field, "message": p.message} for p in problems]
        body: dict[str, object] = {"code": code, "message": message, "problems": listed}
        if fault_id is not None:
            body["id"] = fault_id
        return JSONResponse({"error": body}, status_code=status)
    return render(
        request,
        "edge/error.html",
        status=status,
        title=TITLES.get(status, "出了点问题"),
        message=message,
        problems=problems,
        fault_id=fault_id,
    )


def wants_json(request: Request) -> bool:
    accept = request.headers.get("accept", "")
    return request.url.path.startswith(MACHINE_PATHS) or (
        "application/json" in accept and "text/html" not in accept
    )


def _is_desk_page(request: Request) -> bool:
    return request.url.path.startswith("/desk") and not wants_json(request)


def unexpected(request: Request, error: Exception) -> Response:
    """Log the fault under an id, without what the person typed, and show only the id."""
    fault_id = secrets.token_hex(4)
    trace = redact("".join(traceback.format_exception(error)))
    log.error("fault %s at %s %s\n%s", fault_id, request.method, _route_of(request), trace)
    return shown(request, 500, *WORDING[500], fault_id=fault_id)


def _route_of(request: Request) -> str:
    """The route's pattern, so that no number or code from an address reaches the log."""
    return getattr(request.scope.get("route"), "path", "(no route)")


class UnexpectedFaults:
    """ASGI middleware, the outermost door: what nothing else caught becomes a 500 with an id."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:  # the outer door
            answer = unexpected(Request(scope), error)
            if started:  # half an answer is out: break the connection so that nobody trusts it
                raise
            await answer(scope, receive, send)
