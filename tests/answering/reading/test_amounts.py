"""Amounts in a question are written as the texts write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.answering.folding import fold
from inquiry_service.answering.reading.amounts import tell_amounts
from inquiry_service.answering.reading.years import tell_years, years_in
from inquiry_service.moments import local_day, now


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("罚款10000元吗", "罚款1万元吗"),
        ("罚款一万元吗", "罚款1万元吗"),
        ("罚款两万块钱吗", "罚款2万元吗"),
        ("充五千块", "充5000元"),
        ("充5千元", "充5000元"),
        ("注册资本1,000,000元", "注册资本100万元"),
        ("注册资本300000000元", "注册资本3亿元"),
        ("12345元", "12345元"),
        ("12345热线", "12345热线"),
        ("一块地", "一块地"),
        ("20个工作天", "20个工作日"),
        ("一次性告知", "一次性告知"),
        ("万一没收到", "万一没收到"),
        ("", ""),
    ],
)
def test_an_amount_is_told_as_the_texts_do(written: str, told: str) -> None:
    assert tell_amounts(fold(written)) == told


@given(st.integers(min_value=1, max_value=10**11))
def test_the_amount_itself_never_changes(amount: int) -> None:
    told = tell_amounts(f"{amount}元")
    number = told.removesuffix("元")
    factor = {"万": 10**4, "亿": 10**8}.get(number[-1], 1)
    assert int(number.rstrip("万亿")) * factor == amount


@given(
    st.text(
        alphabet=st.sampled_from("一二五十百千万亿0123456789,.元块件年去今前第号条 "), max_size=30
    )
)
def test_telling_twice_changes_nothing_more(text: str) -> None:
    once = tell_amounts(fold(text))
    assert tell_amounts(tell_amounts(once)) == tell_amounts(once)


@given(st.integers(min_value=1990, max_value=2099))
def test_a_year_is_a_year_however_it_is_written(year: int) -> None:
    digits = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))
    for written in (f"{year}年收到几件", f"{digits}年收到几件", f"{year}收到几件", f"{year} 年度"):
        assert years_in(fold(written)) == (year,)


def test_relative_years_are_those_around_today() -> None:
    today = local_day(now())
    said = {"大前年": -3, "前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年度": 0, "明年": 1}
    for word, distance in said.items():
        assert years_in(tell_years(f"{word}收到几件", today)) == (today.year + distance,)
