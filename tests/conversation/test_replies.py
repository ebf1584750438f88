"""Parts of a reply, and their plain-text forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.conversation.replies import (
    Choices,
    Citation,
    Link,
    Option,
    Reply,
    Text,
    from_json,
    plain,
    to_json,
)

words = st.text(max_size=20)
parts = st.one_of(
    st.builds(Text, words),
    st.builds(Citation, words, words, words, words, words),
    st.builds(Choices, words, st.lists(st.builds(Option, words, words)).map(tuple)),
    st.builds(Link, words, words),
)


@given(st.lists(parts).map(tuple))
def test_parts_are_read_back_as_they_were_written(replies: tuple[Reply, ...]) -> None:
    assert from_json(to_json(replies)) == replies


@pytest.mark.parametrize(
    "part",
    [
        {},
        {"kind": "video", "url": "x"},
        {"kind": "text"},
        {"kind": "text", "text": 5},
        {"kind": "text", "text": "x", "more": "y"},
        {"kind": "choices", "prompt": "x"},
        {"kind": "choices", "prompt": "x", "options": [{"label": "x"}]},
        {"kind": "choices", "prompt": "x", "options": 5},
        {"kind": ["text"], "text": "x"},
        "text",
        5,
    ],
)
def test_what_is_no_part_is_refused(part: object) -> None:
    with pytest.raises(ValueError, match=r"not a reply part|dictionary update"):
        from_json([part])  # type: ignore[list-item]


def test_every_part_can_be_read_as_plain_text() -> None:
    replies = (
        Text("查到："),
        Citation("五件", "《报告》", "/documents/a", note="摘编"),
        Choices("哪一种？", (Option("纸质", "a"), Option("电子", "b"))),
        Link("申请", "/requests/new"),
    )
    assert plain(replies) == (
        "查到：\n\n“五件”\n——《报告》\n（摘编）\n/documents/a\n\n"
        "哪一种？\n1. 纸质\n2. 电子\n\n申请：/requests/new"
    )
