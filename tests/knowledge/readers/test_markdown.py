"""Markdown as people write it reaches the splitter with signs that it knows."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquiry_service.knowledge.readers import read_file
from inquiry_service.knowledge.readers.markdown import plain_markdown


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("公开指南\n====\n\n总则\n---\n正文。", "# 公开指南\n\n## 总则\n正文。"),
        ("一段正文。\n---\n二段。", "一段正文。\n---\n二段。"),
        ("甲\n乙\n---", "甲\n乙\n---"),
        ("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |", "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |"),
        ("甲\n\n---\n\n乙", "甲\n\n---\n\n乙"),
        ("```sh\n# 注释\nls\n```\n正文", "\\# 注释\nls\n正文"),
        ("~~~\n```\n# x\n~~~\n# 标题", "```\n\\# x\n# 标题"),
        ("<!-- 说明 -->正文<br>二行", "正文\n二行"),
        ("| 甲<br>乙 | <b>丙</b> |", "| 甲 乙 | 丙 |"),
        ('<p align="center">居中</p>', "\n居中\n"),
        ("a < b > c，<单位名称>", "a < b > c，<单位名称>"),
        ("&lt;略&gt;&nbsp;甲&copy;", "<略> 甲©"),
        ("<script>x = 1 < 2</script>正文", "正文"),
        ("<table><tr><td>甲</td><td>乙</td></tr></table>", "\n\n甲 乙 \n\n"),
    ],
)
def test_other_ways_of_writing_become_the_plain_one(written: str, plain: str) -> None:
    assert plain_markdown(written) == plain


@settings(derandomize=True)
@given(st.text(alphabet="甲乙#`~-=|<>!p/ \n", max_size=60))
def test_no_words_are_lost(text: str) -> None:
    kept = plain_markdown(text)
    if "<" not in text and "`" not in text and "~" not in text:
        assert [c for c in kept if c in "甲乙"] == [c for c in text if c in "甲乙"]


def test_a_heading_in_a_code_fence_is_no_heading(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# 指南\n\n命令如下：\n\n```\n# 不是标题\n```\n\n正文。\n", encoding="utf-8")
    assert {passage.path for passage in read_file(path, tmp_path).passages} == {()}
