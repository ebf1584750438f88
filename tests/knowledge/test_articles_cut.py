"""Long articles are cut at their paragraphs and items, and every piece keeps its address."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquiry_service.knowledge.document import Passage
from inquiry_service.knowledge.expressions.numerals import to_chinese, to_int
from inquiry_service.knowledge.splitting import SIZE_CAP, joined, split

SENTENCE = "行政机关应当自收到申请之日起二十个工作日内予以答复。"
ITEM = "行政机关应当依法公开有关收费的项目及其依据和标准的信息，以及其他应当公开的信息；"
LEAD = "行政机关应当主动公开本行政机关的下列政府信息"


def passages_of(text: str) -> tuple[Passage, ...]:
    return split("doc", text)


def squeezed(text: str) -> str:
    return "".join(text.split())


def items(count: int) -> str:
    return "\n".join(f"（{to_chinese(n)}）{ITEM}" for n in range(1, count + 1))


def test_a_long_article_is_cut_between_its_paragraphs_and_cited_by_them() -> None:
    passages = passages_of("第三条　" + "\n".join([SENTENCE * 4] * 6))
    assert [p.path for p in passages] == [("第三条第一款至第三款",), ("第三条第四款至第六款",)]


def test_one_paragraph_in_one_piece_is_cited_alone() -> None:
    passages = passages_of("第二章 申请\n第三条　" + "\n".join([SENTENCE * 13] * 2))
    assert [p.path for p in passages] == [
        ("第二章 申请", "第三条第一款"),
        ("第二章 申请", "第三条第二款"),
    ]


def test_items_of_a_cut_list_keep_the_sentence_that_leads_into_them() -> None:
    first, second = passages_of(f"第二十条　{LEAD}：\n{items(15)}")
    assert first.path == ("第二十条第（一）项至第（七）项",)
    assert first.text.startswith(f"第二十条　{LEAD}：\n（一）")
    assert second.path == ("第二十条第（八）项至第（十五）项", LEAD)
    assert second.text.startswith("（八）")


def test_a_list_outside_an_article_keeps_its_lead_too() -> None:
    text = "## 材料\n\n申请人应当提交：\n" + "\n".join(f"{n}. {ITEM}" for n in range(1, 14))
    paths = [p.path for p in passages_of(text)]
    assert paths == [("材料",), ("材料", "申请人应当提交")]


def test_a_lead_is_never_cut_off_from_its_first_item() -> None:
    text = f"第五条　{SENTENCE * 7}有下列情形的除外：\n（一）{ITEM * 4}\n（二）{ITEM * 4}"
    for passage in passages_of(text):
        assert not passage.text.endswith("：")


def test_a_paragraph_after_the_items_is_the_next_one() -> None:
    text = f"第七条　{LEAD}：\n{items(5)}\n{SENTENCE * 9}"
    assert [p.path for p in passages_of(text)] == [
        ("第七条第一款第（一）项至第（五）项",),
        ("第七条第二款",),
    ]


def test_an_article_that_a_word_processor_styled_as_heading_keeps_its_text() -> None:
    text = "# 第一章 总则\n\n## 第一条　为了公开，制定本办法。\n\n## 第二条 适用范围\n\n全市。"
    assert [(p.path, p.text) for p in passages_of(text)] == [
        (("第一章 总则", "第一条"), "## 第一条　为了公开，制定本办法。"),
        (("第一章 总则", "第二条 适用范围"), "全市。"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "第十一条 规定的情形，适用前款。",
        "第十一条 所列情形，适用前款。",
        "第十一条关于收购的规定，适用本条。",
        "第十一条修改为：“收购者应当备案。”",
        "第十一条 第二款所称收购者，是指企业。",
        "第十一条和第十二条不适用。",
        "11.5.14.2的试验应当符合要求。",
        "11.5.14.2 的试验应当符合要求。",
        "2.5万元以下的罚款。",
        "1.5 吨以上的，应当报告。",
    ],
)
def test_a_reference_or_a_quantity_is_no_heading(line: str) -> None:
    text = f"第五条　收购者应当备案。\n{line}\n第六条　保管者应当检验。"
    assert [p.path for p in passages_of(text)] == [("第五条",), ("第六条",)]


def test_an_article_that_runs_ahead_of_the_next_in_order_is_a_reference() -> None:
    text = "第五条　甲。\n第九条 另有规定。\n第六条　乙。\n第七条　丙。\n第九条　丁。"
    assert [p.path[0] for p in passages_of(text)] == ["第五条", "第六条", "第七条", "第九条"]


def test_articles_may_be_left_out_of_an_extract() -> None:
    text = "第五条　甲。\n第九条　乙。\n第十二条　丙。"
    assert [p.path[0] for p in passages_of(text)] == ["第五条", "第九条", "第十二条"]


def test_clauses_of_a_standard_are_found_by_their_decimal_number() -> None:
    text = (
        "5 收购\n5.1 一般要求\n5.1.1 收购者应当告知价格。\n5.1.2 收购者应当检验。\n"
        "5.2 质量\n按标准检验。\n6 储存\n6.1 仓房\n仓房应当干燥。"
    )
    assert [(p.path, p.text) for p in passages_of(text)] == [
        (("5 收购", "5.1 一般要求", "5.1.1"), "5.1.1 收购者应当告知价格。"),
        (("5 收购", "5.1 一般要求", "5.1.2"), "5.1.2 收购者应当检验。"),
        (("5 收购", "5.2 质量"), "按标准检验。"),
        (("6 储存", "6.1 仓房"), "仓房应当干燥。"),
    ]


def test_parts_stand_above_chapters() -> None:
    text = "第一部分 概况\n一、职能\n管理粮食。\n第二部分 说明\n没有。"
    assert [p.path for p in passages_of(text)] == [
        ("第一部分 概况", "一、职能"),
        ("第二部分 说明",),
    ]


def test_a_line_of_dashes_makes_the_line_above_a_heading() -> None:
    text = "总则\n====\n\n正文。\n\n办理\n----\n去办。"
    assert [(p.path, p.text) for p in passages_of(text)] == [
        (("总则",), "正文。"),
        (("总则", "办理"), "去办。"),
    ]


def test_a_line_of_dashes_under_a_sentence_is_a_line() -> None:
    assert [p.path for p in passages_of("这是正文。\n----\n还是正文。")] == [()]


def test_nothing_within_a_fence_is_a_heading_or_a_table() -> None:
    text = "说明。\n\n```\n# 标题\n\n一、概况\n\n| 甲 |\n|---|\n| 1 |\n```"
    assert [p.path for p in passages_of(text)] == [()]


def test_numbering_with_and_without_marks_is_of_one_level() -> None:
    text = "## 一、概况\n\n平稳。\n\n二、收费\n\n没有收费。"
    assert [p.path for p in passages_of(text)] == [("一、概况",), ("二、收费",)]


def test_what_stands_above_the_title_of_an_official_paper_is_no_passage() -> None:
    text = "某市人民政府文件\n某政发〔2020〕5号\n\n关于印发办法的通知\n\n各镇：\n请执行。"
    [passage] = split("doc", text, title="关于印发办法的通知")
    assert passage.heading == "某市人民政府文件\n某政发〔2020〕5号\n\n关于印发办法的通知"
    assert passage.text == "各镇：\n请执行。"


def test_what_only_announces_the_next_passage_is_no_passage() -> None:
    [passage] = split(
        "doc", "关于备案的通知\n\n各镇人民政府：\n第一条　备案。", title="关于备案的通知"
    )
    assert passage.heading == "关于备案的通知\n\n各镇人民政府："
    assert passage.path == ("第一条",)


@pytest.mark.parametrize(
    ("number", "written"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")]
)
def test_numbers_are_written_as_statutes_write_them(number: int, written: str) -> None:
    assert to_chinese(number) == written
    assert to_int(written) == number


PARAGRAPH = st.integers(1, 18).map(lambda n: SENTENCE * n)
LIST = st.builds(lambda lead, n: f"{lead}：\n{items(n)}", st.just(LEAD), st.integers(1, 20))


@st.composite
def statutes(draw: st.DrawFn) -> str:
    """Chapters of articles, whose paragraphs are sentences or lists."""
    lines, number = [], 0
    for chapter in range(1, draw(st.integers(1, 3)) + 1):
        lines.append(f"第{to_chinese(chapter)}章　总　则")
        for _ in range(draw(st.integers(1, 4))):
            number += 1
            parts = draw(st.lists(st.one_of(PARAGRAPH, LIST), min_size=1, max_size=4))
            lines += [f"第{to_chinese(number)}条　{parts[0]}", *parts[1:]]
    return "\n".join(lines)


@settings(max_examples=150, deadline=None)
@given(statutes())
def test_a_statute_is_given_back_whole_by_its_passages(text: str) -> None:
    passages = passages_of(text)
    assert squeezed(joined(passages)) == squeezed(text)
    assert all(len(p.text) <= SIZE_CAP for p in passages)
    assert all(not p.text.endswith("：") for p in passages)


@settings(max_examples=150, deadline=None)
@given(statutes())
def test_every_passage_of_a_statute_names_its_chapter_and_article(text: str) -> None:
    for passage in passages_of(text):
        chapter, article, *lead = passage.path
        assert chapter.endswith("章 总则")
        assert article.startswith("第")
        assert "条" in article
        assert len(lead) <= 1
