"""Notices at the desk: one's own list, and the outbox that administrators look after."""

from dataclasses import replace

import pytest

from desk_house import LOGINS, Clerk, assembled, signed_in
from html_forms import Page
from inquiry_service.desk import DeskParts
from inquiry_service.notify import Medium, Notice, PostOffice, deliver_due
from inquiry_service.notify.carrier import InDoubt, Refused
from inquiry_service.staff import Role
from post_twins import MORNING, ScriptedCarrier, committed, email, post_office, sms

HERE = "/desk/notices"


@pytest.fixture
def carrier() -> ScriptedCarrier:
    """Refuses the first notice, and hangs up over the second."""
    return ScriptedCarrier([Refused("550 unknown"), InDoubt("Timeout")])


@pytest.fixture
def desk_parts(desk_parts: DeskParts, carrier: ScriptedCarrier) -> DeskParts:
    """With an outbox that has a carrier for mail and none for text messages."""
    office = desk_parts.office
    post = post_office(office.database, office.clock, {Medium.EMAIL: carrier})
    return replace(desk_parts, office=replace(office, post=post))


@pytest.fixture
def post(desk_parts: DeskParts) -> PostOffice:
    assert desk_parts.office.post is not None
    return desk_parts.office.post


def listed(key: str, role: Role, text: str, *, urgent: bool = False) -> Notice:
    return Notice(key, Medium.IN_APP, LOGINS[role], "期限提醒", text, urgent)


def test_the_clock_of_these_tests_lets_notices_leave(desk_parts: DeskParts) -> None:
    assert desk_parts.office.clock() == MORNING


def test_ones_own_notices_are_listed_and_counted_on_every_page(
    desk_parts: DeskParts, post: PostOffice
) -> None:
    committed(
        post,
        listed("one", Role.CLERK, "YSQ-2026-00001 还有3个工作日到期。"),
        listed("two", Role.CLERK, "YSQ-2026-00002 今天到期。", urgent=True),
        listed("three", Role.HEAD, "只给负责人看的通知"),
    )
    clerk = signed_in(assembled(desk_parts), Role.CLERK)
    page = clerk.page(HERE)
    assert "2 条未读" in page.words
    assert page.words.index("今天到期") < page.words.index("还有3个工作日")
    assert "只给负责人看" not in page.words
    assert "/desk/requests/YSQ-2026-00002" in page.links
    for path in (HERE, "/desk/calendar", "/desk"):
        assert "通知（2）" in clerk.page(path).words, path


def test_what_is_read_leaves_the_list(desk_parts: DeskParts, post: PostOffice) -> None:
    committed(post, *(listed(f"n{n}", Role.CLERK, f"第{n}条内容") for n in range(3)))
    clerk = signed_in(assembled(desk_parts), Role.CLERK)
    everything, first, *_ = (f for f in clerk.page(HERE).forms if f.action == f"{HERE}/read")
    answer = clerk.client.post(f"{HERE}/read", data=first.fields)
    assert (answer.status_code, answer.headers["location"]) == (303, HERE)
    assert "第0条内容" not in clerk.page(HERE).words
    ids = {"notice": ["1", "2", "3"]}
    assert clerk.client.post(f"{HERE}/read", data=everything.fields | ids).status_code == 303
    assert "没有未读的通知" in clerk.page(HERE).words


def test_nobody_marks_what_is_for_somebody_else(desk_parts: DeskParts, post: PostOffice) -> None:
    committed(post, listed("one", Role.HEAD, "给负责人的内容"))
    app = assembled(desk_parts)
    clerk, head = signed_in(app, Role.CLERK), signed_in(app, Role.HEAD)
    sent = {"csrf": clerk.csrf, "notice": "1"}
    assert clerk.client.post(f"{HERE}/read", data=sent).status_code == 404
    assert "给负责人的内容" in head.page(HERE).words
    for odd in ("0", "-1", "9" * 30, "一"):
        answer = clerk.client.post(f"{HERE}/read", data=sent | {"notice": odd})
        assert answer.status_code == 422


def test_the_outbox_is_for_administrators_with_recipients_masked(
    desk_parts: DeskParts, post: PostOffice
) -> None:
    committed(post, email("refused"), email("doubtful"), sms("waits"))
    deliver_due(post)
    page = signed_in(assembled(desk_parts)).page(HERE)
    for said in (
        "要人决定的 1",
        "没有送出",
        "550 unknown",
        "试过 1 次（Timeout）",
        "s***@example.cn",
        "等待发送的",
        "138****0000",
        "没有配置短信的发送方式",
    ):
        assert said in page.words, said
    assert "someone@example.cn" not in page.words
    assert "13800000000" not in page.words
    for role in (Role.CLERK, Role.REVIEWER, Role.HEAD):
        words = signed_in(assembled(desk_parts), role).page(HERE).words
        assert "550 unknown" not in words


def decide(admin: Clerk, decision: str) -> str:
    form = next(f for f in admin.page(HERE).forms if f.action == f"{HERE}/decide")
    fields = form.fields | {"decision": decision}
    answer = admin.client.post(f"{HERE}/decide", data=fields)
    assert answer.status_code == 303
    again = admin.client.post(f"{HERE}/decide", data=fields)
    assert again.status_code == 409
    assert "已经处理过" in Page(again.text).words
    return admin.page(answer.headers["location"]).words


def test_a_person_decides_once_to_send_again_or_to_leave_it(
    desk_parts: DeskParts, post: PostOffice, carrier: ScriptedCarrier
) -> None:
    committed(post, email("refused"))
    deliver_due(post)
    admin = signed_in(assembled(desk_parts))
    assert "已重新放入发送队列" in decide(admin, "resend")
    deliver_due(post)
    assert len(carrier.handed) == 2
    committed(post, email("other"))


def test_what_is_settled_is_not_sent_again(
    desk_parts: DeskParts, post: PostOffice, carrier: ScriptedCarrier
) -> None:
    committed(post, email("refused"))
    deliver_due(post)
    words = decide(signed_in(assembled(desk_parts)), "settle")
    assert "已记为不再发送" in words
    assert "没有失败或者不确定的通知" in words
    deliver_due(post)
    assert len(carrier.handed) == 1


def test_only_administrators_decide_and_only_what_is_offered(
    desk_parts: DeskParts, post: PostOffice
) -> None:
    committed(post, email("refused"))
    deliver_due(post)
    for role, decision, status in (
        (Role.HEAD, "settle", 403),
        (Role.ADMINISTRATOR, "burn", 404),
        (Role.ADMINISTRATOR, "", 404),
    ):
        member = signed_in(assembled(desk_parts), role)
        sent = {"csrf": member.csrf, "notice": "1", "decision": decision}
        assert member.client.post(f"{HERE}/decide", data=sent).status_code == status


def test_without_an_outbox_the_page_is_empty(desk_parts: DeskParts) -> None:
    parts = replace(desk_parts, office=replace(desk_parts.office, post=None))
    assert "没有未读的通知" in signed_in(assembled(parts)).page(HERE).words
