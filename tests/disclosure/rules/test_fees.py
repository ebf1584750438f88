"""Fees: the worked values of the tables, and what must hold for any number of items or pages."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.disclosure.rules.fees import MOST_UNITS, Basis, Fee, per_item, per_page

BOTH = pytest.mark.parametrize(("charge", "free"), [(per_item, 10), (per_page, 30)])
UNITS = st.integers(0, 3000)


@pytest.mark.parametrize(
    ("items", "amount"),
    [(0, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (40, 4000), (41, 4300), (50, 7000)],
)
def test_items_cost_what_the_fourth_article_says(items: int, amount: int) -> None:
    assert per_item(items).amount == amount


@pytest.mark.parametrize(
    ("pages", "amount"),
    [(0, 0), (30, 0), (31, 10), (100, 700), (101, 720), (200, 2700), (201, 2740), (250, 4700)],
)
def test_pages_cost_what_the_fifth_article_says(pages: int, amount: int) -> None:
    assert per_page(pages).amount == amount


def test_a_notice_shows_the_arithmetic_line_by_line() -> None:
    assert per_item(31).explained == (
        "第1件至第10件，共10件：不收费",
        "第11件至第30件，共20件，每件100元：2000元",
        "第31件，每件200元：200元",
        "合计：2200元（按件计收，国办函〔2020〕109号第四条）",
    )
    assert per_page(101).explained[-2:] == (
        "第101页，每页20元：20元",
        "合计：720元（按量计收，国办函〔2020〕109号第五条）",
    )
    assert per_page(0).explained == ("合计：0元（按量计收，国办函〔2020〕109号第五条）",)


def test_a_fee_has_one_basis_and_fees_of_two_kinds_cannot_be_added() -> None:
    assert {per_item(40).basis, per_page(40).basis} == set(Basis)
    with pytest.raises(TypeError):
        sum([per_item(40), per_page(40)])  # type: ignore[list-item]


@BOTH
@pytest.mark.parametrize("units", [-1, MOST_UNITS + 1])
def test_a_count_that_cannot_be_is_refused(
    charge: Callable[[int], Fee], free: int, units: int
) -> None:
    with pytest.raises(ValueError, match="计费数量"):
        charge(units)


def test_items_cannot_have_been_charged_before_they_were_asked_for() -> None:
    for before in (-1, 13):
        with pytest.raises(ValueError, match="计费数量"):
            per_item(12, charged_before=before)


@BOTH
@given(units=UNITS)
def test_the_lines_follow_one_another_and_add_up(
    charge: Callable[[int], Fee], free: int, units: int
) -> None:
    fee = charge(units)
    assert sum(line.subtotal for line in fee.lines) == fee.amount
    assert sum(line.count for line in fee.lines) == units
    ends = [0, *(line.last for line in fee.lines)]
    assert [line.first for line in fee.lines] == [end + 1 for end in ends[:-1]]


@BOTH
@given(units=UNITS)
def test_one_more_never_costs_less_than_the_one_before(
    charge: Callable[[int], Fee], free: int, units: int
) -> None:
    first, second, third = (charge(units + more).amount for more in range(3))
    assert 0 <= second - first <= third - second
    assert (first == 0) == (units <= free)


@given(before=UNITS, more=UNITS)
def test_the_requests_of_a_month_together_cost_what_all_its_items_cost(
    before: int, more: int
) -> None:
    whole = per_item(before + more)
    rest = per_item(before + more, charged_before=before)
    assert per_item(before).amount + rest.amount == whole.amount
    assert sum(line.count for line in rest.lines) == more
