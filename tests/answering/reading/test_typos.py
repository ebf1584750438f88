"""Words written by their sound are read as the one known word that sounds alike, or left alone."""

import pytest

from inquiry_service.answering.reading.typos import Spelling, Typo

WORDS = ("公开", "备案", "政府", "形式", "回复", "期限", "时间", "信息", "申请")
TERMS = ("行政复议", "申请复议", "依申请公开", "以旧换新", "预付卡", "加油站", "粮食收购备案")


def known(text: str) -> bool:
    return text in WORDS or text in TERMS


@pytest.fixture
def spelling() -> Spelling:
    return Spelling(lambda: WORDS, TERMS, known)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("信息公凯要几天", "信息公开要几天"),
        ("粮食收购备按找谁", "粮食收购备案找谁"),
        ("行政复义要多久", "行政复议要多久"),
        ("依申情公开", "依申请公开"),
        ("以就换新", "以旧换新"),
        ("政付信息", "政府信息"),
        ("加油占怎么开", "加油站怎么开"),
        ("行正复议", "行政复议"),
        ("行振复议", "行政复议"),
    ],
)
def test_a_word_that_is_none_is_read_by_its_sound(
    spelling: Spelling, written: str, read: str
) -> None:
    assert spelling.correct(written)[0] == read


@pytest.mark.parametrize(
    "text",
    [
        "形势怎么样",  # a word of the language, though it sounds like 形式
        "恢复供应",  # sounds like 回复
        "2017年收到5件",
        "信息公开",
        "",
        "abc 公",
    ],
)
def test_known_words_numbers_and_names_stay_as_they_are(spelling: Spelling, text: str) -> None:
    assert spelling.correct(text) == (text, ())


def test_two_words_of_one_sound_leave_the_question_alone() -> None:
    spelling = Spelling(lambda: ("公示", "公事"), (), lambda text: text in {"公示", "公事"})
    assert spelling.correct("公柿") == ("公柿", ())


def test_what_was_read_otherwise_is_told(spelling: Spelling) -> None:
    assert spelling.correct("信息公凯和公凯")[1] == (Typo("公凯", "公开"),)


def test_the_table_is_made_once_and_only_when_something_is_unknown() -> None:
    asked: list[int] = []

    def words() -> tuple[str, ...]:
        asked.append(1)
        return WORDS

    spelling = Spelling(words, TERMS, lambda _: True)
    spelling.correct("信息公开")
    assert asked == []
    careful = Spelling(words, TERMS, known)
    careful.correct("公凯")
    careful.correct("备按")
    assert asked == [1]
