"""What is doubtful about a split text is told with its line, and nothing is told of good texts."""

from datetime import date
from pathlib import Path

from inquiry_service.knowledge.checking import check_library
from inquiry_service.knowledge.document import Document, Kind, Provenance, Validity
from inquiry_service.knowledge.library import library_of
from inquiry_service.knowledge.splitting import doubts_of, split

REPORT = Path(__file__).parents[2] / "knowledge" / "reports" / "annual-report-2017.txt"


def doubts(text: str) -> list[str]:
    return [str(doubt) for doubt in doubts_of(text, split("doc", text))]


def warnings(provenance: Provenance, text: str = "第一条　收购者应当向县级备案。") -> list[str]:
    document = Document(provenance, text, split(provenance.document_id, text))
    return [f.message for f in check_library(library_of([document]), today=date(2026, 11, 22))]


def test_a_good_text_is_beyond_doubt() -> None:
    assert doubts("第一条　甲。\n第二条　乙。\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |") == []
    assert doubts(REPORT.read_text(encoding="utf-8")) == []


def test_a_reference_that_was_no_heading_is_shown() -> None:
    assert doubts("第五条　甲。\n第十一条规定的情形除外。\n第六条　乙。") == [
        "第 2 行：“第十一条规定的情形除外。”按正文里的引用处理，不作标题"
    ]
    assert "11.5.14.2的试验" in doubts("5.1 甲\n乙。\n5.2 丙\n11.5.14.2的试验应当合格。")[0]


def test_articles_that_are_missing_are_shown() -> None:
    assert doubts("第一条　甲。\n第四条　乙。") == ["第 2 行：第1条之后是第4条，中间的没有找到"]


def test_a_table_without_its_line_of_dashes_is_shown_once() -> None:
    [told] = doubts("说明。\n| 甲 | 乙 |\n| 1 | 2 |\n| 3 | 4 |")
    assert told.startswith("第 2 行：像表格，但缺少表头")


def test_a_long_text_without_headings_is_shown() -> None:
    assert doubts("收购者应当备案。\n\n" * 300)[0].startswith("全文没有认出标题")


def test_a_sentence_that_had_to_be_broken_is_shown() -> None:
    assert doubts("字" * 500) == ["句子太长，在“…字字字字字字字字”之后断开"]


def test_illegible_characters_are_shown() -> None:
    assert doubts("收购者应当\ufffd案。") == ["第 1 行：有认不出的字（�），请对照原件"]


def test_the_same_doubt_is_told_a_few_times_only() -> None:
    told = doubts("\n".join(f"第{n}条　甲。" for n in range(1, 40, 3)))
    assert len(told) == 6
    assert told[-1] == "同样的情况还有 7 处"


def test_days_that_contradict_one_another_are_a_finding() -> None:
    told = Provenance(
        "a",
        "收购办法",
        Kind.POLICY,
        document_number="某政发〔2010〕3号",
        made=date(2023, 5, 6),
        published=date(2023, 5, 1),
    )
    assert warnings(told) == [
        "发布日期 2023-05-01 早于成文日期 2023-05-06，请核对",
        "文号的年份 2010 与成文日期 2023-05-06 对不上，请核对",
    ]


def test_a_repealed_text_that_is_marked_in_force_is_a_finding() -> None:
    told = Provenance("a", "收购办法", Kind.POLICY, repealed_by=("某政发〔2023〕1号", "gone"))
    assert warnings(told) == [
        "写了 repealed_by，却仍标为有效，请改 validity 或补 expires",
        "repealed_by 指向的 gone 不存在",
    ]
    marked = Provenance("a", "收购办法", Kind.POLICY, validity=Validity.REPEALED, replaces=("a",))
    assert warnings(marked) == ["replaces 指向了自己"]


def test_an_explanation_of_nothing_is_a_finding() -> None:
    assert warnings(Provenance("a", "收购解读", Kind.EXPLANATION)) == [
        "没有找到它解读的政策，请用 explains 写明政策的 id"
    ]


def test_what_is_serious_in_splitting_is_a_finding() -> None:
    told = warnings(Provenance("a", "收购办法", Kind.POLICY), "时限如下。\n| 甲 | 乙 |\n| 1 | 2 |")
    assert told == ["第 2 行：像表格，但缺少表头下面的“| --- |”行，没有按表格切分"]
