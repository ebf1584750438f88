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
        secret = self.conversations.secret.encode()
        return hmac.new(secret, f"wechat:{openid}".encode(), hashlib.sha256).hexdigest()
