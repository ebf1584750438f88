"""What of a message is heard and kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.conversation.hearing import LONGEST, hear, to_keep
from inquiry_service.conversation.wording import CODE_MASK
from inquiry_service.disclosure.rules.numbering import find_lookup_code
from inquiry_service.errors import BadInput


@pytest.mark.parametrize("text", ["", "  \n", "\u200b", "/", " / "])
def test_an_empty_message_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        hear(text)


def test_a_message_is_refused_only_beyond_the_longest_one() -> None:
    assert hear("长" * LONGEST) == "长" * LONGEST
    with pytest.raises(BadInput):
        hear("长" * (LONGEST + 1))


@pytest.mark.parametrize("text", ["/restart", "//restart", " /restart"])
def test_an_order_to_rasa_is_heard_as_plain_words(text: str) -> None:
    assert hear(text) == "restart"


def test_invisible_characters_are_dropped_and_lines_are_kept() -> None:
    assert hear("信息\u200b公开\x07\n收费吗") == "信息公开\n收费吗"


@pytest.mark.parametrize(
    "written",
    ["ABCD-EFG2", "abcd-efg2", "ABCDEFG2", "ＡＢＣＤ－ＥＦＧ２", "abcd efg2", "ABCD—EFG2"],
)
def test_a_look_up_code_is_masked_however_it_is_written(written: str) -> None:
    kept = to_keep(f"编号YSQ-2026-00012，查询码{written}。")
    assert kept == f"编号YSQ-2026-00012，查询码{CODE_MASK}。"


def test_two_codes_and_a_telephone_in_one_message_are_all_masked() -> None:
    kept = to_keep("ABCD-EFG2 还是 HJKM-NPQ3？电话13800000000")
    assert kept == f"{CODE_MASK} 还是 {CODE_MASK}？电话[电话号码]"


@given(st.text(alphabet="ABCDEFGH23456789ysq- 　－，。查询码", max_size=40))
def test_nothing_kept_can_be_read_as_a_code_again(text: str) -> None:
    assert find_lookup_code(to_keep(text)) is None
