"""What a list shows of the passage that was found: one line that reads like a sentence."""

import pytest

from inquiry_service.knowledge.document import Passage
from inquiry_service.web.library_finding import readable


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        (
            "**备案**内容如下。\n\n变更的，应当及时备案。",
            (),
            "备案内容如下。变更的，应当及时备案。",
        ),
        ("- 营业执照\n- 申请表", (), "营业执照 申请表"),
        ("Grain 2024\nreport", (), "Grain 2024 report"),
        ("| 批发 | 备案 |", ("环节 | 管理方式",), "环节：批发；管理方式：备案"),
    ],
)
def test_a_passage_is_one_line_without_marks(text: str, path: tuple[str, ...], line: str) -> None:
    assert readable(Passage("p", "d", 0, path, text)) == line
