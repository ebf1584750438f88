"""Quotes: verbatim, short enough, and with what was asked for."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.answering.needs import Needs, has_number
from inquiry_service.answering.quoting import Quote, Wanted, choose_quote
from inquiry_service.answering.stretches import LONGEST_QUOTE, sentence_spans
from inquiry_service.answering.tokens import terms_of_folded

TEXTS = st.text(
    alphabet=st.sampled_from("粮食收购备案公开信息2017年件，。；：！？\n |#-（）、 a"), max_size=400
)


def wanted(question: str, **others: Any) -> Wanted:
    return Wanted(
        weights=dict.fromkeys(terms_of_folded(question), 1.0), terms_of=terms_of_folded, **others
    )


@given(TEXTS, TEXTS, st.sampled_from(list(Needs)))
def test_a_quote_is_always_verbatim_and_short(text: str, question: str, needs: Needs) -> None:
    if not sentence_spans(text):
        return
    quote = choose_quote(text, wanted(question, needs=needs, unit="件"))
    assert quote.text == text[quote.start : quote.start + len(quote.text)]
    assert 0 < len(quote.text) <= LONGEST_QUOTE
    assert quote.text == quote.text.strip()


@given(TEXTS)
def test_only_a_text_without_a_character_cannot_be_quoted(text: str) -> None:
    try:
        choose_quote(text, wanted("备案"))
    except ValueError:
        assert not any(character.isalnum() for character in text)


def quote_of(text: str, question: str, **others: Any) -> Quote:
    return choose_quote(text, wanted(question, **others))


def test_the_sentence_that_shares_the_words_is_quoted() -> None:
    text = "企业应当守法经营。粮食收购企业应当备案。\n\n其他事项另行规定。"
    assert quote_of(text, "粮食收购备案").text == "粮食收购企业应当备案。"


def test_what_points_back_is_quoted_with_what_it_points_to() -> None:
    text = "粮油企业要建立台账。今年天气晴好。该台账保存三年。"
    assert quote_of(text, "台账保存多久").text == text
    text = "动物学家提出了禁猎期。他呼吁在繁殖季节禁止狩猎。"
    assert quote_of(text, "谁呼吁在繁殖季节禁止狩猎").text == text


def test_paragraphs_are_joined_but_not_items_of_a_list() -> None:
    text = "申请信息不收费。\n\n申请太多的可以收费。"
    assert quote_of(text, "申请信息收费吗").text == text
    text = "申请信息不收费。\n1. 申请信息收费的情形。"
    assert quote_of(text, "申请信息不收费").text == "申请信息不收费。"


def test_a_number_is_preferred_when_one_is_asked_for() -> None:
    text = "收到的申请都已答复。\n\n全年收到申请5件。"
    quote = quote_of(text, "收到的申请有多少", needs=Needs.COUNT, unit="件")
    assert quote.text.endswith("全年收到申请5件。")
    assert quote.fits
    assert quote.counts


def test_the_year_of_the_question_is_no_answer_to_how_many() -> None:
    quote = quote_of(
        "2017年继续推进公开。",
        "2017年公开多少",
        needs=Needs.NUMBER,
        asked_numbers=frozenset({"2017"}),
    )
    assert not quote.fits


def test_none_at_all_counts_as_a_number() -> None:
    assert has_number("2017年未收到申请。", besides=frozenset({"2017"}))
    assert not has_number("2017年继续推进。", besides=frozenset({"2017"}))


def test_a_heading_is_not_quoted_while_there_is_text_below() -> None:
    text = "一、粮食收购备案\n企业到县级部门办理粮食备案。"
    quote = choose_quote(text, wanted("粮食收购备案"), headings=frozenset({"一、粮食收购备案"}))
    assert quote.text == "企业到县级部门办理粮食备案。"


def test_a_long_sentence_is_cut_at_its_clauses() -> None:
    text = "本局认真贯彻上级部署，" * 20 + "全年收到申请5件。"
    quote = quote_of(text, "收到申请多少件", needs=Needs.COUNT, unit="件")
    assert quote.text.endswith("全年收到申请5件。")
    assert quote.text.startswith("本局")


def test_a_table_row_is_quoted_whole() -> None:
    text = "| 2021年 | 122 |\n| 2022年 | 124 |"
    assert quote_of(text, "2022年多少", needs=Needs.NUMBER).text == "2022年 | 124 |"


def test_a_neighbour_on_the_same_matter_is_quoted_with_it() -> None:
    text = "粮食收购应当备案。备案向收购地粮食部门办理。"
    assert quote_of(text, "粮食收购备案").text == text
