"""How a text is put. Pure rules."""

import re
import unicodedata

_ASKING = re.compile(
    r"[?？]\s*$|(?:吗|么|呢)[。!！]*$|怎么|怎样|如何|多少|几[个件天年份种条类点月号]|什么|啥|哪|为何|"
    r"为什么|能不能|可不可以|是不是|有没有|要不要|是否|多久|请问|问一下|咨询"
)


def plain(text: str) -> str:
    """Half-width, without outer blanks and closing punctuation."""
    return re.sub(r"[\s。！!，,；;]+$", "", unicodedata.normalize("NFKC", text).strip())


def asks(text: str) -> bool:
    """Whether the text is put as a question."""
    return _ASKING.search(plain(text)) is not None


def legible(text: str) -> bool:
    """Whether there is any letter, ideograph or digit to read."""
    return any(character.isalnum() for character in text)
