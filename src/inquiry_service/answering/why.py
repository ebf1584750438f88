"""Why a question was answered as it was, in plain Chinese, from the record alone. Pure.

The record names the index version and the day. The same question, version and day always give
the same answer, so a decision can be replayed; when another version is in use, that is said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inquiry_service.answering.rule_names import ENDINGS, READ, RULES, VALUES


@dataclass(frozen=True, slots=True)
class Considered:
    """One passage that was looked at; `objection` is why it may not answer, empty when it may."""

    title: str
    place: str
    quote: str
    confidence: float
    figures: str
    objection: str
    document_id: str = ""
    passage_id: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A decision told step by step. `read` are label and value of what was recognised."""

    question: str
    normalised: str
    read: tuple[tuple[str, str], ...]
    candidates: tuple[Considered, ...]
    ended: str
    because: str
    decision: str
    quote: str | None
    confidence: float
    threshold: float
    index_version: str
    asked_on: str
    parts: tuple["Explanation", ...] = ()
    replayed: str = ""

    def lines(self) -> list[str]:
        """The whole as text, a line each."""
        told = [f"问题：{self.question}", f"读作：{self.normalised}"]
        told += [f"  {label}：{value}" for label, value in self.read]
        told += ["看过的材料：" if self.candidates else "没有看过任何材料。"]
        for number, one in enumerate(self.candidates, 1):
            told += [
                f"  {number}. 《{one.title}》{one.place}",
                f"     把握 {one.confidence:.2f}（{one.figures}）",
                f"     “{one.quote}”",
            ]
            told += [f"     不用它：{one.objection}"] if one.objection else []
        told.append(f"结果：{self.decision}")
        told += [f"引文：“{self.quote}”"] if self.quote else []
        told.append(f"索引版本 {self.index_version}，提问日期 {self.asked_on or '没有记录'}")
        for part in self.parts:
            told += ["", "—— 其中一问 ——", *part.lines()[:-1]]
        return [*told, *([self.replayed] if self.replayed else [])]


def explain(
    *,
    question: str,
    status: str,
    confidence: float,
    quote: str | None,
    index_version: str,
    trace: Mapping[str, Any],
) -> Explanation:
    """A record, be it of an older release that kept less, as an explanation."""
    rule = str(trace.get("rule", ""))
    threshold = float(trace.get("threshold") or 0.0)
    return Explanation(
        question=question,
        normalised=str(trace.get("normalised") or question),
        read=_read(trace.get("read") or {}),
        candidates=tuple(_considered(one) for one in trace.get("candidates") or ()),
        ended=ENDINGS.get(status, status),
        because=RULES.get(rule, rule),
        decision=_decision(status, rule, confidence, threshold),
        quote=quote,
        confidence=confidence,
        threshold=threshold,
        index_version=index_version,
        asked_on=str(trace.get("asked_on") or ""),
        parts=tuple(_part(one, index_version) for one in trace.get("parts") or ()),
    )


def compared(
    explanation: Explanation, *, version: str | None, status: str = "", quote: str | None = None
) -> str:
    """What replaying it gave; `version` is that of the index in use, `None` without one."""
    if version is None:
        return "重算：现在没有可用的索引，没有重算。"
    same = ENDINGS.get(status, status) == explanation.ended and quote == explanation.quote
    outcome = "结果与当时相同" if same else f"结果与当时不同：{ENDINGS.get(status, status)}"
    outcome += f"，引文“{quote}”" if quote and not same else ""
    if version == explanation.index_version:
        return f"重算：用同一版索引重算，{outcome}。"
    return f"重算：当时那一版索引已经不在使用（现在是 {version}）。用现在的索引重算，{outcome}。"


def _decision(status: str, rule: str, confidence: float, threshold: float) -> str:
    because = RULES.get(rule, rule)
    figures = f"把握 {confidence:.2f}，作答标准 {threshold:.2f}" if threshold else ""
    weighed = rule in {"confident", "not_sure_enough", "several_documents", "chosen_document"}
    told = f"（{figures}）" if weighed and figures else ""
    return f"{ENDINGS.get(status, status)}。{because}{told}。"


def _read(told: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((READ.get(name, name), _value(value)) for name, value in told.items())


def _value(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "、".join(_pair(one) for one in value)
    return VALUES.get(str(value), str(value))


def _pair(value: Any) -> str:
    """A typo is kept as what was written and what was meant."""
    if isinstance(value, (list, tuple)):
        return "→".join(map(str, value))
    return str(value)


def _considered(one: Mapping[str, Any]) -> Considered:
    path: Sequence[str] = one.get("path") or ()
    figures = (
        f"意思接近 {float(one.get('dense', 0)):.2f}，"
        f"用词接近 {float(one.get('lexical', 0)):.1f}，排序分 {float(one.get('fused', 0)):.1f}"
    )
    return Considered(
        title=str(one.get("title") or one.get("document_id", "")),
        place="".join(f" › {level}" for level in path),
        quote=str(one.get("quote") or ""),
        confidence=float(one.get("confidence") or 0.0),
        figures=figures,
        objection=RULES.get(str(one.get("objection") or ""), "") if one.get("objection") else "",
        document_id=str(one.get("document_id", "")),
        passage_id=str(one.get("passage_id", "")),
    )


def _part(told: Mapping[str, Any], index_version: str) -> Explanation:
    return explain(
        question=str(told["question"]),
        status=str(told["status"]),
        confidence=float(told["confidence"]),
        quote=told["quote"],
        index_version=index_version,
        trace=told["trace"],
    )
