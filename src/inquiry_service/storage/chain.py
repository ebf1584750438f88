"""Hash chains: each record carries the hash of the one before, so a later edit shows.

Pure: stores keep the links, `first_broken` checks them again without the database.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

START = "0" * 64
"""What the first record of a chain names as its predecessor."""


@dataclass(frozen=True, slots=True)
class Link:
    """One record as it was written down: `content` is the exact text that was hashed."""

    sequence: int
    content: str
    previous_hash: str
    hash: str


def link(sequence: int, content: str, previous_hash: str = START) -> Link:
    """The next link. The sequence is hashed too, so that records cannot change places."""
    text = f"{previous_hash}\n{sequence}\n{content}"
    return Link(sequence, content, previous_hash, hashlib.sha256(text.encode()).hexdigest())


def first_broken(links: Iterable[Link]) -> int | None:
    """The sequence number of the first link that does not hold, or None for a sound chain.

    Sequences start at 1 and leave no gap. What was cut off the end cannot be seen from within.
    """
    previous = START
    for expected, found in enumerate(links, 1):
        if found != link(expected, found.content, previous):
            return expected
        previous = found.hash
    return None
