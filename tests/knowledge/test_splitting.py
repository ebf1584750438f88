"""Documents are cut where their authors cut them, and nothing is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquiry_service.knowledge.document import Passage
from inquiry_service.knowledge.splitting import SIZE_CAP, joined, split

SENTENCE = "行政机关应当自收到申请之日起二十个工作日内予以答复。"
LONG = SENTENCE * 30
"""Several times longer than a passage may be."""


def passages_of(text: str, title: str = "") -> tuple[Passage, ...]:
    return split("doc", text, title=title)


def places(text: str, title: str = "") -> list[tuple[tuple[str, ...], str]]:
    return [(p.path, p.text) for p in passages_of(text, title)]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_markdown_headings_become_the_path_and_never_a_passage() -> None:
    text = "# 收购备案\n\n## 谁办\n\n县级部门。\n\n## 材料\n\n### 企业\n\n营业执照。\n"
    assert places(text, title="收购备案") == [
        (("谁办",), "县级部门。"),
        (("材料", "企业"), "营业执照。"),
    ]


def test_the_headings_above_a_passage_are_kept_with_it_word_for_word() -> None:
    first, second = passages_of("# 甲\n\n## 乙\n\n正文一。\n\n## 丙\n正文二。")
    assert first.heading == "# 甲\n\n## 乙"
    assert second.heading == "## 丙"


def test_the_title_is_no_part_of_the_path_even_over_two_lines() -> None:
    text = "某市商务局2017年度\n\n政府信息公开工作报告\n本报告包括六个部分。"
    [passage] = passages_of(text, title="某市商务局2017年度政府信息公开工作报告")
    assert passage.path == ()
    assert passage.heading == "某市商务局2017年度\n\n政府信息公开工作报告"
    assert passage.text == "本报告包括六个部分。"


def test_a_first_heading_that_is_not_the_title_stays_in_the_path() -> None:
    assert places("# 概况\n\n正文。", title="年度报告") == [(("概况",), "正文。")]


def test_official_numbering_nests_as_officials_nest_it() -> None:
    text = (
        "一、概况\n全年平稳。\n（一）主动公开\n公开488条。\n1.网站\n网站公开。\n"
        "二、收费\n没有收费。"
    )
    assert places(text) == [
        (("一、概况",), "全年平稳。"),
        (("一、概况", "（一）主动公开"), "公开488条。"),
        (("一、概况", "（一）主动公开", "1.网站"), "网站公开。"),
        (("二、收费",), "没有收费。"),
    ]


def test_a_statute_is_cut_by_article_under_its_chapter() -> None:
    text = (
        "第一章　总　则\n第一条　为了公开，制定本办法。\n"
        "第二条　本办法适用于全市。\n本市包括各镇。\n"
        "第二章 申请\n第一节 提出\n第三条【方式】申请用书面形式。\n第三条之一　可以口头。"
    )
    assert [(p.path, p.text[:5]) for p in passages_of(text)] == [
        (("第一章 总则", "第一条"), "第一条　为"),
        (("第一章 总则", "第二条"), "第二条　本"),
        (("第二章 申请", "第一节 提出", "第三条【方式】"), "第三条【方"),
        (("第二章 申请", "第一节 提出", "第三条之一"), "第三条之一"),
    ]


def test_an_article_keeps_its_paragraphs_and_items_together() -> None:
    article = (
        "第二十九条　申请应当包括下列内容：\n（一）姓名；\n（二）描述；\n（三）形式。\n"
        "书写困难的可以口头提出。"
    )
    assert places(article) == [(("第二十九条",), article)]


def test_an_article_may_stand_alone_on_its_line() -> None:
    [passage] = passages_of("第四条\n收购者应当告知价格。")
    assert (passage.path, passage.heading) == (("第四条",), "第四条")


@pytest.mark.parametrize(
    "reference",
    [
        "第一条的规定不适用于本条。",
        "第一条规定的情形除外。",
        "第一条、第二条所列情形除外。",
        "第一条第二款的情形除外。",
        "第一条至第二条另有规定的除外。",
        "第二章规定的程序，由本局负责。",
        "第二章的规定，由本局执行",
    ],
)
def test_a_reference_at_the_start_of_a_line_is_no_heading(reference: str) -> None:
    text = f"第一条　为了公开。\n第二条　为了便民。\n第三条　依照\n{reference}"
    assert [p.path for p in passages_of(text)] == [("第一条",), ("第二条",), ("第三条",)]


def test_an_article_number_that_goes_back_is_a_reference() -> None:
    text = "第八条　甲。\n第九条　符合\n第八条 条件的，予以备案。"
    assert [p.path for p in passages_of(text)] == [("第八条",), ("第九条",)]


def test_an_annex_may_count_its_articles_from_one_again() -> None:
    text = "第一条　甲。\n第二条　乙。\n附件1\n第一条　丙。"
    assert [p.path for p in passages_of(text)] == [("第一条",), ("第二条",), ("附件1", "第一条")]


def test_a_table_of_contents_is_text_and_not_a_stack_of_headings() -> None:
    contents = "目录\n第一章 总则\n第二章 申请\n第三章 答复\n第四章 附则"
    passages = passages_of(f"{contents}\n\n第一章 总则\n\n第一条　为了公开。")
    assert [(p.path, p.text) for p in passages] == [
        ((), contents),
        (("第一章 总则", "第一条"), "第一条　为了公开。"),
    ]


def test_a_paragraph_named_by_its_first_sentence_has_that_name_in_its_path() -> None:
    first = f"（一）加强组织领导。{SENTENCE * 3}"
    second = f"（二）加强制度建设。{SENTENCE * 3}"
    assert places(f"一、概况\n{first}\n{second}") == [
        (("一、概况", "（一）加强组织领导"), first),
        (("一、概况", "（二）加强制度建设"), second),
    ]


@pytest.mark.parametrize(
    "items",
    [
        "（一）姓名\n（二）住址\n（三）电话",
        "1. 提交申请。\n2. 审查材料。\n3. 作出答复。",
        "1、申请表\n2、营业执照",
        "(1)申请表\n(2)营业执照",
        "- 申请表\n- 营业执照",
        f"（一）申办报告。{SENTENCE * 3}\n（二）合作协议。{SENTENCE}",
    ],
)
def test_a_list_stays_with_the_line_that_announces_it(items: str) -> None:
    text = f"应当提交下列材料：\n{items}"
    assert places(text) == [((), text)]


def test_a_list_without_an_announcement_is_no_heading_either() -> None:
    text = "（一）姓名\n（二）住址\n（三）电话\n以上材料一式两份。"
    assert places(text) == [((), text)]


def test_measures_one_two_three_stay_in_their_paragraph() -> None:
    text = "采取三项措施。一是加强机构建设。二是更新指南。三是建立解读机制。"
    assert places(text) == [((), text)]


def test_a_long_paragraph_of_measures_is_cut_between_them() -> None:
    measures = [f"{name}是{SENTENCE * 8}" for name in "一二三"]
    passages = passages_of("".join(measures))
    assert all(p.text[1] == "是" for p in passages)
    assert all(len(p.text) <= SIZE_CAP for p in passages)


def test_a_table_is_cut_by_row_with_its_columns_in_the_path() -> None:
    text = (
        "## 时限\n\n| 事项 | 时限 |\n| --- | :---: |\n| 收购备案 | 5日 |\n| 拍卖许可 | 20日 |\n\n"
        "以工作日计。"
    )
    passages = passages_of(text)
    assert [(p.path, p.text) for p in passages] == [
        (("时限", "事项 | 时限"), "| 收购备案 | 5日 |"),
        (("时限", "事项 | 时限"), "| 拍卖许可 | 20日 |"),
        (("时限",), "以工作日计。"),
    ]
    assert passages[0].heading.endswith("| 事项 | 时限 |\n| --- | :---: |")
    assert passages[1].heading == ""


def test_equal_rows_of_one_table_have_addresses_of_their_own() -> None:
    first, second = passages_of("| 年 | 件 |\n|---|---|\n| 合计 | 0 |\n| 合计 | 0 |")
    assert first.text == second.text
    assert first.passage_id != second.passage_id


def test_a_pipe_within_a_cell_does_not_end_the_cell() -> None:
    [row] = passages_of("| 甲\\|乙 | 丙 |\n|---|---|\n| 1 | 2 |")
    assert row.path == ("甲\\|乙 | 丙",)


def test_lines_with_pipes_but_without_a_head_are_text() -> None:
    text = "| 甲 | 乙 |\n| 1 | 2 |"
    assert places(text) == [((), text)]


def test_a_head_without_rows_is_not_lost() -> None:
    text = "说明。\n\n| 甲 | 乙 |\n|---|---|"
    assert squeezed(joined(passages_of(text))) == squeezed(text)


def test_a_short_section_stays_whole_with_all_its_paragraphs() -> None:
    text = f"## 期限\n\n{SENTENCE}\n\n{SENTENCE}"
    assert places(text) == [(("期限",), f"{SENTENCE}\n\n{SENTENCE}")]


def test_a_long_section_is_cut_between_paragraphs() -> None:
    paragraphs = [SENTENCE * count for count in (6, 7, 6, 7)]
    passages = passages_of("\n\n".join(paragraphs))
    assert [p.text for p in passages] == [
        "\n\n".join(paragraphs[:2]),
        "\n\n".join(paragraphs[2:]),
    ]


def test_a_long_paragraph_is_cut_into_whole_sentences_of_like_length() -> None:
    passages = passages_of(LONG)
    assert all(p.text.endswith("答复。") for p in passages)
    assert all(SIZE_CAP / 3 < len(p.text) <= SIZE_CAP for p in passages)


def test_text_without_any_punctuation_is_cut_all_the_same() -> None:
    passages = passages_of("字" * 5 * SIZE_CAP)
    assert max(len(p.text) for p in passages) <= SIZE_CAP
    assert joined(passages).replace("\n", "") == "字" * 5 * SIZE_CAP


def test_a_line_broken_by_hand_is_not_a_new_paragraph() -> None:
    half = "字" * 150
    passages = passages_of(f"{half}，\n{half}。\n\n{half}，\n{half}。")
    assert [len(p.text) for p in passages] == [303, 303]


def test_headings_at_the_end_are_kept_with_the_last_passage() -> None:
    [passage] = passages_of("## 甲\n\n正文。\n\n## 乙\n")
    assert passage.text == "正文。\n\n## 乙"


def test_a_text_of_nothing_but_headings_is_one_passage() -> None:
    assert places("# 甲\n\n## 乙") == [((), "# 甲\n\n## 乙")]


@pytest.mark.parametrize("blank", ["", " ", "\n\n", "\u3000\n\t"])
def test_a_blank_text_has_no_passage(blank: str) -> None:
    assert passages_of(blank) == ()


def test_a_passage_keeps_its_address_when_another_part_changes() -> None:
    before = passages_of("## 甲\n\n一。\n\n## 乙\n\n二。")
    after = passages_of("## 甲\n\n一，改了。\n\n## 新\n\n三。\n\n## 乙\n\n二。")
    assert before[1].passage_id == after[2].passage_id
    assert before[0].passage_id != after[0].passage_id


def test_the_same_text_in_two_documents_has_two_addresses() -> None:
    [one], [other] = split("one", "正文。"), split("other", "正文。")
    assert one.passage_id != other.passage_id


def test_a_passage_knows_the_page_on_which_it_begins() -> None:
    first, second, third = "第一条　甲。", "第二条　乙。", "第三条　丙。"
    text = f"{first}\n{second}\n{third}"
    passages = split("doc", text, page_starts=(0, text.index(second), text.index(third)))
    assert [p.page for p in passages] == [1, 2, 3]
    assert [p.page for p in split("doc", text)] == [None, None, None]


LINES = st.sampled_from(
    [
        "",
        "# 标题",
        "## 一、概况",
        "### 材料",
        "第一章 总则",
        "第二章　申 请",
        "第一节 提出",
        "第一条　为了公开。",
        "第三条",
        "第二条的规定除外。",
        "第九条之一 甲",
        "一、收费情况",
        "二、保障措施。" + SENTENCE * 3,
        "（一）主动公开",
        "（一）加强领导。" + SENTENCE * 3,
        "（二）姓名；",
        "1.网站",
        "2. 提交申请。",
        "（1）表",
        "- 项",
        "包括：",
        "| 甲 | 乙 |",
        "| --- | --- |",
        "| 1 | 2 |",
        "附件：",
        SENTENCE,
        LONG,
        "字" * 500,
        "\u3000\u3000缩进的一段。",
    ]
)
ANY_TEXT = st.one_of(
    st.lists(LINES, max_size=25).map("\n".join),
    st.text(max_size=900),
    st.text(alphabet="第一二条章（）、1.#|- \n。：；，字", max_size=1200),
)


@settings(max_examples=400, deadline=None)
@given(ANY_TEXT)
def test_joined_passages_give_back_the_text(text: str) -> None:
    assert squeezed(joined(passages_of(text))) == squeezed(text)


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT)
def test_every_passage_is_a_verbatim_stretch_of_the_text_in_order(text: str) -> None:
    reached = 0
    for passage in passages_of(text):
        for part in (passage.heading, passage.text):
            reached = text.index(part, reached) + len(part)


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT)
def test_no_passage_is_too_long_empty_or_without_an_address(text: str) -> None:
    passages = passages_of(text)
    assert all(0 < len(p.text) <= SIZE_CAP for p in passages)
    assert all(p.text == p.text.strip() for p in passages)
    assert len({p.passage_id for p in passages}) == len(passages)
    assert [p.ordinal for p in passages] == list(range(len(passages)))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(LINES, max_size=25).map("\n".join),
    st.sampled_from(["标题", "一、概况", "标题一、概况"]),
)
def test_a_title_never_costs_a_word(text: str, title: str) -> None:
    assert squeezed(joined(passages_of(text, title))) == squeezed(text)
