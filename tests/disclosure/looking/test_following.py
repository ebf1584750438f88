"""Following: plain words for whoever has number and code, nothing at all for anybody else."""

from datetime import UTC, date, datetime, timedelta

import pytest

from inquiry_service.disclosure import (
    Application,
    DisclosureOffice,
    Filed,
    file_request,
    follow_request,
)
from inquiry_service.disclosure.looking.following import WRONG_CODES_ALLOWED
from inquiry_service.errors import NotFound, TooManyAttempts
from inquiry_service.moments import FrozenClock
from procedure_house import reply

WRONG_CODE = "ZZZZ-ZZZ9"


@pytest.fixture
def filed(office: DisclosureOffice, application: Application) -> Filed:
    return file_request(office, application, submission_key="one")


def test_an_open_request_tells_what_happened_and_by_when_it_is_answered(
    office: DisclosureOffice, filed: Filed
) -> None:
    following = follow_request(office, filed.number, filed.lookup_code)
    assert following.state_label == "办理中"
    assert following.sentences == (
        "您的申请已于2026年3月2日收到，正在办理。",
        "答复期限是2026年3月30日（收到次日起第20个工作日）。",
    )
    assert [(line.day, line.text) for line in following.timeline] == [
        (date(2026, 3, 2), "提交申请"),
        (date(2026, 3, 2), "确认收到申请（系统即时回执）"),
    ]
    assert following.due == filed.due
    assert following.reply is None


def test_a_reply_is_shown_with_outcome_article_and_remedy(
    office: DisclosureOffice, filed: Filed, frozen_clock: FrozenClock
) -> None:
    frozen_clock.moment = datetime(2026, 3, 12, 2, 0, tzinfo=UTC)
    reply(office, filed.number, "REFUSE_PROCESS", reason="该文件属于过程稿。")
    following = follow_request(office, filed.number, filed.lookup_code)
    assert following.state_label == "已答复"
    assert following.sentences == ("本机关已于2026年3月12日答复您的申请。",)
    assert following.reply is not None
    assert "该文件属于过程稿。" in following.reply.text
    assert following.reply.outcome_label == "不予公开（属于四类过程性信息）"
    assert following.reply.article == "《中华人民共和国政府信息公开条例》第十六条第二款"
    assert "应当先申请行政复议" in following.reply.remedy
    assert "桐乡市人民政府" in following.reply.remedy


def test_a_date_that_is_not_settled_says_so(
    office: DisclosureOffice, application: Application, frozen_clock: FrozenClock
) -> None:
    frozen_clock.moment = datetime(2026, 12, 15, 2, 0, tzinfo=UTC)
    filed = file_request(office, application, submission_key="one")
    following = follow_request(office, filed.number, filed.lookup_code)
    assert following.provisional
    assert "暂定" in following.sentences[-1]


def test_whoever_is_kept_waiting_is_told_where_to_turn(
    office: DisclosureOffice, filed: Filed, frozen_clock: FrozenClock
) -> None:
    frozen_clock.moment = datetime(2026, 3, 30, 15, 59, tzinfo=UTC)
    assert "已过" not in "".join(_sentences(office, filed))
    frozen_clock.advance(timedelta(minutes=1))  # midnight in China
    assert "已过" in "".join(_sentences(office, filed))


def _sentences(office: DisclosureOffice, filed: Filed) -> tuple[str, ...]:
    return follow_request(office, filed.number, filed.lookup_code).sentences


def test_number_and_code_may_be_typed_carelessly(office: DisclosureOffice, filed: Filed) -> None:
    number, code = filed.number.lower().replace("-", " "), filed.lookup_code.lower()
    assert follow_request(office, f" {number} ", code.replace("-", "")).number == filed.number


@pytest.mark.parametrize("code", [WRONG_CODE, "", "nonsense", "ABCD-EFGH-JKLM"])
def test_a_wrong_code_and_an_unknown_number_read_the_same(
    office: DisclosureOffice, filed: Filed, code: str
) -> None:
    with pytest.raises(NotFound) as wrong:
        follow_request(office, filed.number, code)
    with pytest.raises(NotFound) as unknown:
        follow_request(office, "YSQ-2026-99999", filed.lookup_code)
    with pytest.raises(NotFound) as senseless:
        follow_request(office, "not a number", filed.lookup_code)
    assert wrong.value.message == unknown.value.message == senseless.value.message


def test_a_code_opens_its_own_request_only(
    office: DisclosureOffice, application: Application, filed: Filed
) -> None:
    other = file_request(office, application, submission_key="two")
    with pytest.raises(NotFound):
        follow_request(office, other.number, filed.lookup_code)


@pytest.mark.parametrize("known", [True, False])
def test_after_fifty_wrong_codes_a_number_has_to_rest_known_or_not(
    office: DisclosureOffice, filed: Filed, frozen_clock: FrozenClock, known: bool
) -> None:
    number = filed.number if known else "YSQ-2026-99999"
    for _ in range(WRONG_CODES_ALLOWED):
        frozen_clock.advance(timedelta(seconds=10))
        with pytest.raises(NotFound):
            follow_request(office, number, WRONG_CODE)
    with pytest.raises(TooManyAttempts) as caught:
        follow_request(office, number, WRONG_CODE)
    assert caught.value.retry_after == 15 * 60 - 49 * 10
    frozen_clock.advance(timedelta(seconds=caught.value.retry_after))
    with pytest.raises(NotFound):
        follow_request(office, number, WRONG_CODE)


def test_no_stranger_can_lock_the_applicant_out(office: DisclosureOffice, filed: Filed) -> None:
    for _ in range(WRONG_CODES_ALLOWED + 5):
        with pytest.raises((NotFound, TooManyAttempts)):
            follow_request(office, filed.number, WRONG_CODE)
    assert follow_request(office, filed.number, filed.lookup_code).number == filed.number


def test_one_number_resting_leaves_the_others_open(
    office: DisclosureOffice, application: Application, filed: Filed
) -> None:
    other = file_request(office, application, submission_key="two")
    for _ in range(WRONG_CODES_ALLOWED):
        with pytest.raises(NotFound):
            follow_request(office, other.number, WRONG_CODE)
    with pytest.raises(NotFound):
        follow_request(office, filed.number, WRONG_CODE)


def test_a_code_copied_out_with_blanks_between_its_letters_opens_too(
    office: DisclosureOffice, filed: Filed
) -> None:
    spaced = " ".join(filed.lookup_code.replace("-", "").lower())
    assert follow_request(office, filed.number, spaced).number == filed.number
