"""Numbers and codes: found however people write them, and nothing else taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.disclosure.rules.numbering import (
    CODE_ALPHABET,
    find_lookup_code,
    find_request_number,
    is_mixed,
    request_number,
    shown_code,
)


@pytest.mark.parametrize(
    "said",
    [
        "YSQ-2026-00012",
        "我的编号是ysq-2026-00012，办好了吗",
        "ＹＳＱ－２０２６－０００１２",
        "YSQ 2026 00012",
        "YSQ202600012",
        "ysq—2026—12",
        "YSQ-2026-00012,ABCD-EFG2",
        "编号：YSQ–2026–00012。",
    ],
)
def test_a_request_number_is_found_however_it_is_written(said: str) -> None:
    assert find_request_number(said) == "YSQ-2026-00012"


@pytest.mark.parametrize(
    "said", ["", "2026-00012", "YSQ", "YSQ-26-00012", "XYSQ-2026-00012", "国办函〔2020〕109号"]
)
def test_what_is_not_a_request_number_is_not_taken_for_one(said: str) -> None:
    assert find_request_number(said) is None


@pytest.mark.parametrize(
    "said",
    [
        "ABCD-EFG2",
        "abcdefg2",
        "查询码是 abcd efg2 谢谢",
        "ＡＢＣＤ－ＥＦＧ２",
        "编号YSQ-2026-00012 查询码ABCD-EFG2",
        "ABCD—EFG2。",
    ],
)
def test_a_lookup_code_is_found_however_it_is_written(said: str) -> None:
    assert find_lookup_code(said) == "ABCD-EFG2"


@pytest.mark.parametrize(
    "said",
    [
        "",
        "YSQ-2026-22345",
        "88223344",
        "2026-2345",
        "SPREADER",
        "ABCD-EFG1",
        "ABCDEFG23",
        "ABC-EFG2",
    ],
)
def test_words_dates_and_telephones_are_no_lookup_code(said: str) -> None:
    assert find_lookup_code(said) is None


@given(st.integers(2019, 2099), st.integers(1, 999_999))
def test_every_number_is_found_again(year: int, place: int) -> None:
    number = request_number(year, place)
    assert find_request_number(f"请查{number}，谢谢") == number


@given(st.text(CODE_ALPHABET, min_size=8, max_size=8).filter(is_mixed), st.integers(1, 999_999))
def test_every_code_is_found_beside_its_number(code: str, place: int) -> None:
    said = f"{request_number(2026, place)} {shown_code(code)}"
    assert find_lookup_code(said) == shown_code(code)
