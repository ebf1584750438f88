"""What is told to whom, and what cannot be sent at all. Pure.

A notice is refused when it is handed in, not days later by a carrier: a line break in an address
or subject would become a header of its own.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

from inquiry_service.errors import Problem

LONGEST_KEY = 200
LONGEST_SUBJECT = 200
LONGEST_SMS = 500
LONGEST_TEXT = 100_000
LONGEST_LISTED = 64


class Medium(StrEnum):
    """How a notice travels."""

    EMAIL = "email"
    SMS = "sms"
    IN_APP = "in_app"


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to one recipient.

    `key` names it for ever: whatever is handed in under the same key again is the same notice.
    It is kept in the clear, so it names events and never people. `to` is an e-mail address, a
    mobile number, or, in the app, the login or desk whose list it joins. `urgent` goes first;
    quiet hours hold for it too.
    """

    key: str
    medium: Medium
    to: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    urgent: bool = False


_EMAIL = re.compile(
    r"(?=.{3,254}\Z)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,63})*"
    r"@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}))+"
)
_MOBILE = re.compile(r"(?:\+86)?1[3-9][0-9]{9}")
_LISTED = re.compile(rf"[\w.:-]{{1,{LONGEST_LISTED}}}")
_KEY = re.compile(rf"[^\s\x00-\x1f\x7f]{{1,{LONGEST_KEY}}}")

_RECIPIENTS = {
    Medium.EMAIL: (_EMAIL, "邮箱地址应写成 name@example.com 这样，不能有空格、换行或者中文。"),
    Medium.SMS: (_MOBILE, "短信只能发到11位手机号（可以带+86），中间不要空格和横线。"),
    Medium.IN_APP: (
        _LISTED,
        f"站内通知的收件人应是登录名或者编号，最多{LONGEST_LISTED}个字符。",
    ),
}
_UNPRINTABLE = {"Cc", "Cs", "Zl", "Zp"}


def problems_of(notice: Notice) -> list[Problem]:
    """What stands against sending it, in words for whoever typed it; empty when nothing does."""
    return [
        *_key_problems(notice.key),
        *_recipient_problems(notice),
        *_subject_problems(notice),
        *_text_problems(notice),
    ]


def is_address(text: str) -> bool:
    """Whether a text is one e-mail address that can stand in a header."""
    return _EMAIL.fullmatch(text) is not None


def masked(medium: Medium, to: str) -> str:
    """A recipient as staff and logs see it: enough to tell two apart, too little to write to."""
    if medium is Medium.EMAIL:
        name, _, domain = to.rpartition("@")
        return f"{name[:1]}***@{domain}"
    return f"{to[:-8]}****{to[-4:]}" if medium is Medium.SMS else to


def _key_problems(key: str) -> list[Problem]:
    if _KEY.fullmatch(key) and not _unprintable(key):
        return []
    return [Problem("key", f"通知的编号应为1至{LONGEST_KEY}个字符，不能有空格和换行。")]


def _recipient_problems(notice: Notice) -> list[Problem]:
    if not notice.to:
        return [Problem("to", "没有填写收件人，请补充后再发。")]
    shape, complaint = _RECIPIENTS[notice.medium]
    return [] if shape.fullmatch(notice.to) else [Problem("to", complaint)]


def _subject_problems(notice: Notice) -> list[Problem]:
    if _unprintable(notice.subject):
        return [Problem("subject", "标题里不能有换行或者控制字符，请写成一行。")]
    if len(notice.subject) > LONGEST_SUBJECT:
        return [Problem("subject", f"标题最多{LONGEST_SUBJECT}字，请缩短。")]
    if notice.medium is Medium.EMAIL and not notice.subject.strip():
        return [Problem("subject", "邮件没有标题，请填写。")]
    return []


def _text_problems(notice: Notice) -> list[Problem]:
    longest = LONGEST_SMS if notice.medium is Medium.SMS else LONGEST_TEXT
    if not notice.text.strip():
        return [Problem("text", "通知没有内容，请填写。")]
    if len(notice.text) > longest:
        return [Problem("text", f"内容最多{longest}字，现在有{len(notice.text)}字，请缩短。")]
    if _unprintable(notice.text.translate({9: " ", 10: " ", 13: " "})):
        return [Problem("text", "内容里有不能发送的控制字符，请删去后再发。")]
    return []


def _unprintable(text: str) -> bool:
    # By category, not `isprintable`: rare characters in names are newer than Python's tables.
    return any(unicodedata.category(character) in _UNPRINTABLE for character in text)
