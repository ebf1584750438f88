"""Requests that are like one another, and how often one person asks: always with evidence. Pure.

The machine finds and counts; whether a request repeats another (条例第三十六条第（六）项), is
excessive (第三十五条) or should lead to publishing (第四十四条) is decided by whoever handles it.
Two wishes are like one another when their wording is and when their years, numbers, document
numbers, places and opposites agree: the same report of another year is another matter.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from inquiry_service.disclosure.advice.wishes import Wish, shared_pieces

ALIKE = 0.72
"""From this share of common character pairs (Dice) two wishes are shown as alike."""

CONTAINED = 0.92
"""From this share of its pairs found in an earlier one, a wish is shown as part of it."""

_ENOUGH_PAIRS = 6  # what is shorter is contained in anything
WINDOWS = (30, 90, 365)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A request as far as likeness needs it.

    `applicant_mark` is a keyed hash of who asks, empty when nobody knows any more; `wish` is the
    redacted text of what is wanted, `replied` whether it has been answered.
    """

    number: str
    filed_on: date
    applicant_mark: str
    wish: str
    replied: bool = False

    def same_applicant(self, other: "Earlier") -> bool:
        """Known to be the same; two that are unknown are not."""
        return bool(self.applicant_mark) and self.applicant_mark == other.applicant_mark


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an earlier request is shown: how like it is in per cent, and the pieces in common.

    `figures` are the years, numbers and names that stand in both.
    """

    number: str
    filed_on: date
    percent: int
    shared: tuple[str, ...]
    figures: tuple[str, ...]

    @property
    def sentence(self) -> str:
        pieces = "、".join(f"“{piece}”" for piece in self.shared)
        agreed = f"，年份、数字等一致（{'、'.join(self.figures)}）" if self.figures else ""
        same = f"，相同内容：{pieces}" if pieces else ""
        return f"{self.filed_on}提出的{self.number}，文字相近{self.percent}%{same}{agreed}。"


class Past:
    """Earlier requests with what is needed to compare them, worked out once.

    Ten thousand are compared in one go; keep it as long as the list does not change.
    """

    def __init__(self, earlier: Iterable[Earlier]) -> None:
        self._read = [(request, Wish.of(request.wish)) for request in earlier]

    def before(self, of: Earlier) -> Iterator[tuple[Earlier, Wish]]:
        """Everything filed no later than `of`, without itself."""
        for request, wish in self._read:
            if request.number != of.number and request.filed_on <= of.filed_on:
                yield request, wish


def repeats(of: Earlier, past: Past) -> tuple[Evidence, ...]:
    """Answered requests of the same applicant for the same matter, the likest first.

    已作出答复的重复申请 (条例第三十六条第（六）项): one that still waits for its reply is none.
    """
    own = (
        (request, wish)
        for request, wish in past.before(of)
        if request.replied and request.same_applicant(of)
    )
    return _alike(of, own)


@dataclass(frozen=True, slots=True)
class Several:
    """Requests of others for the same; `applicants` counts those who are known, each once."""

    applicants: int
    evidence: tuple[Evidence, ...]

    @property
    def sentence(self) -> str:
        if not self.applicants:
            return ""
        return (
            f"另有{self.applicants}名申请人申请过相同或者相近的信息，"
            "可以考虑是否主动公开（条例第四十四条）。"
        )


def asked_by_several(of: Earlier, past: Past) -> Several:
    """Requests of different applicants for the same matter (条例第四十四条), the likest first."""
    others = [pair for pair in past.before(of) if not pair[0].same_applicant(of)]
    evidence = _alike(of, others)
    found = {item.number for item in evidence}
    marks = {request.applicant_mark for request, _ in others if request.number in found}
    return Several(len(marks - {""}), evidence)


@dataclass(frozen=True)
class Frequency:
    """How often one applicant asked, the request in hand included.

    `numbers` holds for each window, in days up to and including `until`, the requests in it;
    `this_month` those of the calendar month of `until`, which the fee table counts by.
    """

    until: date
    numbers: Mapping[int, tuple[str, ...]]
    this_month: tuple[str, ...]
    hint_at: Mapping[int, int]

    @cached_property
    def counts(self) -> dict[int, int]:
        return {window: len(numbers) for window, numbers in self.numbers.items()}

    @property
    def hints(self) -> tuple[str, ...]:
        """A hint for each threshold that is reached; no judgement (条例第三十五条)."""
        reached = (
            (window, at) for window, at in self.hint_at.items() if self.counts.get(window, 0) >= at
        )
        return tuple(
            f"{window}日内共提出{self.counts[window]}件（提示线{at}件）。数量、频次是否明显超过"
            "合理范围，由办理人员判断；必要时可以要求说明理由（条例第三十五条）。"
            for window, at in sorted(reached)
        )


def frequency(
    of: Earlier,
    earlier: Iterable[Earlier],
    *,
    until: date,
    hint_at: Mapping[int, int] | None = None,
) -> Frequency:
    """How often the applicant of `of` asked until a day; `hint_at` maps days to a number.

    Raises `ValueError` for a threshold whose days are not among `WINDOWS`.
    """
    thresholds = dict(hint_at or {})
    if not thresholds.keys() <= set(WINDOWS):
        raise ValueError(f"提示线的天数只能是{'、'.join(map(str, WINDOWS))}")
    own = _own(of, earlier, until)
    numbers = {
        window: tuple(r.number for r in own if r.filed_on > until - timedelta(days=window))
        for window in WINDOWS
    }
    month = tuple(
        r.number for r in own if (r.filed_on.year, r.filed_on.month) == (until.year, until.month)
    )
    return Frequency(until, numbers, month, thresholds)


def _own(of: Earlier, earlier: Iterable[Earlier], until: date) -> list[Earlier]:
    """Each request of the applicant once, oldest first."""
    theirs = {r.number: r for r in earlier if r.same_applicant(of)}
    theirs[of.number] = of
    found = (request for request in theirs.values() if request.filed_on <= until)
    return sorted(found, key=lambda request: (request.filed_on, request.number))


def _alike(of: Earlier, candidates: Iterable[tuple[Earlier, Wish]]) -> tuple[Evidence, ...]:
    wish = Wish.of(of.wish)
    found = [
        _evidence(wish, request, other, likeness)
        for request, other in candidates
        if (likeness := _likeness(wish, other)) is not None
    ]
    return tuple(sorted(found, key=lambda e: (-e.percent, -e.filed_on.toordinal(), e.number)))


def _likeness(new: Wish, old: Wish) -> float | None:
    """The share of common pairs, or None when they are not the same matter."""
    if new.figures != old.figures or not new.pairs or not old.pairs:
        return None
    common = len(new.pairs & old.pairs)
    dice = 2 * common / (len(new.pairs) + len(old.pairs))
    contained = common / len(new.pairs) if len(new.pairs) >= _ENOUGH_PAIRS else 0.0
    return max(dice, contained) if dice >= ALIKE or contained >= CONTAINED else None


def _evidence(new: Wish, request: Earlier, old: Wish, likeness: float) -> Evidence:
    shared = shared_pieces(new.text, old.text)
    figures = tuple(sorted(new.figures))
    return Evidence(request.number, request.filed_on, int(likeness * 100), shared, figures)
