"""From passages to the pieces of a page."""

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from inquiry_service.knowledge.document import Document, Kind, Passage, Provenance
from inquiry_service.web.inline import inline
from inquiry_service.web.rendering import Block, Body, Table, pieces_of

TITLE = "试行办法"


def document(*passages: tuple[str, str]) -> Document:
    """Each passage as (heading, text)."""
    return Document(
        Provenance("made-up", TITLE, Kind.POLICY),
        text="",
        passages=tuple(
            Passage(f"p{n}", "made-up", n, (), text, heading=heading)
            for n, (heading, text) in enumerate(passages)
        ),
    )


def test_the_title_is_left_to_the_page_and_headings_stand_before_their_passage() -> None:
    pieces = pieces_of(document(("# 试行办法\n\n## 标准", "每吨30元。")))
    assert pieces == [
        Block("heading", ["标准"], level=2),
        Block("paragraph", ["每吨30元。"], "p0", anchor=True),
    ]


def test_headings_without_marks_get_their_level_from_their_numbering() -> None:
    pieces = pieces_of(document(("一、概述\n（一）数量", "共5件。"), ("第三条", "收费。")))
    levels = [(p.lines[0], p.level) for p in pieces if isinstance(p, Block) and p.kind == "heading"]
    assert levels == [("一、概述", 2), ("（一）数量", 3), ("第三条", 3)]


def test_a_link_lands_on_the_first_piece_of_a_passage_only() -> None:
    pieces = pieces_of(document(("", "先说一句。\n\n- 甲\n- 乙\n\n1. 一\n2. 二")))
    assert pieces == [
        Block("paragraph", ["先说一句。"], "p0", anchor=True),
        Block("bullets", ["甲", "乙"], "p0"),
        Block("numbers", ["一", "二"], "p0"),
    ]


def test_rows_that_are_passages_stay_one_table() -> None:
    head = "| 类别 | 补贴 |\n| --- | --- |"
    pieces = pieces_of(document((head, "| 早稻 | 30元 |"), ("", "| 晚稻 | 4\\|5元 |")))
    first = Body("p0", anchor=True, rows=[["早稻", "30元"]])
    second = Body("p1", anchor=True, rows=[["晚稻", "4|5元"]])
    assert pieces == [Table(["类别", "补贴"], [first, second])]


def test_a_list_that_goes_on_in_the_next_passage_keeps_its_numbers() -> None:
    pieces = pieces_of(document(("", "1. 甲\n2. 乙"), ("", "3. 丙")))
    assert [p.start for p in pieces if isinstance(p, Block)] == [1, 3]


def test_a_line_under_an_item_belongs_to_it() -> None:
    pieces = pieces_of(document(("", "- 甲\n  还有\n- 乙")))
    assert pieces == [Block("bullets", ["甲\n还有", "乙"], "p0", anchor=True)]


def words(pieces: list[Block | Table]) -> str:
    texts: list[str] = []
    for piece in pieces:
        if isinstance(piece, Table):
            texts += piece.head + [c for b in piece.bodies for row in b.rows for c in row]
        else:
            texts += piece.lines
    return "".join("".join(texts).split())


@given(st.lists(st.text(alphabet="甲乙丙一二。，、（）abc \n", min_size=1), max_size=6))
def test_no_word_is_lost(texts: list[str]) -> None:
    shown = words(pieces_of(document(*[("", text) for text in texts])))
    assert shown == "".join("".join(texts).split())


def test_known_marks_become_markup_and_everything_else_is_text() -> None:
    line = '**重点**见`第1条`<script>和[原文](https://a.gov.cn/?a=1&b="x)'
    assert inline(line) == Markup(
        "<strong>重点</strong>见<code>第1条</code>&lt;script&gt;和"
        '<a href="https://a.gov.cn/?a=1&amp;b=&#34;x" rel="noreferrer">原文</a>'
    )


def test_a_link_that_could_run_something_stays_text() -> None:
    assert inline("[点我](javascript:alert)") == Markup("[点我](javascript:alert)")
