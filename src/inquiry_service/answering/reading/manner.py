"""Small talk, orders to the machine, everyday and foreign matters, told by a list of words.

The list is `manners.yaml`, beside this file, for a clerk to read and change. Small talk, orders
and insults are never answered. What is everyday, or another body's, is answered only from a text
that speaks of that very thing.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import NamedTuple

import yaml

_PUBLIC_AFFAIR = re.compile(
    "(?<!么)(?<!咋)办(?!法)|申请|登记|证|补贴|补助|报名|材料|手续|许可|备案|缴|费|投诉|举报|政策|规定|执照|社保|医保"
    "|公积金|粮|商务|公开|户口|身份|学校|小学|中学|入学|医院|价|税|贷款|招聘|考试|资格|补办|申报|公示|采购|处罚|局|政府"
    "|部门"
)


class Sort(StrEnum):
    """What sort of message it is, by the heading of the list."""

    ORDER = "orders"
    SMALL_TALK = "small_talk"
    INSULT = "insults"
    EVERYDAY = "everyday"
    OTHER_BODY = "other_bodies"


NEVER_ANSWERED = (Sort.ORDER, Sort.SMALL_TALK, Sort.INSULT)


class Matter(NamedTuple):
    """A matter that is hardly ours, by the words it was named with."""

    sort: Sort
    words: str


@dataclass(frozen=True, slots=True)
class Manner:
    """How a question is put. `never` is the sort for which it is not answered at all."""

    never: Sort | None = None
    matters: tuple[Matter, ...] = ()
    public_affair: bool = False


def manner_of(folded: str) -> Manner:
    """The manner of a question after folding."""
    patterns = _patterns()
    never = next((sort for sort in NEVER_ANSWERED if patterns[sort].search(folded)), None)
    matters = [
        Matter(sort, found[0])
        for sort in (Sort.OTHER_BODY, Sort.EVERYDAY)
        for found in patterns[sort].finditer(folded)
    ]
    foreign = any(matter.sort is Sort.OTHER_BODY for matter in matters)
    public = foreign or (not matters and bool(_PUBLIC_AFFAIR.search(folded)))
    return Manner(never, tuple(dict.fromkeys(matters)), public)


@cache
def _patterns() -> dict[Sort, re.Pattern[str]]:
    text = resources.files(__package__).joinpath("manners.yaml").read_text(encoding="utf-8")
    listed = yaml.safe_load(text)
    return {sort: re.compile("|".join(f"(?:{one})" for one in listed[sort])) for sort in Sort}
