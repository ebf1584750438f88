"""Which of the offered options a short reply means: "2", "２", "第二个", "选二", "最后一个"."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from inquiry_service.conversation.replies import Choices, Option, Reply

_CHINESE = {digit: value for value, digit in enumerate("零一二三四五六七八九十")} | {"两": 2}
_COUNT = r"(?:[1-9][0-9]?|十?[一二三四五六七八九]|十|两)"
_NUMBER = rf"(?P<number>{_COUNT})"
_UNIT = r"(?:个|项|种|题|号)"  # no 条: 第32条 is an article
_POLITE = r"(?:吧|呢|啊|的|谢谢)*"
_CHOOSE = r"(?:我?(?:要|想)?(?:选择?|就)|我要)?"
_ORDINAL = re.compile(
    rf"{_CHOOSE}(?:第?{_NUMBER}{_UNIT}?|(?P<last>最后(?:一|那)?{_UNIT}?|最后面?那{_UNIT}))"
    rf"(?:问题|选项)?{_POLITE}"
)
_NAMED = re.compile(
    rf"(?:第|序号|编号|选项|选择?){_COUNT}|{_COUNT}(?:个|项|种|号)|"
    r"(?:最后|前面|后面|上面|下面|中间|头一?)(?:面|边|那|这|的|一)?(?:个|项|种|条)"
)
_CIRCLED = {chr(0x2460 + n): str(n + 1) for n in range(20)}


@dataclass(frozen=True, slots=True)
class OutOfRange:
    """A position was named, but there are only `available` options."""

    available: int


def last_choices(replies: Sequence[Reply]) -> Choices | None:
    """The choices a position refers to: the last ones shown in one turn's replies."""
    return next((part for part in reversed(replies) if isinstance(part, Choices)), None)


def choose(text: str, options: Sequence[Option]) -> Option | OutOfRange | None:
    """The option meant; `OutOfRange` for a position too high; None when it is no choice at all."""
    if not options:
        return None
    same = next((o for o in options if text.strip() in (o.label, o.send)), None)
    if same is not None:
        return same
    position = position_in(text)
    if position is None:
        return None
    if position == -1:
        return options[-1]
    return options[position - 1] if position <= len(options) else OutOfRange(len(options))


def position_in(text: str) -> int | None:
    """1 for the first, -1 for the last, None when the whole text is not a position."""
    found = _ORDINAL.fullmatch(_bare(text))
    if found is None:
        return None
    return -1 if found["last"] else _value(found["number"])


def names_position(text: str) -> bool:
    """Whether a position is named at all, be it among other words: 看第二个, 前面那个."""
    return position_in(text) is not None or _NAMED.search(_bare(text)) is not None


def _bare(text: str) -> str:
    opened = "".join(_CIRCLED.get(character, character) for character in text)
    return re.sub(r"[\s，。！、.!,()（）]", "", unicodedata.normalize("NFKC", opened))


def _value(written: str) -> int:
    if written.isdecimal():
        return int(written)
    return sum(_CHINESE[character] for character in written)
