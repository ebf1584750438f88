"""Retention: nothing is erased without a time set for it; then what is sealed goes, chains stay."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Table, func, select

from inquiry_service.disclosure import (
    Application,
    DisclosureOffice,
    DraftFields,
    file_request,
    follow_request,
    open_case,
    requests_for_desk,
    save_draft,
    store,
)
from inquiry_service.disclosure.attachments.store import files
from inquiry_service.disclosure.keeping.auditing import audit_case, audit_register
from inquiry_service.disclosure.keeping.exporting import export_case
from inquiry_service.disclosure.keeping.retaining import (
    erasable,
    erase_case,
    prune_unfiled,
    retention_years,
)
from inquiry_service.disclosure.keeping.retaining_store import Held
from inquiry_service.disclosure.letter_store import letters
from inquiry_service.disclosure.procedure import correcting, ending
from inquiry_service.disclosure.procedure.before_filing import answers_shown, shown
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.texts import texts
from inquiry_service.errors import BadInput, Conflict
from inquiry_service.moments import FrozenClock
from inquiry_service.notify import Medium, Notice, PostOffice, enqueue, unread
from inquiry_service.notify.store import notices
from inquiry_service.storage import metadata
from procedure_house import CLERK, HEAD, reply, version

YEARS = {Matter.REQUEST: 1}
IN_TIME = timedelta(days=365)
OVER = timedelta(days=366)

Later = Callable[[timedelta], None]


@pytest.fixture
def later(frozen_clock: FrozenClock) -> Later:
    return frozen_clock.advance


@pytest.fixture
def number(office: DisclosureOffice, application: Application) -> str:
    """Filed from a conversation on 2 March 2026, with a file and a search, answered that day."""
    filed = file_request(office, application, submission_key="one", conversation_id="talk")
    correcting.add_material(office, filed.number, "证明.txt", b"proof", by="applicant")
    reply(office, filed.number, "NOT_HELD")
    return filed.number


def rows(office: DisclosureOffice, table: Table) -> int:
    with office.database.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_without_a_setting_nothing_is_ever_erased(
    office: DisclosureOffice, number: str, later: Later
) -> None:
    later(timedelta(days=40_000))
    assert erasable(office, {}) == ()
    with pytest.raises(Conflict, match="没有设置“依申请公开”的保存年限"):
        erase_case(office, number, {})


def test_what_would_go_is_shown_on_the_first_day_after_its_time(
    office: DisclosureOffice, number: str, later: Later
) -> None:
    later(IN_TIME)
    assert erasable(office, YEARS) == ()
    later(timedelta(days=1))
    [found] = erasable(office, YEARS)
    assert (found.number, found.closed_on) == (number, date(2026, 3, 2))
    assert found.held == Held(letters=1, files=1, texts=1, conversation=True)


def test_an_erased_case_holds_nothing_of_the_applicant_and_its_chain_still_holds(
    office: DisclosureOffice, number: str, later: Later
) -> None:
    later(OVER)
    erase_case(office, number, YEARS)
    assert [rows(office, table) for table in (letters, files, texts)] == [0, 0, 0]
    case = open_case(office, number)
    assert (case.application, case.conversation_id) == (Application(), None)
    audited = audit_case(office, number)
    assert audited.erased
    assert audited.fault is None
    assert audit_register(office).holds
    assert erasable(office, YEARS) == ()


def test_nothing_that_was_said_is_left_anywhere(
    office: DisclosureOffice, number: str, later: Later
) -> None:
    later(OVER)
    erase_case(office, number, YEARS)
    with office.database.read() as connection:
        kept = [
            str(value)
            for table in metadata.sorted_tables
            for row in connection.execute(select(table))
            for value in row
        ]
    assert not [text for text in kept if "轮换" in text or "测试申请人" in text]


def test_what_tables_count_stays(office: DisclosureOffice, number: str, later: Later) -> None:
    [before] = requests_for_desk(office, replied=True)
    later(OVER)
    erase_case(office, number, YEARS)
    [after] = requests_for_desk(office, replied=True)
    assert (after.applicant_kind, after.channel, after.ended_on) == (
        before.applicant_kind,
        before.channel,
        before.ended_on,
    )
    assert after.summary == "（保管期满，内容已清理）"


def test_the_applicant_can_still_see_that_it_was_answered(
    office: DisclosureOffice, application: Application, later: Later
) -> None:
    filed = file_request(office, application, submission_key="two")
    reply(office, filed.number)
    later(OVER)
    erase_case(office, filed.number, YEARS)
    following = follow_request(office, filed.number, filed.lookup_code)
    assert following.state_label == "已答复"
    assert following.letters == ()


def test_an_erased_case_can_still_be_exported(
    office: DisclosureOffice, number: str, later: Later
) -> None:
    later(OVER)
    erase_case(office, number, YEARS)
    assert "内容已经销毁".encode() in export_case(office, number)


@pytest.mark.parametrize("years", [{Matter.SUGGESTION: 1}, {Matter.REQUEST: 2}])
def test_another_matter_or_a_longer_time_keeps_it(
    office: DisclosureOffice, number: str, later: Later, years: dict[Matter, int | None]
) -> None:
    later(OVER)
    assert erasable(office, years) == ()


def test_an_open_case_is_kept(
    office: DisclosureOffice, application: Application, later: Later
) -> None:
    file_request(office, application, submission_key="open")
    later(OVER)
    assert erasable(office, YEARS) == ()


def test_a_hold_keeps_a_case_until_it_is_lifted(
    office: DisclosureOffice, number: str, later: Later
) -> None:
    ending.hold_case(office, number, held=True, by=HEAD, expected_version=version(office, number))
    later(OVER)
    assert erasable(office, YEARS) == ()
    with pytest.raises(Conflict, match="已设为保留"):
        erase_case(office, number, YEARS)
    ending.hold_case(office, number, held=False, by=HEAD, expected_version=version(office, number))
    assert len(erasable(office, YEARS)) == 1


def test_a_pending_suit_keeps_a_case_and_its_judgement_is_the_day_of_closing(
    office: DisclosureOffice, number: str, later: Later
) -> None:
    ending.open_review(
        office,
        number,
        review="案1",
        way="suit",
        on=date(2026, 3, 2),
        by=CLERK,
        expected_version=version(office, number),
    )
    later(OVER)
    assert erasable(office, YEARS) == ()
    ending.decide_review(
        office,
        number,
        review="案1",
        result="upheld",
        on=date(2027, 3, 3),
        by=CLERK,
        expected_version=version(office, number),
    )
    assert erasable(office, YEARS) == ()
    later(timedelta(days=400))
    [found] = erasable(office, YEARS)
    assert found.closed_on == date(2027, 3, 3)


def test_notices_about_the_case_say_nothing_any_more(
    office: DisclosureOffice, number: str, later: Later
) -> None:
    post = PostOffice(office.database, office.clock, office.seals.seal, office.seals.unseal)
    with_post = replace(office, post=post)
    with office.database.begin() as connection:
        for key in (f"{number}/1/x", f"{number}0/1/x"):
            notice = Notice(key, Medium.IN_APP, "someone", "标题", "内容")
            enqueue(post, connection, notice, office.clock())
    later(OVER)
    erase_case(with_post, number, YEARS)
    assert sorted(notice.text for notice in unread(post, "someone")) == ["", "内容"]
    assert rows(office, notices) == 2


def test_expired_forms_and_what_came_before_the_last_two_reports_are_thrown_away(
    office: DisclosureOffice, later: Later
) -> None:
    save_draft(office, DraftFields("描述"))
    answers_shown(office, "form", offered=3)
    assert prune_unfiled(office).drafts == prune_unfiled(office).forms == 0
    later(timedelta(days=8))
    assert (pruned := prune_unfiled(office)).drafts == 1
    assert pruned.forms == 0
    later(timedelta(days=800))
    assert prune_unfiled(office).forms == 1
    assert (rows(office, store.drafts), rows(office, shown)) == (0, 0)


def test_years_are_read_from_one_line() -> None:
    assert retention_years("") == {}
    assert retention_years("request=10 suggestion=5") == {
        Matter.REQUEST: 10,
        Matter.SUGGESTION: 5,
    }


@pytest.mark.parametrize(
    "text",
    [
        "request",
        "request=",
        "request=x",
        "other=3",
        "request=0",
        "request=101",
        "a=1=2",
        "request=1 request=2",
        "request=-1",
        "request=１０",
    ],
)
def test_years_that_cannot_be_meant_are_refused(text: str) -> None:
    with pytest.raises(BadInput):
        retention_years(text)
