"""What a request wants, made comparable: its bare wording, its pairs and its figures. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

_POLITE = re.compile(
    r"政府信息公开申请|依申请公开|申请公开|予以公开|依法公开|公开申请|申请获取|请求公开|要求公开"
    r"|政府信息公开条例|根据|依据条例|中华人民共和国|本机关|贵单位|你单位|贵局|你局|贵中心|本人|我们|本公司|我公司"
    r"|我司|麻烦|谢谢|您好|你好|恳请|烦请|敬请|现申请|特申请|申请|公开|提供|获取|相关|有关|关于|信息|材料"
    r"|复印件|电子版|纸质版|请问|请|我想要|我想|我要|希望|想要|一下|一份|全部|所有|的|了|并|和|及|与|以及"
)
_DROPPED = re.compile(r"[^0-9a-z\u4e00-\u9fff]+")
_DIGITS = "〇一二三四五六七八九"
_ZEROS = str.maketrans("零○", "〇〇")
_TEN = 10
_CHINESE_YEAR = re.compile(rf"[{_DIGITS}]{{4}}(?=年)")
_CHINESE_NUMBER = re.compile(
    r"(?<=第)[一二三四五六七八九十]{1,3}|[一二三四五六七八九十]{1,3}(?=月|日|号|季度|期|批)"
)
_UNSAID = re.compile(r"(?<=[年月/-])0(?=\d)|第(?=\d)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_DOCUMENT = re.compile(r"([\u4e00-\u9fff]{2})[〔\[(]((?:19|20)\d{2})[〕\])]\s*(\d+)号")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2}(?:街道|社区|镇|乡(?!镇)|村(?![级民务委]))")
_OPPOSITES = re.compile(
    r"预算|决算|收入|支出|上半年|下半年|年初|年末|修改前|修改后|修订前|修订后|不同意|不予|不合格"
    r"|许可|处罚|招标|中标|废止|最低|最高|采购|轮换|撤销|注销|入库|出库|进口|出口|零售|批发"
)


@dataclass(frozen=True, slots=True)
class Wish:
    """`text` is the wording without politeness and punctuation, `pairs` its character pairs.

    `figures` must agree for two wishes to be one matter: years, numbers, document numbers, places
    and words whose opposite looks almost the same.
    """

    text: str
    pairs: frozenset[str]
    figures: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "Wish":
        plain = _plain(text)
        bare = _DROPPED.sub("", _POLITE.sub("", plain))
        pairs = frozenset(bare[n : n + 2] for n in range(len(bare) - 1))
        return cls(bare, pairs, _figures(plain))


def shared_pieces(one: str, other: str, *, shortest: int = 3, most: int = 5) -> tuple[str, ...]:
    """The longest pieces that stand in both, in the order of the first; for showing."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    long = [block for block in blocks if block.size >= shortest]
    shown = sorted(sorted(long, key=lambda block: -block.size)[:most], key=lambda block: block.a)
    return tuple(one[block.a : block.a + block.size] for block in shown)


def _plain(text: str) -> str:
    """One form for widths, cases and for numbers in Chinese characters."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_ZEROS)
    folded = _CHINESE_YEAR.sub(lambda found: _digits(found.group()), folded)
    folded = _CHINESE_NUMBER.sub(lambda found: str(_number(found.group())), folded)
    return _UNSAID.sub("", folded)


def _digits(characters: str) -> str:
    return "".join(str(_DIGITS.index(character)) for character in characters)


def _number(characters: str) -> int:
    """一 to 九十九, as they are read."""
    tens, ten, ones = characters.rpartition("十")
    if not ten:
        return int(_digits(ones)) if ones else 0
    left = int(_digits(tens.replace("十", "") or "一"))
    return left * _TEN + (int(_digits(ones)) if ones else 0)


def _figures(plain: str) -> frozenset[str]:
    bare = _POLITE.sub(" ", plain)
    return frozenset(
        [
            *("".join(found.groups()) for found in _DOCUMENT.finditer(bare)),
            *(found.group() for found in _PLACE.finditer(bare)),
            *_NUMBER.findall(plain),
            *_OPPOSITES.findall(plain),
        ]
    )
