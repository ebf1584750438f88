"""Histories written by hand, for `disclosure due`: `third_party:2026-03-09..2026-03-20`. Pure.

Kinds: `correction:ASKED..RECEIVED`, `third_party:FROM..TO`, `agency:FROM..TO`, `extension:DAYS`,
`fee:NOTICED..PAID`.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from inquiry_service.disclosure.rules.clock import LONGEST_EXTENSION
from inquiry_service.disclosure.rules.events import (
    AgencyAnswered,
    AgencyConsulted,
    CorrectedRequestReceived,
    CorrectionAsked,
    DeadlineExtended,
    Event,
    FeeNoticed,
    FeePaid,
    ReceiptConfirmed,
    ThirdPartyAnswered,
    ThirdPartyConsulted,
)
from inquiry_service.errors import BadInput, Problem

_SPANS: dict[str, tuple[Callable[[date], Event], Callable[[date], Event]]] = {
    "correction": (CorrectionAsked, CorrectedRequestReceived),
    "third_party": (ThirdPartyConsulted, ThirdPartyAnswered),
    "agency": (AgencyConsulted, AgencyAnswered),
    "fee": (FeeNoticed, FeePaid),
}
_SENSIBLE_YEARS = range(2008, 2100)  # the first 条例 came into force in 2008


FEES_UNVERIFIED = (
    "收费通知对答复期限的影响（国办函〔2020〕109号第六条以下）尚未核实，结果仅供参考。"
)
"""To be said beside every due date that a fee had a part in."""


def parse_event(text: str) -> tuple[Event, ...]:
    """The events that one written kind stands for. Raises `BadInput` saying what to write."""
    kind, _, value = (part.strip() for part in text.partition(":"))
    if kind == "extension":
        return (DeadlineExtended(_extension(value)),)
    if kind not in _SPANS:
        raise _bad(f"不认识的事项 {kind}，可用：{'、'.join([*_SPANS, 'extension'])}")
    first, last = _span(text, value)
    begins, ends = _SPANS[kind]
    return begins(first), ends(last)


def assume(received: date, texts: Iterable[str]) -> tuple[Event, ...]:
    """A whole history from the day of receipt, in the order in which the law lets it happen."""
    spans = [parse_event(text) for text in texts]
    _refuse_unlawful(received, spans)
    happened = sorted((event for span in spans for event in span), key=_when)
    return ReceiptConfirmed(_sensible(received), "假定"), *happened


def _refuse_unlawful(received: date, spans: Sequence[tuple[Event, ...]]) -> None:
    firsts = [span[0] for span in spans]
    if sum(isinstance(event, CorrectionAsked) for event in firsts) > 1:
        raise _bad("补正只能一次性告知，correction 最多写一次（条例第三十条）")
    if sum(isinstance(event, DeadlineExtended) for event in firsts) > 1:
        raise _bad("答复期限只能延长一次，extension 最多写一次（条例第三十三条第二款）")
    early = [d for event in firsts if (d := getattr(event, "on", None) or received) < received]
    if early:
        raise _bad(f"{early[0]} 早于收到申请之日 {received}")


def _when(event: Event) -> tuple[date, int]:
    """By day; on one day the restart comes first. An extension has no day and comes last."""
    restarts = isinstance(event, CorrectionAsked | CorrectedRequestReceived | FeeNoticed | FeePaid)
    return getattr(event, "on", None) or date.max, 0 if restarts else 1


def _extension(value: str) -> int:
    days = int(value) if value.isdecimal() else 0
    if not 1 <= days <= LONGEST_EXTENSION:
        raise _bad(
            f"延长应为1至{LONGEST_EXTENSION}个工作日（条例第三十三条第二款），如 extension:20"
        )
    return days


def _span(text: str, value: str) -> tuple[date, date]:
    try:
        first, last = (_sensible(date.fromisoformat(day.strip())) for day in value.split(".."))
    except ValueError:
        raise _bad(f"{text} 应写成 种类:2026-03-09..2026-03-20 的样子") from None
    if last < first:
        raise _bad(f"{text} 的结束日期早于开始日期")
    return first, last


def _sensible(day: date) -> date:
    if day.year not in _SENSIBLE_YEARS:
        raise _bad(f"日期 {day} 不在可计算的范围内")
    return day


def _bad(message: str) -> BadInput:
    return BadInput([Problem("event", message)])
