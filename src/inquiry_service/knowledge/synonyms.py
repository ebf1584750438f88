"""The bureau's words and the people's words for one thing. Pure.

People write 粮补 where the notice says 种粮补贴; a question is looked up under both.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
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
        starts = {text[at : at + length] for length in (1, 2) for at in range(len(text))}
        begun = (named for start in starts for named in self._by_start.get(start, ()))
        return [named[1:] for named in sorted(begun) if named[1] in text]

    @cached_property
    def _by_start(self) -> Mapping[str, Sequence[tuple[int, str, Entry]]]:
        """Numbered names by how they begin: quicker than to look for each of hundreds in a text."""
        named = [(name, entry) for entry in self.entries for name in entry.names]
        table: dict[str, list[tuple[int, str, Entry]]] = defaultdict(list)
        for place, (name, entry) in enumerate(named):
            table[name[:2]].append((place, name, entry))
        return dict(table)

    def _named(self, text: str) -> set[str]:
        """Longest first; what was found is taken out."""
        found: set[str] = set()
        standing = {name for name, _ in self.entries_in(text)}
        for name in sorted(standing, key=lambda name: (-len(name), name)):
            if name in text:
                found.add(name)
                text = text.replace(name, "\n")
        return found

    @cached_property
    def _rows(self) -> dict[str, int]:
        """For each name the row of its entry."""
        return {name: row for row, entry in enumerate(self.entries) for name in entry.names}
