"""The calendar at the desk: the year as it counts, a change looked at before it is made."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from calendar_papers import COUNTY
from desk_house import Clerk, assembled, signed_in
from html_forms import Answer, Page
from inquiry_service.calendar.book import calendar_history
from inquiry_service.desk import DeskParts
from inquiry_service.desk.office_calendar_year import year_shown
from inquiry_service.disclosure import file_request, open_case
from inquiry_service.disclosure.rules.events import DueRecomputed
from inquiry_service.disclosure.rules.request import Application
from inquiry_service.moments import FrozenClock
from inquiry_service.staff import Role

HERE = "/desk/calendar"
YEAR_2027 = """year: 2027
source: {title: 国务院办公厅关于2027年部分节假日安排的通知, number: 测试第1号}
days_off:
  - {from: 2027-01-01, to: 2027-01-03, name: 元旦}
  - {from: 2027-05-01, to: 2027-05-05, name: 劳动节}
  - {from: 2027-10-01, to: 2027-10-07, name: 国庆节}
make_up_workdays: [2027-02-06]
"""
OFF_IN_MARCH = """days_off:
  - {date: 2026-03-10, name: 本地节日, basis: 本级政府通知}
"""


@pytest.fixture
def desk_parts(desk_parts: DeskParts) -> DeskParts:
    """The office counts by the book, as in the house."""
    office = replace(desk_parts.office, calendars=desk_parts.calendar.current)
    return replace(desk_parts, office=office)


Filing = Callable[[], str]


@pytest.fixture
def filed(desk_parts: DeskParts, application: Application) -> Filing:
    keys = iter(range(100))
    return lambda: (
        file_request(desk_parts.office, application, submission_key=f"calendar-{next(keys)}").number
    )


def previewed(clerk: Clerk, text: str, **file: object) -> Answer:
    fields = clerk.page(f"{HERE}/change?what=county").form(f"{HERE}/preview").fields
    return clerk.client.post(f"{HERE}/preview", data=fields | {"text": text}, **file)  # type: ignore[arg-type]


def confirmed(clerk: Clerk, preview: Answer, reason: str = "通知已公布") -> Answer:
    fields = Page(preview.text).form(f"{HERE}/load").fields
    return clerk.client.post(f"{HERE}/load", data=fields | {"reason": reason})


def test_a_year_is_twelve_months_with_the_published_days(clerk: Clerk) -> None:
    page = clerk.page(HERE)
    assert "全年 248 个工作日" in page.words
    assert "国办发明电〔2025〕7号" in page.words
    assert "2月15日至2月23日 春节，9 天" in page.words
    assert "2月 16 个工作日" in page.words
    html = clerk.client.get(f"{HERE}?year=2025").text
    assert html.count("<caption>") == 12
    assert "2025-09-28" in html
    assert "全年 248 个工作日" in Page(html).words


def test_each_day_looks_as_it_is_judged(desk_parts: DeskParts) -> None:
    shown = year_shown(desk_parts.calendar.current(), 2026)
    kinds = {c.day: (c.kind, c.mark) for m in shown.months for w in m.weeks for c in w if c}
    assert len(kinds) == 365
    assert kinds[date(2026, 2, 16)] == ("off", "休")
    assert kinds[date(2026, 2, 14)] == ("make-up", "班")
    assert kinds[date(2026, 3, 7)] == ("weekend", "")
    assert kinds[date(2026, 3, 9)] == ("work", "")
    assert all(len(week) == 7 for month in shown.months for week in month.weeks)


def test_a_year_that_is_missing_says_what_that_means(
    clerk: Clerk, filed: Filing, frozen_clock: FrozenClock, desk_parts: DeskParts
) -> None:
    assert "现在没有办理中的申请受影响" in clerk.page(f"{HERE}?year=2027").words
    frozen_clock.advance(timedelta(days=288))  # 15 December 2026
    number = filed()
    words = signed_in(assembled(desk_parts)).page(f"{HERE}?year=2027").words
    for said in ("还没有载入", "暂按周末推算", "1 件办理中的申请期限是暂定的", number, "？"):
        assert said in words


@pytest.mark.parametrize("year", ["", "99999", "abc", "-1", "²", "9" * 5000])
def test_an_odd_year_in_the_address_shows_this_one(clerk: Clerk, year: str) -> None:
    assert "2026年工作日历" in clerk.page(f"{HERE}?year={year}").words


def test_a_change_is_previewed_with_days_and_requests_and_nothing_happens_yet(
    clerk: Clerk, filed: Filing, desk_parts: DeskParts
) -> None:
    number = filed()
    answer = previewed(clerk, OFF_IN_MARCH)
    assert answer.status_code == 200
    words = Page(answer.text).words
    for said in ("还没有生效", "变化的日子：1 天", "2026-03-10", "本地节日（地方规定）放假"):
        assert said in words
    assert f"{number} 2026-03-30 → 2026-03-31" in words
    assert calendar_history(desk_parts.calendar) == ()


def test_a_confirmed_change_moves_due_dates_and_is_kept_with_its_reason(
    clerk: Clerk, filed: Filing, desk_parts: DeskParts
) -> None:
    number = filed()
    answer = confirmed(clerk, previewed(clerk, OFF_IN_MARCH), "本级政府放假通知")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{HERE}?year=2026&loaded=1")
    page = clerk.page(answer.headers["location"])
    for said in ("1 件办理中的申请受影响", "本级政府放假通知", "desk-one 载入", "本地节日"):
        assert said in page.words
    case = open_case(desk_parts.office, number)
    moved = case.history[-1]
    assert moved.event == DueRecomputed(date(2026, 3, 30), date(2026, 3, 31), "本地放假更新")
    assert moved.actor == "desk-one"
    assert case.due is not None
    assert case.due.due == date(2026, 3, 31)


def test_a_new_year_makes_a_provisional_date_certain(
    clerk: Clerk, filed: Filing, frozen_clock: FrozenClock, desk_parts: DeskParts
) -> None:
    frozen_clock.advance(timedelta(days=288))
    filed()
    later = signed_in(assembled(desk_parts))
    preview = previewed(later, YEAR_2027)
    words = Page(preview.text).words
    for said in ("2027年共", "不再是暂定", "没有名称含“春节”的放假"):
        assert said in words
    assert confirmed(later, preview).headers["location"] == f"{HERE}?year=2027&loaded=1"
    assert "还没有载入" not in later.page(f"{HERE}?year=2027").words


def test_a_file_stands_in_place_of_the_text(clerk: Clerk) -> None:
    file = {"file": ("2027.yaml", YEAR_2027.encode("utf-8-sig"), "application/yaml")}
    words = Page(previewed(clerk, "", files=file).text).words
    assert "预览：2027年放假安排" in words
    wrong = previewed(clerk, "", files={"file": ("2027.yaml", b"\xff\xfe\x00", "text/plain")})
    assert wrong.status_code == 422
    assert "不是 UTF-8 编码的文本" in Page(wrong.text).words


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "应当恰好包含"),
        ("days_off: 十月", "days_off 应当是列表"),
        (YEAR_2027.replace("2027-02-06", "2027-02-08"), "不是周六或周日"),
        ("days_off: []\n", "与现行的相同"),
    ],
)
def test_a_doubtful_text_is_shown_again_with_what_is_wrong(
    clerk: Clerk, desk_parts: DeskParts, text: str, message: str
) -> None:
    answer = previewed(clerk, text)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert message in page.texts["text-error"]
    assert page.form(f"{HERE}/preview").fields["text"] == text
    assert calendar_history(desk_parts.calendar) == ()


def test_without_a_reason_nothing_is_loaded(clerk: Clerk, desk_parts: DeskParts) -> None:
    answer = confirmed(clerk, previewed(clerk, OFF_IN_MARCH), " ")
    assert answer.status_code == 422
    page = Page(answer.text)
    assert "原因" in page.texts["reason-error"]
    assert page.form(f"{HERE}/load").fields["text"] == OFF_IN_MARCH
    assert calendar_history(desk_parts.calendar) == ()


def test_what_changed_since_the_preview_is_previewed_again(
    clerk: Clerk, desk_parts: DeskParts
) -> None:
    old = previewed(clerk, OFF_IN_MARCH)
    confirmed(clerk, previewed(clerk, YEAR_2027))
    answer = confirmed(clerk, old)
    assert answer.status_code == 409
    assert "有人载入了别的更改" in Page(answer.text).words
    assert confirmed(clerk, answer).status_code == 303
    assert len(calendar_history(desk_parts.calendar)) == 2


def test_confirming_twice_loads_once(clerk: Clerk, desk_parts: DeskParts) -> None:
    preview = previewed(clerk, OFF_IN_MARCH)
    first, second = confirmed(clerk, preview), confirmed(clerk, preview)
    assert (first.status_code, second.status_code) == (303, 422)
    assert "与现行的相同" in Page(second.text).words
    assert len(calendar_history(desk_parts.calendar)) == 1


def test_what_is_in_force_is_there_to_be_edited(clerk: Clerk) -> None:
    def text(what: str) -> str:
        return clerk.page(f"{HERE}/change?what={what}").form(f"{HERE}/preview").fields["text"]

    assert "国办发明电〔2025〕7号" in text("2026")
    assert text("2027").startswith("year: 2027\n")
    assert text("nonsense").startswith("year: 2027\n")
    unfilled = previewed(clerk, text("2027"))
    assert "应当写明依据的通知" in Page(unfilled.text).texts["text-error"]
    assert text("county") == "days_off: []\nmake_up_workdays: []\n"
    confirmed(clerk, previewed(clerk, COUNTY))
    assert text("county") == COUNTY
    preview = Page(previewed(clerk, OFF_IN_MARCH).text).form(f"{HERE}/load")
    back = clerk.client.post(f"{HERE}/edit", data=preview.fields)
    assert Page(back.text).form(f"{HERE}/preview").fields["text"] == OFF_IN_MARCH


def test_only_who_may_administer_or_approve_changes_the_calendar(desk_parts: DeskParts) -> None:
    for role, status in ((Role.CLERK, 403), (Role.REVIEWER, 403), (Role.HEAD, 200)):
        member = signed_in(assembled(desk_parts), role)
        page = member.page(HERE)
        offered = any(link.startswith(f"{HERE}/change") for link in page.links)
        assert offered == (status == 200)
        assert member.client.get(f"{HERE}/change").status_code == status
        sent = {"csrf": member.csrf, "text": OFF_IN_MARCH, "reason": "一个原因", "seen": "0"}
        for step in ("preview", "load", "edit"):
            assert (member.client.post(f"{HERE}/{step}", data=sent).status_code == 403) == (
                status == 403
            )


def test_the_text_of_a_change_is_only_text(clerk: Clerk) -> None:
    text = OFF_IN_MARCH.replace("本地节日", "'<script>x</script>'")
    preview = previewed(clerk, text)
    assert "<script>x" not in preview.text
    answer = confirmed(clerk, preview)
    html = clerk.client.get(answer.headers["location"]).text
    assert "<script>x" not in html
    assert "&lt;script&gt;x" in html
