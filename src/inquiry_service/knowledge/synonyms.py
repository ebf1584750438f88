"""The bureau's words and the people's words for one thing. Pure.

People write 粮补 where the notice says 种粮补贴; a question is looked up under both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing: the official term, and what else it is called."""

    term: str
    aliases: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (self.term, *self.aliases)


@dataclass(frozen=True)
class Glossary:
    """All entries; an empty one changes nothing."""

    entries: Sequence[Entry] = ()

    def expand(self, text: str) -> tuple[str, ...]:
        """Other names for the things that the text names, official terms first; none twice.

        A name that stands in the text already is not repeated, and a name counts only where it
        is not part of a longer name: 粮补 inside 粮补贴 is not 粮补 when both are known.
        """
        rows = sorted({self._rows[name] for name in self._named(text)})
        groups = [self.entries[row] for row in rows]
        others = [entry.term for entry in groups]
        others += [alias for entry in groups for alias in entry.aliases]
        return tuple(dict.fromkeys(name for name in others if name not in text))

    def entries_in(self, text: str) -> list[tuple[str, Entry]]:
        """Every name that stands in the text, longer ones' parts too, with its entry."""
        return [named for named in self._by_name if named[0] in text]

    @cached_property
    def _by_name(self) -> list[tuple[str, Entry]]:
        return [(name, entry) for entry in self.entries for name in entry.names]

    def _named(self, text: str) -> set[str]:
        found: set[str] = set()
        for name in self._rows:
            if name in text:
                found.add(name)
                text = text.replace(name, "\n")
        return found

    @cached_property
    def _rows(self) -> dict[str, int]:
        """For each name the row of its entry, the longest names first."""
        named = [(name, row) for row, entry in enumerate(self.entries) for name in entry.names]
        return dict(sorted(named, key=lambda pair: (-len(pair[0]), pair)))
