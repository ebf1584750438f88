"""A service entry becomes a sheet of its own words."""

from inquiry_service.knowledge.document import Document, Kind, Passage, Provenance
from inquiry_service.web.library_sheet import Field, Sheet, field_named, sheet_of
from inquiry_service.web.rendering import Block, Piece, pieces_of


def sheet(*passages: tuple[str, str]) -> Sheet | None:
    document = Document(
        Provenance("entry", "登记", Kind.CATALOGUE_ENTRY),
        text="",
        passages=tuple(
            Passage(f"p{n}", "entry", n, (), text, heading=heading)
            for n, (heading, text) in enumerate(passages)
        ),
    )
    return sheet_of(pieces_of(document))


def texts(pieces: tuple[Piece, ...]) -> list[str]:
    return [line for piece in pieces if isinstance(piece, Block) for line in piece.lines]


def told(found: Sheet | None) -> list[tuple[Field, str, list[str]]]:
    assert found is not None
    return [(row.field, row.label, texts(row.pieces)) for row in found.rows]


def test_rows_stand_in_the_order_of_the_sheet_under_the_documents_own_headings() -> None:
    found = sheet(
        ("## 依据", "某办法第二条。"),
        ("## 谁办", "县级部门。"),
        ("## 要带什么材料", "- 登记表\n- 执照"),
    )
    assert told(found) == [
        (Field.BRING, "要带什么材料", ["登记表", "执照"]),
        (Field.OFFICE, "谁办", ["县级部门。"]),
        (Field.BASIS, "依据", ["某办法第二条。"]),
    ]


def test_labelled_lines_are_rows_wherever_they_stand() -> None:
    found = sheet(
        ("", "办理时限：5个工作日\n收费标准：不收费"),
        ("## 办理地点", "二号窗口\n\n咨询电话：见公告"),
    )
    assert told(found) == [
        (Field.WHERE, "办理地点", ["二号窗口"]),
        (Field.TIME_LIMIT, "办理时限", ["5个工作日"]),
        (Field.FEE, "收费标准", ["不收费"]),
        (Field.PHONE, "咨询电话", ["见公告"]),
    ]


def test_a_label_that_only_repeats_its_heading_stays_with_the_text() -> None:
    found = sheet(("## 依据", "依据：某办法。"), ("## 期限", "三十日内。"))
    assert (Field.BASIS, "依据", ["依据：某办法。"]) in told(found)


def test_what_is_no_row_is_kept_before_or_after_with_its_heading() -> None:
    found = sheet(
        ("", "本事项长期办理。"),
        ("## 期限", "三十日内。"),
        ("## 收费", "不收费。"),
        ("## 温馨提示", "一次告知。"),
    )
    assert found is not None
    assert (texts(found.before), texts(found.after)) == (
        ["本事项长期办理。"],
        ["温馨提示", "一次告知。"],
    )


def test_a_text_with_less_than_two_rows_is_no_sheet() -> None:
    assert sheet(("", "登记已经取消。"), ("## 依据", "某办法。")) is None


def test_no_word_and_no_place_to_land_on_is_lost() -> None:
    passages = [
        ("## 流程", "1. 先填表\n2. 再盖章"),
        ("## 办理时间", "工作日\n\n法定期限：20日"),
        ("## 表", "| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |"),
    ]
    found = sheet(*passages)
    assert found is not None
    pieces = [*found.before, *(p for row in found.rows for p in row.pieces), *found.after]
    assert texts(tuple(pieces)) == ["先填表", "再盖章", "工作日", "20日", "表"]
    anchors = [p.passage_id for p in pieces if isinstance(p, Block) and p.anchor]
    assert anchors == ["p0", "p1"]
    assert pieces[-1].kind == "table"


def test_a_long_heading_or_an_ordinary_one_announces_nothing() -> None:
    assert field_named("一、办理流程") is Field.STEPS
    assert field_named("车主可以自己选回收企业") is None
    assert field_named("关于申请材料的若干问题和对几种特殊情况的说明") is None
