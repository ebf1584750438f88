"""What the WeChat face is given."""

import hashlib
import hmac
from dataclasses import dataclass

from inquiry_service.conversation.conversations import Conversations
from inquiry_service.wechat.account import Account
from inquiry_service.wechat.deliveries import Deliveries

PATIENCE_SECONDS = 4.0
"""WeChat cuts the connection after five seconds; the network needs its share of them."""


@dataclass(frozen=True)
class WechatParts:
    """`public_url` without a trailing slash makes relative links absolute."""

    account: Account
    conversations: Conversations
    deliveries: Deliveries
    public_url: str
    bureau: str
    patience: float = PATIENCE_SECONDS

    def pseudonym(self, openid: str) -> str:
        """A keyed hash in place of the openid, which is never stored."""
        return self._keyed(f"wechat:{openid}").hex()

    def reply_noise(self, delivery_key: str) -> bytes:
        """Sixteen bytes for sealing one reply: the same for every retry, and known to nobody."""
        return self._keyed(f"wechat-reply:{delivery_key}")[:16]

    def _keyed(self, text: str) -> bytes:
        return hmac.new(self.conversations.secret.encode(), text.encode(), hashlib.sha256).digest()
