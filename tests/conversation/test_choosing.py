"""Positions in what was offered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.conversation.choosing import (
    OutOfRange,
    choose,
    last_choices,
    names_position,
    position_in,
)
from inquiry_service.conversation.replies import Choices, Option, Text

THREE = tuple(Option(label, f"问{label}") for label in ("甲", "乙", "丙"))


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("2", 2),
        ("２", 2),
        ("②", 2),
        ("二", 2),
        ("两", 2),
        ("第二个", 2),
        ("第2个", 2),
        ("第二项吧", 2),
        ("选二", 2),
        ("我选2", 2),
        ("选择第二个", 2),
        ("我要第二个。", 2),
        ("就第二个吧", 2),
        (" 2. ", 2),
        ("（2）", 2),
        ("第二个问题", 2),
        ("十二", 12),
        ("10", 10),
        ("最后一个", -1),
        ("选最后一个", -1),
        ("最后那个", -1),
    ],
)
def test_these_are_positions(text: str, position: int) -> None:
    assert position_in(text) == position


@pytest.mark.parametrize(
    "text",
    [
        "2017",
        "2017年",
        "0",
        "第二季度",
        "二手车怎么交易",
        "第32条",
        "两个人去",
        "最后一个问题是什么",
        "",
    ],
)
def test_these_are_not_positions(text: str) -> None:
    assert position_in(text) is None


@given(st.integers(1, 3), st.sampled_from(["{}", "第{}个", "选{}", "{}号"]))
def test_a_position_within_the_list_is_that_option(number: int, spoken: str) -> None:
    assert choose(spoken.format(number), THREE) == THREE[number - 1]


@given(st.integers(4, 99))
def test_a_position_beyond_the_list_is_told_apart_from_no_position(number: int) -> None:
    assert choose(str(number), THREE) == OutOfRange(3)


@pytest.mark.parametrize("option", THREE)
def test_the_label_and_the_words_of_an_option_choose_it(option: Option) -> None:
    assert choose(option.label, THREE) == choose(f" {option.send}", THREE) == option


def test_the_last_option_can_be_named_without_counting() -> None:
    assert choose("最后一个", THREE) == THREE[-1]


def test_where_nothing_was_offered_nothing_is_chosen() -> None:
    assert choose("2", ()) is None


def test_the_last_choices_of_a_turn_are_the_ones_meant() -> None:
    first, second = Choices("先", THREE[:2]), Choices("后", THREE)
    assert last_choices((first, Text("话"), second, Text("话"))) == second
    assert last_choices((Text("话"),)) is None


@pytest.mark.parametrize("text", ["2", "看第二个", "第三条", "序号2", "前面那个", "打开第一条"])
def test_these_name_a_position(text: str) -> None:
    assert names_position(text)


@pytest.mark.parametrize("text", ["。", "a", "<script>alert(1)</script>", 'greet{"x":1}', "粮食"])
def test_these_name_none(text: str) -> None:
    assert not names_position(text)
