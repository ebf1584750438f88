"""`POST /rasa/actions`: Rasa calls back here to have its custom actions run."""

import hmac
import json
import logging
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request
from fastapi.responses import JSONResponse
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from inquiry_service.actions.parts import ActionParts
from inquiry_service.actions.registry import executor
from inquiry_service.errors import BadInput, NotAllowed, Problem

TOKEN_HEADER = "X-Inquiry-Actions-Token"  # noqa: S105
LARGEST_CALL = 8 * 1024 * 1024
"""Bytes. A call carries the whole history of a conversation as Rasa sees it."""

_log = logging.getLogger(__name__)


def router(parts: ActionParts) -> APIRouter:
    """Not public: only who knows the shared token is let in. Left out of the API description."""
    routes = APIRouter()
    actions = executor(parts)

    @routes.post("/rasa/actions", include_in_schema=False)
    async def act(
        request: Request, token: Annotated[str, Header(alias=TOKEN_HEADER)] = ""
    ) -> JSONResponse:
        if not parts.token or not hmac.compare_digest(token.encode(), parts.token.encode()):
            raise NotAllowed("缺少对话引擎的凭证")
        call = await _call_in(request)
        try:
            result = await actions.run(call)
        except ActionNotFoundException as unknown:
            _log.warning("Rasa asked for an unknown action")
            return _refusal(404, unknown.message, unknown.action_name)
        except ActionExecutionRejection as rejected:
            return _refusal(400, rejected.message, rejected.action_name)
        return JSONResponse(result.model_dump() if result else None)

    return routes


async def _call_in(request: Request) -> dict[str, Any]:
    """The call as JSON. Raises `BadInput` for anything else, or for one that is too large."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_CALL:
            raise BadInput([Problem("body", "调用内容过大。")])
    try:
        call = json.loads(body)
    except ValueError as fault:
        raise BadInput([Problem("body", "调用内容不是 JSON。")]) from fault
    if not isinstance(call, dict) or not isinstance(call.get("tracker"), dict):
        raise BadInput([Problem("tracker", "调用内容缺少对话状态。")])
    # With `enable_selective_domain` Rasa leaves the domain out; the executor insists on a key.
    return {"domain": {}, **call}


def _refusal(status: int, message: str, action: str) -> JSONResponse:
    """The shape in which Rasa expects a refused action."""
    return JSONResponse({"error": message, "action_name": action}, status_code=status)
