"""From the terms of each passage to the passages of each term, as the keyword index keeps them."""

import numpy as np
from numpy.typing import NDArray

from inquiry_service.answering.rows import Groups

Packed = NDArray[np.uint64]
Shares = NDArray[np.float32]

COUNT_BITS = 8
"""The last bits of a packed term say how often it stands in its passage."""
_OFTEN = np.uint64((1 << COUNT_BITS) - 1)
_K1, _B = 1.2, 0.6


def inverted(passages: Groups) -> dict[str, NDArray[np.generic]]:
    """Terms in order, where each one's passages begin, the passages, and their shares of scores.

    Of each term also the greatest share of any passage.
    """
    rows, count = passages.in_order(), len(passages.counts)
    order = by_term(rows)
    owners = np.repeat(np.arange(count, dtype=np.int32), passages.counts)[order]
    rows = rows[order]
    numbers = rows & ~_OFTEN
    first = np.flatnonzero(np.append(True, numbers[1:] != numbers[:-1])[: len(rows)])
    starts = np.append(first, len(rows)).astype(np.int64)
    shares = _shares((rows & _OFTEN).astype(np.float32), owners, np.diff(starts), count)
    tops = np.maximum.reduceat(shares, first) if len(first) else shares
    return {
        "terms": numbers[first],
        "starts": starts,
        "passages": owners,
        "shares": shares,
        "tops": tops,
    }


def by_term(rows: Packed) -> NDArray[np.int64]:
    """The order that brings equal terms together and leaves each one's passages in theirs.

    Numbers alone are sorted many times as quickly as an order of them is found. So the leading
    bits of a term and its place make one number; terms that differ in their last bits only, which
    are few, are put in order afterwards.
    """
    bits = np.uint64(max(COUNT_BITS, len(rows).bit_length()))
    keys = rows >> bits << bits | np.arange(len(rows), dtype=np.uint64)
    keys.sort()
    order = (keys & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
    _put_right(order, rows >> np.uint64(COUNT_BITS), keys >> bits)
    return order


def _put_right(order: NDArray[np.int64], numbers: Packed, leading: Packed) -> None:
    """Sort where terms with equal leading bits stand in the wrong order."""
    found = numbers[order]
    for place in np.unique(leading[1:][found[1:] < found[:-1]]):
        here = slice(*np.searchsorted(leading, [place, place + np.uint64(1)]))
        order[here] = order[here][np.argsort(found[here], kind="stable")]


def _shares(
    often: Shares, owners: NDArray[np.int32], frequencies: NDArray[np.int64], count: int
) -> Shares:
    """What each term adds to each passage's score, in Lucene's form of BM25."""
    lengths = np.bincount(owners, weights=often, minlength=count)
    mean = max(float(lengths.mean()), 1.0) if count else 1.0
    softening = (_K1 * (1 - _B + _B * lengths / mean)).astype(np.float32)
    rarity = np.log(1 + (count - frequencies + 0.5) / (frequencies + 0.5)).astype(np.float32)
    shares: Shares = often / (often + softening[owners]) * np.repeat(rarity, frequencies)
    return shares
