"""The ways an application comes in, and which day is the day of receipt (条例第三十一条). Pure."""

from inquiry_service.disclosure.rules.request import Choice


class Channel(Choice):
    """In person and by post may never be refused (国办公开办函〔2017〕19号)."""

    WEB = "web", "网页"
    WECHAT = "wechat", "微信"
    API = "api", "其他系统提交"
    IN_PERSON = "in_person", "当面提交"
    ORAL = "oral", "当面口述"
    SIGNED_POST = "signed_post", "邮寄（签收）"
    ORDINARY_POST = "ordinary_post", "平常信函"
    FAX = "fax", "传真"
    EMAIL = "email", "电子邮件"


BY_STAFF = (
    Channel.IN_PERSON,
    Channel.ORAL,
    Channel.SIGNED_POST,
    Channel.ORDINARY_POST,
    Channel.FAX,
    Channel.EMAIL,
)
"""What staff type in."""

AT_ONCE = frozenset(
    {Channel.WEB, Channel.WECHAT, Channel.API, Channel.IN_PERSON, Channel.SIGNED_POST}
)
"""Received on the day they come in: handed in, signed for, or acknowledged by the system at once.

Ordinary post, fax and e-mail wait until both sides have confirmed; what was said aloud waits
until it has been read back.
"""

_HOW = {
    Channel.WEB: "系统即时回执",
    Channel.WECHAT: "系统即时回执",
    Channel.API: "系统即时回执",
    Channel.IN_PERSON: "当面提交之日",
    Channel.ORAL: "当面口述并核对之日",
    Channel.SIGNED_POST: "签收之日",
    Channel.ORDINARY_POST: "与申请人确认之日",
    Channel.FAX: "双方确认之日",
    Channel.EMAIL: "双方确认之日",
}


def how_received(how: str) -> str:
    """The words for a stored `ReceiptConfirmed.how`; what is no channel says it itself."""
    known = {channel.value: text for channel, text in _HOW.items()}
    return known.get(how, how)
