"""The information processing fee (条例第四十二条, 国办函〔2020〕109号): its two tables. Pure.

Charged per item or per page, never both for one request (第三条): a `Fee` has exactly one
`Basis`, and two fees cannot be added up. Both tables are progressive on the excess (超额累进).

Whether a fee is charged at all is the caller's setting, off by default. Only articles 1 to 5 have
been read. Unverified (待确认): articles 6 onward, that is the notice, the time to pay, what payment
does to the clock; and that information which is public already is not charged per page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, count

from inquiry_service.disclosure.rules.request import Choice

MOST_UNITS = 100_000
"""More items or pages than this in one fee are a slip of the pen."""


class Basis(Choice):
    """How one request is charged."""

    PER_ITEM = "per_item", "按件计收"
    PER_PAGE = "per_page", "按量计收"

    @property
    def measure(self) -> str:
        return "件" if self is Basis.PER_ITEM else "页"

    @property
    def article(self) -> str:
        # 第四条 per item, 第五条 per page
        return f"国办函〔2020〕109号第{'四' if self is Basis.PER_ITEM else '五'}条"


@dataclass(frozen=True, slots=True)
class Band:
    """From the unit `first` through `last` (None: and all that follow), `rate` yuan each."""

    first: int
    last: int | None
    rate: int


_PAGE_BANDS = (  # 第五条
    Band(1, 30, 0),
    Band(31, 100, 10),
    Band(101, 200, 20),
    Band(201, None, 40),
)
_FIRST_ITEM_BANDS = (Band(1, 10, 0), Band(11, 30, 100))  # 第四条


def _item_bands() -> Iterator[Band]:
    """From the 31st item bands of ten, each 100 yuan dearer than the one before (第四条)."""
    dearer = (Band(31 + 10 * n, 40 + 10 * n, 200 + 100 * n) for n in count())
    return chain(_FIRST_ITEM_BANDS, dearer)


@dataclass(frozen=True, slots=True)
class Line:
    """What one band contributes: units `first` through `last`, `rate` and `subtotal` in yuan."""

    first: int
    last: int
    rate: int
    measure: str

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    @property
    def subtotal(self) -> int:
        return self.count * self.rate

    @property
    def text(self) -> str:
        """The line as a fee notice shows it."""
        unit = self.measure
        span = f"第{self.first}{unit}"
        if self.last > self.first:
            span += f"至第{self.last}{unit}，共{self.count}{unit}"
        if not self.rate:
            return f"{span}：不收费"
        return f"{span}，每{unit}{self.rate}元：{self.subtotal}元"


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee with its arithmetic; `lines` are in the order of the bands, `amount` is whole yuan."""

    basis: Basis
    lines: tuple[Line, ...]

    @property
    def amount(self) -> int:
        return sum(line.subtotal for line in self.lines)

    @property
    def explained(self) -> tuple[str, ...]:
        """The lines of the arithmetic and its sum, for the notice."""
        total = f"合计：{self.amount}元（{self.basis.label}，{self.basis.article}）"
        return (*(line.text for line in self.lines), total)


def per_item(items_this_month: int, *, charged_before: int = 0) -> Fee:
    """The fee for one applicant's items of one calendar month (第四条).

    `items_this_month` counts all of them; those up to `charged_before` stood in earlier requests
    of the month and are left out of the sum, not out of the count. Raises `ValueError` for counts
    below nought, above `MOST_UNITS` or in the wrong order.
    """
    return _fee(Basis.PER_ITEM, _item_bands(), items_this_month, charged_before)


def per_page(pages: int) -> Fee:
    """The fee for one request's pages (第五条): only for paper, e-mail or copied electronic data.

    Raises `ValueError` for a count below nought or above `MOST_UNITS`.
    """
    return _fee(Basis.PER_PAGE, _PAGE_BANDS, pages, 0)


def _fee(basis: Basis, bands: Iterable[Band], units: int, before: int) -> Fee:
    if not 0 <= before <= units <= MOST_UNITS:
        raise ValueError(f"计费数量应在0至{MOST_UNITS}之间，且不少于此前已计的数量")
    return Fee(basis, tuple(_lines(bands, units, before, basis.measure)))


def _lines(bands: Iterable[Band], units: int, before: int, measure: str) -> Iterator[Line]:
    for band in bands:
        if band.first > units:
            return
        first = max(band.first, before + 1)
        last = units if band.last is None else min(band.last, units)
        if first <= last:
            yield Line(first, last, band.rate, measure)
