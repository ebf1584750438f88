"""What the outcome assistant is made of: steps, choices, and where a choice leads. Pure."""

from dataclasses import dataclass
from enum import Enum


class Act(Enum):
    """What must happen before the case can end: what to do, and by which article."""

    ASK_CORRECTION = ("一次性书面告知申请人补正", "第三十条")
    ASK_REASONS = ("要求申请人说明理由", "第三十五条")
    SET_LATER_DATE = ("确定延迟答复的合理期限并告知申请人", "第三十五条")
    GET_LEGAL_OPINION = ("先作法律审查，再确定如何答复", "第二条")
    CONSULT_AGENCY = ("征求其他机关意见", "第三十三条第三款、第三十四条")
    RECORD_SEARCH = ("检索并记录检索过程", "第三十六条第（四）项")
    REVIEW_SECRECY = ("报有关主管部门或者保密行政管理部门确定", "第十七条")
    CONSULT_THIRD_PARTY = ("书面征求第三方意见", "第三十二条")
    TELL_THIRD_PARTY = ("把决定公开的内容和理由书面告知第三方", "第三十二条")
    EXTEND = ("经负责人同意延长答复期限并告知申请人", "第三十三条第二款")

    @property
    def label(self) -> str:
        return self.value[0]

    @property
    def article(self) -> str:
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Decide:
    """The case can end with this outcome of `outcomes.OUTCOMES`."""

    code: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer; `reason` is its sentence in the trail, `leads_to` a step or an end."""

    key: str
    label: str
    reason: str
    leads_to: "str | Act | Decide"


@dataclass(frozen=True, slots=True)
class Step:
    """One question; `stage` is the part of the seven it belongs to, `help` cites its article."""

    key: str
    stage: str
    question: str
    help: str
    choices: tuple[Choice, ...]
