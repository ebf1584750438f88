"""What stands around the text of a document: places, pages of the original, contents."""

from inquiry_service.knowledge.document import Document, Kind, Passage, Provenance
from inquiry_service.web.library_document import Text, contents_of, place_of


def passage(*path: str, number: int = 0, page: int | None = None, heading: str = "") -> Passage:
    return Passage(f"p{number}", "d", number, path, "正文。", heading=heading, page=page)


def test_a_passage_stands_in_its_article_or_else_under_its_headings() -> None:
    assert place_of(passage("第一章 总则", "第三条", "（一）")) == "第三条（一）"
    assert place_of(passage("二、主动公开", "（一）内容")) == "二、主动公开 · （一）内容"
    assert place_of(passage()) == ""


def test_the_head_of_a_table_is_no_place() -> None:
    assert place_of(passage("标准", "类别 | 每吨补贴")) == "标准"


def test_a_page_of_the_original_is_told_where_it_begins() -> None:
    pages = [None, 1, 1, 2, 2, 4]
    passages = tuple(passage(number=at, page=page) for at, page in enumerate(pages))
    text = Text.of(
        Document(Provenance("d", "办法", Kind.POLICY), "", passages), "https://a.example"
    )
    assert text.new_pages == {"p1": 1, "p3": 2, "p5": 4}
    assert text.address == "https://a.example/documents/d"


def test_contents_need_length_and_sections() -> None:
    headed = tuple(passage(number=n, heading=f"## 第{n}章") for n in range(5))
    provenance = Provenance("d", "办法", Kind.POLICY)
    long, short = (Document(provenance, "长" * count, headed) for count in (2000, 1000))
    pieces = Text.of(long, "").pieces
    assert [s.title for s in contents_of(long, pieces)] == [f"第{n}章" for n in range(5)]
    assert contents_of(short, pieces) == ()
    assert contents_of(long, pieces[:5]) == ()
