"""A text that is too long is halved, and halved again, at the best boundary near its middle."""

import re
from bisect import bisect_left
from collections.abc import Sequence

_CLOSING = "[」”’）)》】\"']*"
_BOUNDARIES = (
    # 一是…二是… first: each of them is one measure, one reason, one condition.
    re.compile(r"(?<=[。；;：:，,])(?=[一二三四五六七八九十]是|第[一二三四五六七八九十][，,])"),
    re.compile(rf"[。！？!?]{_CLOSING}(?![。！？!?」”’）)》】])"),
    # A line that ends in a colon stays with what it announces.
    re.compile(rf"(?:[；;]|(?<![：:])\n){_CLOSING}"),
    re.compile("[，,、 \t\u3000|]"),
    re.compile("[：:\n]"),
)
_EDGE = 0.2
"""A boundary nearer than this to either end of the piece is no use for halving it."""


class Boundaries:
    """Where a text may be cut, best class first; offsets are those of the whole text."""

    def __init__(self, text: str, start: int, end: int, *best: Sequence[int]) -> None:
        self._classes = list(best)
        for pattern in _BOUNDARIES:
            self._classes.append([m.end() for m in pattern.finditer(text, start, end)])

    def pieces(self, start: int, end: int, cap: int) -> list[tuple[int, int]]:
        """Spans of at most `cap` characters that cover start to end without a gap."""
        if end - start <= cap:
            return [(start, end)]
        cut = self._best_cut(start, end)
        return [*self.pieces(start, cut, cap), *self.pieces(cut, end, cap)]

    def _best_cut(self, start: int, end: int) -> int:
        middle = (start + end) // 2
        margin = max(1, int((end - start) * _EDGE))
        for offsets in self._classes:
            cut = _nearest(offsets, middle)
            if cut is not None and start + margin <= cut <= end - margin:
                return cut
        return middle


def _nearest(offsets: Sequence[int], wanted: int) -> int | None:
    position = bisect_left(offsets, wanted)
    around = offsets[max(0, position - 1) : position + 1]
    return min(around, key=lambda offset: abs(offset - wanted), default=None)
