"""`GET` and `POST /wechat`: WeChat's verification, and its pushes.

Safe mode signs the encrypted text (`msg_signature`), plain mode the call (`signature`). When a
key is configured, an unencrypted push is refused: anybody could have sent it.
"""

import asyncio
import time

from anyio import to_thread
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import PlainTextResponse

from inquiry_service.errors import BadInput, NotAllowed
from inquiry_service.wechat import wording
from inquiry_service.wechat.messages import (
    Message,
    encrypted_part,
    parse,
    sealed_reply,
    text_reply,
)
from inquiry_service.wechat.parts import WechatParts
from inquiry_service.wechat.speaking import say

NO_REPLY = b"success"
"""Says "received, nothing to show"; sent unencrypted even in safe mode."""

_LOOK_SECONDS = 0.1


def router(parts: WechatParts) -> APIRouter:
    """The callback that is entered in the Official Account's server settings."""
    routes = APIRouter(prefix="/wechat", tags=["wechat"])
    post = Post(parts)

    @routes.get("", response_class=PlainTextResponse)
    def verify(signature: str = "", timestamp: str = "", nonce: str = "", echostr: str = "") -> str:
        """WeChat asks whether this is the right server."""
        parts.account.check(signature, timestamp, nonce)
        return echostr

    @routes.post("")
    async def receive(
        request: Request,
        signature: str = "",
        msg_signature: str = "",
        timestamp: str = Query("", max_length=32, pattern=r"^\d*$"),
        nonce: str = Query("", max_length=64),
        encrypt_type: str = "",
    ) -> Response:
        """One message or event; the reply is passive, within five seconds."""
        body = (await request.body()).decode("utf-8", "replace")
        sealed = encrypt_type == "aes"
        if sealed != parts.account.safe:
            raise NotAllowed("消息加解密方式与本服务的设置不一致")
        if not sealed:
            parts.account.check(signature, timestamp, nonce)
        try:
            xml = _opened(parts, body, msg_signature, timestamp, nonce) if sealed else body
            message = parse(xml)
        except BadInput:
            return _response(NO_REPLY)
        said = await post.deliver(message)
        return _response(_reply(parts, message, said) if said else NO_REPLY)

    return routes


class Post:
    """Answers each push once; retries are told the same."""

    def __init__(self, parts: WechatParts) -> None:
        self._parts = parts
        self._working: set[asyncio.Task[None]] = set()

    async def deliver(self, message: Message) -> str:
        """What is said, or after WeChat's patience a promise to look again; empty for nothing."""
        deadline = time.monotonic() + self._parts.patience
        if await to_thread.run_sync(self._parts.deliveries.claim, message.delivery_key):
            # The work goes on when WeChat hangs up: its retry then finds the reply.
            await asyncio.wait({self._begin(message)}, timeout=self._parts.patience)
        said = await self._settled(message.delivery_key, deadline)
        return wording.STILL_WORKING if said is None else said

    def _begin(self, message: Message) -> "asyncio.Task[None]":
        task = asyncio.create_task(self._answer(message))
        self._working.add(task)
        task.add_done_callback(self._working.discard)
        return task

    async def _answer(self, message: Message) -> None:
        started = time.monotonic()
        page = await say(self._parts, message)
        if page and time.monotonic() - started > self._parts.patience:
            await to_thread.run_sync(self._leave_all_unread, message, page)
        await to_thread.run_sync(self._parts.deliveries.settle, message.delivery_key, page)

    def _leave_all_unread(self, message: Message, page: str) -> None:
        """The person was told to ask with "更多": the whole answer waits for that."""
        person = self._parts.pseudonym(message.sender)
        rest = self._parts.deliveries.unread(person)
        whole = "\n".join(filter(None, [page.removesuffix(wording.MORE), rest]))
        self._parts.deliveries.leave_unread(person, whole)

    async def _settled(self, key: str, deadline: float) -> str | None:
        """The stored reply as soon as it is there; looks at least once."""
        while True:
            reply = await to_thread.run_sync(self._parts.deliveries.reply, key)
            if reply is not None or time.monotonic() >= deadline:
                return reply
            await asyncio.sleep(_LOOK_SECONDS)


def _opened(parts: WechatParts, body: str, given: str, timestamp: str, nonce: str) -> str:
    encrypted = encrypted_part(body)
    parts.account.check(given, timestamp, nonce, encrypted)
    return parts.account.decrypt(encrypted)


def _reply(parts: WechatParts, message: Message, said: str) -> bytes:
    """The bytes of the reply, the same for every retry of one message, encrypted in safe mode."""
    xml = text_reply(message, said)
    if not parts.account.safe:
        return xml.encode()
    noise = parts.reply_noise(message.delivery_key)
    encrypted = parts.account.encrypt(xml, random=noise)
    timestamp, nonce = str(int(message.created)), str(int.from_bytes(noise[:4]))
    signature = parts.account.signature(timestamp, nonce, encrypted)
    return sealed_reply(encrypted, signature=signature, timestamp=timestamp, nonce=nonce).encode()


def _response(body: bytes) -> Response:
    kind = "text/plain" if body == NO_REPLY else "application/xml"
    return Response(body, media_type=f"{kind}; charset=utf-8")
