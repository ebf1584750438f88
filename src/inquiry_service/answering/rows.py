"""Rows of numbers that belong together in groups: a passage's sentences, its terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[Any]
Numbers = NDArray[np.int64]

_AT_ONCE = 20_000
"""Groups copied at a time, so that copying needs little memory beside what is copied."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Group `g` is `counts[g]` rows from `starts[g]` on."""

    rows: Rows
    starts: Numbers
    counts: Numbers

    def gather(self, groups: NDArray[Any]) -> tuple[Rows, Numbers]:
        """The rows of these groups one after another, and where each group begins among them."""
        counts = self.counts[groups]
        offsets = np.cumsum(counts) - counts
        places = np.repeat(self.starts[groups] - offsets, counts) + np.arange(counts.sum())
        return self.rows[places], offsets


def joined(sources: Sequence[Groups], source: Numbers, group: Numbers, into: Rows) -> Numbers:
    """Write group `group[i]` of `sources[source[i]]` one after another; returns starts and end."""
    counts = np.zeros(len(group), np.int64)
    for number, groups in enumerate(sources):
        mine = source == number
        counts[mine] = groups.counts[group[mine]]
    starts = np.concatenate([[0], np.cumsum(counts)])
    for first in range(0, len(group), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        for number, groups in enumerate(sources):
            at = np.flatnonzero(source[some] == number) + first
            rows, offsets = groups.gather(group[at])
            places = np.repeat(starts[at] - offsets, counts[at]) + np.arange(len(rows))
            into[places] = rows
    return starts


def total(sources: Sequence[Groups], source: Numbers, group: Numbers) -> int:
    """How many rows `joined` will write."""
    return sum(
        int(groups.counts[group[source == number]].sum()) for number, groups in enumerate(sources)
    )
