"""What stands on a page, before anybody knows what it is."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character, or a run of characters set in one go, on its baseline."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of text without a wide gap. Two columns side by side are two lines."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool = False
    page: int = 0
    coarse: bool = False
    """Recognised in a picture: its size is a guess, and nobody knows whether it is bold."""
    parted: bool = False
    """Wide gaps part it, as the cells of a table that is not ruled."""

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Ruling:
    """A drawn horizontal or vertical line."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        return self.right - self.left >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled grid, its merged cells already spelled out: every row has every column.

    The cells of `header` are blank when the first row is data. `plain` holds all rows with none of
    them taken as the header: what they are when the table goes on from the page before.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    plain: tuple[tuple[str, ...], ...]
    left: float
    top: float
    right: float
    bottom: float
    page: int = 0

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """One page."""

    width: float
    height: float
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()

    def numbered(self, number: int) -> "Page":
        """The same page, with each of its parts knowing where it stands (counted from 0)."""
        return replace(
            self,
            lines=tuple(replace(line, page=number) for line in self.lines),
            tables=tuple(replace(table, page=number) for table in self.tables),
        )


Item = Line | Table
