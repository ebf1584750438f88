"""WeChat's XML, in and out: what came, and a text reply that WeChat can show."""

import hashlib
import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from inquiry_service.errors import BadInput, Problem

LONGEST_TEXT = 600
"""Characters of one reply. WeChat names no limit; senders report failures above about 1,100."""

LONGEST_BYTES = 1800

_SECONDS = re.compile(r"[0-9]{1,12}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Message:
    """One pushed message or event. `sender` is the person's openid: never stored or logged."""

    account: str
    sender: str
    created: str
    kind: str
    """text, image, voice, video, shortvideo, location, link or event, as WeChat names it."""
    text: str = ""
    event: str = ""
    event_key: str = ""
    message_id: str = ""

    @property
    def delivery_key(self) -> str:
        """The same for every retry of one push: by MsgId, or for events by sender and time."""
        event = (self.created, self.event, self.event_key)
        parts = (self.message_id,) if self.message_id else event
        return hashlib.sha256("\x00".join((self.account, self.sender, *parts)).encode()).hexdigest()


def parse(xml: str) -> Message:
    """Raises `BadInput` when it is not a WeChat message; entities and DTDs are refused."""
    root = _root(xml)
    message = Message(
        account=_text(root, "ToUserName"),
        sender=_text(root, "FromUserName"),
        created=_text(root, "CreateTime"),
        kind=_text(root, "MsgType").lower(),
        text=_text(root, "Content"),
        event=_text(root, "Event").lower(),
        event_key=_text(root, "EventKey"),
        message_id=_text(root, "MsgId"),
    )
    if not (message.sender and message.kind and _SECONDS.fullmatch(message.created)):
        raise _not_a_message()
    return message


def encrypted_part(xml: str) -> str:
    """The `Encrypt` element of a safe-mode push. Raises `BadInput` when there is none."""
    encrypted = _text(_root(xml), "Encrypt")
    if not encrypted:
        raise _not_a_message()
    return encrypted


def text_reply(message: Message, text: str) -> str:
    """The passive reply to one message; the time is the message's own, so it is repeatable."""
    return (
        "<xml>"
        f"<ToUserName>{_cdata(message.sender)}</ToUserName>"
        f"<FromUserName>{_cdata(message.account)}</FromUserName>"
        f"<CreateTime>{int(message.created)}</CreateTime>"
        "<MsgType><![CDATA[text]]></MsgType>"
        f"<Content>{_cdata(text)}</Content>"
        "</xml>"
    )


def sealed_reply(encrypted: str, *, signature: str, timestamp: str, nonce: str) -> str:
    """The envelope of a safe-mode reply."""
    return (
        "<xml>"
        f"<Encrypt>{_cdata(encrypted)}</Encrypt>"
        f"<MsgSignature>{_cdata(signature)}</MsgSignature>"
        f"<TimeStamp>{timestamp}</TimeStamp>"
        f"<Nonce>{_cdata(nonce)}</Nonce>"
        "</xml>"
    )


def split_for_reading(text: str, more: str) -> tuple[str, str]:
    """What fits one reply, ending in `more` when something is left, and what is left.

    Cuts after a line or sentence where one ends in the second half of what fits.
    """
    text = _CONTROL.sub("", text).strip()
    if _fits(text):
        return text, ""
    room = min(LONGEST_TEXT, len(text))
    while not _fits(text[:room] + more):
        room -= 1
    ends = [text.rfind(mark, room // 2, room) + 1 for mark in ("\n", "。", "；")]
    cut = next((end for end in ends if end), room)
    return text[:cut].rstrip() + more, text[cut:].lstrip()


def _fits(text: str) -> bool:
    return len(text) <= LONGEST_TEXT and len(text.encode()) <= LONGEST_BYTES


def _cdata(text: str) -> str:
    """A CDATA section that nothing inside can end: `]]>` is split over two sections."""
    clean = _CONTROL.sub("", text).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{clean}]]>"


def _root(xml: str) -> Element:
    try:
        root: Element = ElementTree.fromstring(xml, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        raise _not_a_message() from None
    return root


def _text(root: Element, name: str) -> str:
    return (root.findtext(name) or "").strip()


def _not_a_message() -> BadInput:
    return BadInput([Problem("body", "不是微信消息的格式")])
