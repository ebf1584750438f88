"""Rows of numbers that belong together in groups: a passage's sentences, its terms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[Any]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Groups:
    """Group `g` is `counts[g]` rows from `starts[g]` on."""

    rows: Rows
    starts: Numbers
    counts: Numbers

    @classmethod
    def of_one(cls, rows: Rows) -> "Groups":
        """Every row is a group by itself."""
        return cls(rows, np.arange(len(rows)), np.ones(len(rows), np.int64))

    def in_order(self) -> Rows:
        """The rows of all groups one after another; not copied when they lie so already."""
        into = np.empty((int(self.counts.sum()), *self.rows.shape[1:]), self.rows.dtype)
        runs = list(_runs(np.zeros(len(self.counts), np.int64), self.starts, self.counts))
        if len(runs) == 1:
            return self.rows[runs[0][2] : runs[0][2] + len(into)]
        joined([self], np.zeros(len(self.counts), np.int64), np.arange(len(self.counts)), into)
        return into


def joined(sources: Sequence[Groups], source: Numbers, group: Numbers, into: Rows) -> Numbers:
    """Write group `group[i]` of `sources[source[i]]` one after another; returns starts and end.

    What lies together in a source is copied at once: of a library that hardly changed, that is
    nearly everything.
    """
    begins, counts = _places(sources, source, group)
    ends = np.concatenate([[0], np.cumsum(counts)])
    for first, last, begin in _runs(source, begins, counts):
        size = int(ends[last] - ends[first])
        into[ends[first] : ends[last]] = sources[source[first]].rows[begin : begin + size]
    return ends


def total(sources: Sequence[Groups], source: Numbers, group: Numbers) -> int:
    """How many rows `joined` will write."""
    return int(_places(sources, source, group)[1].sum())


def _places(sources: Sequence[Groups], source: Numbers, group: Numbers) -> tuple[Numbers, Numbers]:
    """Where each group begins in its source, and how many rows it has."""
    begins, counts = np.zeros(len(group), np.int64), np.zeros(len(group), np.int64)
    for number, groups in enumerate(sources):
        mine = source == number
        begins[mine], counts[mine] = groups.starts[group[mine]], groups.counts[group[mine]]
    return begins, counts


def _runs(source: Numbers, begins: Numbers, counts: Numbers) -> Iterator[tuple[int, int, int]]:
    """Stretches of groups that lie one after another in one source.

    Told by the first group, the one after the last, and the row where the first begins.
    """
    if not len(source):
        return
    apart = (source[1:] != source[:-1]) | (begins[1:] != begins[:-1] + counts[:-1])
    firsts = np.concatenate([[0], np.flatnonzero(apart) + 1, [len(source)]]).tolist()
    for first, last in pairwise(firsts):
        yield first, last, int(begins[first])
