"""WeChat's side of the protocol, sealed by a second implementation (wechatpy)."""

import hashlib
import warnings
from dataclasses import dataclass
from typing import Any

from defusedxml import ElementTree
from fastapi.testclient import TestClient
from httpx2 import Response

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from wechatpy.crypto import WeChatCrypto

TOKEN = "token-of-the-test-account"
APP_ID = "wx0123456789abcdef"
AES_KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"

_MESSAGE = (
    "<xml><ToUserName>gh_bureau</ToUserName><FromUserName>{person}</FromUserName>"
    "<CreateTime>{at}</CreateTime><MsgType>{kind}</MsgType>{body}</xml>"
)


@dataclass
class WechatClient:
    """Pushes messages as WeChat does; `safe` encrypts them and reads encrypted replies."""

    http: TestClient
    safe: bool = False
    person: str = "openid-of-somebody"
    sent: int = 0

    def text(self, said: str, *, message_id: int | None = None) -> Response:
        self.sent += 1
        number = message_id or 9000 + self.sent
        body = f"<Content><![CDATA[{said}]]></Content><MsgId>{number}</MsgId>"
        return self.push(self.message("text", body))

    def event(self, name: str, *, at: int = 1_700_000_000) -> Response:
        return self.push(self.message("event", f"<Event>{name}</Event>", at=at))

    def message(self, kind: str, body: str, *, at: int = 1_700_000_000) -> str:
        return _MESSAGE.format(person=self.person, at=at, kind=kind, body=body)

    def push(self, xml: str, **changed: str) -> Response:
        query: dict[str, Any] = {"timestamp": "1700000001", "nonce": "4711"}
        query["signature"] = signature(query["timestamp"], query["nonce"])
        if self.safe:
            crypto = WeChatCrypto(TOKEN, AES_KEY, APP_ID)
            xml = crypto.encrypt_message(xml, query["nonce"], query["timestamp"])
            sealed = ElementTree.fromstring(xml)
            query |= {"encrypt_type": "aes", "msg_signature": sealed.findtext("MsgSignature")}
        return self.http.post("/wechat", params=query | changed, content=xml.encode())

    def said(self, response: Response) -> str:
        """The text of a reply, opened by the second implementation when it is sealed."""
        assert response.status_code == 200, response.text
        if response.content == b"success":
            return ""
        xml = response.text
        if self.safe:
            envelope = ElementTree.fromstring(xml)
            names = ("MsgSignature", "TimeStamp", "Nonce")
            crypto = WeChatCrypto(TOKEN, AES_KEY, APP_ID)
            xml = crypto.decrypt_message(xml, *(envelope.findtext(name) for name in names))
        reply = ElementTree.fromstring(xml)
        assert reply.findtext("ToUserName") == self.person
        return str(reply.findtext("Content"))


def signature(*parts: str) -> str:
    return hashlib.sha1("".join(sorted((TOKEN, *parts))).encode()).hexdigest()
