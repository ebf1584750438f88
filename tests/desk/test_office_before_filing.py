"""What became of those who were shown published answers: numbers and one bar."""

from datetime import timedelta
from itertools import pairwise

from desk_house import Clerk, assembled, signed_in
from inquiry_service.desk import DeskParts
from inquiry_service.desk.office_before_filing import BAR, bar_of
from inquiry_service.disclosure import DisclosureOffice
from inquiry_service.disclosure.procedure.before_filing import (
    BeforeFiling,
    answers_shown,
    confirmed_answered,
)
from inquiry_service.moments import FrozenClock

HERE = "/desk/before-filing"


def test_nothing_shown_is_said_without_a_bar(clerk: Clerk) -> None:
    assert "这段时间还没有人看到过相近内容" in clerk.page(HERE).words
    assert 'class="bar"' not in clerk.client.get(HERE).text


def test_the_last_thirty_days_are_counted(
    desk_parts: DeskParts, office: DisclosureOffice, frozen_clock: FrozenClock
) -> None:
    answers_shown(office, "long ago", offered=1)
    frozen_clock.advance(timedelta(days=31))
    for form in ("one", "two", "three", "four"):
        answers_shown(office, form, offered=2)
    confirmed_answered(office, "one")
    frozen_clock.advance(timedelta(hours=3))
    answers_shown(office, "five", offered=1)
    words = signed_in(assembled(desk_parts)).page(HERE).words
    for said in (
        "共 5 人次",
        "已公开的内容答复了 1 20%",
        "看过后离开 3 60%",
        "仍然提交申请 0 0%",
        "还在填写 1 20%",
    ):
        assert said in words, said


def test_the_parts_of_the_bar_fill_it_side_by_side() -> None:
    parts = bar_of(BeforeFiling(answered=1, filed=2, left=3, undecided=0))
    assert sum(part.width for part in parts) == BAR
    for one, following in pairwise(parts):
        assert one.at + one.width == following.at
    assert {part.width for part in bar_of(BeforeFiling(0, 0, 0, 0))} == {0.0}
