"""A question about one cell of a table's row is told that cell."""

import pytest

from answering.answering_house import TODAY
from inquiry_service.answering.cells import cell_asked
from inquiry_service.answering.question import read_question
from inquiry_service.answering.sentences import cell_text
from inquiry_service.knowledge.document import Passage

PATH = (
    "三、收到和处理政府信息公开申请情况",
    "办理结果 | 自然人 | 法人或其他组织 / 商业企业 | 总计",
)
ROW = "| （一）予以公开 | 3 | 1 | 4 |"
PASSAGE = Passage("p", "d", 0, PATH, ROW)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("2023年予以公开自然人多少件", "3"),
        ("商业企业的申请予以公开了几件", "1"),
        ("予以公开总计多少件", "4"),
        ("予以公开多少件", "4"),
        ("自然人和商业企业予以公开各多少件", "1"),
        ("自然人怎么申请", None),
        ("个人申请的予以公开了几件", "3"),
        ("公司申请的，予以公开多少件", "1"),
        ("学校申请的予以公开多少件", None),
        ("律师申请的予以公开多少件", None),
    ],
)
def test_the_cell_whose_column_is_named_is_told(question: str, value: str | None) -> None:
    cell = cell_asked(read_question(question, today=TODAY), PASSAGE, ROW)
    assert (cell.value if cell else None) == value


def test_a_cell_outside_the_quote_is_not_told() -> None:
    question = read_question("予以公开自然人多少件", today=TODAY)
    assert cell_asked(question, PASSAGE, "（一）予以公开") is None


def test_a_text_that_is_no_row_has_no_cells() -> None:
    text = Passage("p", "d", 0, ("一、概述",), "自然人3件。")
    assert cell_asked(read_question("自然人多少件", today=TODAY), text, text.text) is None


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("予以公开多少件", True),
        ("予以公开总计多少件", False),
        ("予以公开一共多少件", False),
        ("予以公开自然人多少件", False),
    ],
)
def test_a_sum_that_was_not_asked_for_is_said_to_be_one(question: str, said: bool) -> None:
    read = read_question(question, today=TODAY)
    cell = cell_asked(read, PASSAGE, ROW)
    assert cell
    assert ("各类合在一起的数" in cell_text(cell, read)) is said
