"""What can be sent, and what is refused before it is kept."""

import pytest

from inquiry_service.notify import Medium, Notice, problems_of
from inquiry_service.notify.notice import LONGEST_SMS, masked
from post_twins import email, sms


@pytest.mark.parametrize(
    "notice",
    [
        email("YSQ-2026-00001/答复/邮件"),
        email("k", "first.last+tag@mail.example.gov.cn"),
        email("k", subject="关于𠮷某某申请的答复", text="第一行\r\n第二行\t完"),
        sms("k"),
        sms("k", "+8613800000000"),
        Notice("k", Medium.IN_APP, "desk", "", "有一件申请今天到期。"),
    ],
)
def test_ordinary_notices_are_taken(notice: Notice) -> None:
    assert problems_of(notice) == []


@pytest.mark.parametrize(
    ("notice", "field"),
    [
        (email("k", ""), "to"),
        (email("k", "someone"), "to"),
        (email("k", "a@example.cn\r\nBcc: b@example.cn"), "to"),
        (email("k", "a@example.cn\n"), "to"),
        (email("k", "a@example.cn,b@example.cn"), "to"),
        (email("k", "某人@example.cn"), "to"),
        (email("k", "<a@example.cn>"), "to"),
        (email("k", "a" * 250 + "@example.cn"), "to"),
        (email("k", subject="标题\nBcc: b@example.cn"), "subject"),
        (email("k", subject="标题\u2028下一行"), "subject"),
        (email("k", subject=" "), "subject"),
        (email("k", subject="长" * 201), "subject"),
        (email("k", text=" \n"), "text"),
        (email("k", text="长" * 100_001), "text"),
        (email("k", text="零\x00字节"), "text"),
        (email("k", text="半个字符\ud800"), "text"),
        (email(""), "key"),
        (email("a key"), "key"),
        (email("k" * 201), "key"),
        (sms("k", ""), "to"),
        (sms("k", "057300000000"), "to"),
        (sms("k", "138 0000 0000"), "to"),
        (sms("k", text="长" * (LONGEST_SMS + 1)), "text"),
        (Notice("k", Medium.IN_APP, "a@example.cn", "", "正文"), "to"),
    ],
)
def test_what_cannot_be_sent_is_refused_by_field(notice: Notice, field: str) -> None:
    assert [problem.field for problem in problems_of(notice)] == [field]


def test_every_problem_is_told_at_once() -> None:
    told = problems_of(email("", "", subject="", text=""))
    assert [problem.field for problem in told] == ["key", "to", "subject", "text"]
    assert all(problem.message.endswith("。") for problem in told)


def test_a_notice_in_a_log_shows_neither_recipient_nor_text() -> None:
    shown = repr(email("k", "someone@example.cn", text="张某某的申请"))
    assert "someone" not in shown
    assert "张某某" not in shown


@pytest.mark.parametrize(
    ("medium", "to", "shown"),
    [
        (Medium.EMAIL, "someone@example.cn", "s***@example.cn"),
        (Medium.SMS, "13812345678", "138****5678"),
        (Medium.SMS, "+8613812345678", "+86138****5678"),
        (Medium.IN_APP, "desk", "desk"),
    ],
)
def test_a_recipient_is_shown_masked(medium: Medium, to: str, shown: str) -> None:
    assert masked(medium, to) == shown
