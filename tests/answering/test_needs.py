"""What a quote must tell, told from its words."""

import pytest

from inquiry_service.answering.needs import Needs, tells


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("全市共有加油站30座", True),
        ("本年度收到的申请数量为零", True),
        ("成品油零售（如加油站） | 许可", False),
    ],
)
def test_retail_is_not_a_count_of_none(text: str, told: bool) -> None:
    assert tells(text, Needs.COUNT, "座", frozenset()) is told
