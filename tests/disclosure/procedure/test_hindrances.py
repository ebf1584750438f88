"""Letters that the case has overtaken: told so, not approved, not sent, and put aside on record."""

from datetime import UTC, datetime

import pytest

from inquiry_service.disclosure import (
    Application,
    DisclosureOffice,
    file_request,
    open_case,
    verify_chain,
)
from inquiry_service.disclosure.keeping.auditing import audit_case
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.letters.variants import with_article
from inquiry_service.disclosure.looking.handling import requests_for_desk
from inquiry_service.disclosure.procedure import consulting, writing
from inquiry_service.disclosure.rules.events import LetterDiscarded
from inquiry_service.errors import BadInput, StepNotAllowed
from inquiry_service.moments import FrozenClock
from procedure_house import CLERK, approve, draft, register, reply, send, send_out, version


@pytest.fixture
def number(office: DisclosureOffice, application: Application) -> str:
    filed = file_request(office, application, submission_key="one")
    register(office, filed.number)
    return filed.number


def hindrance(office: DisclosureOffice, number: str, letter: str) -> str:
    (found,) = [one for one in open_case(office, number).letters if one.letter_id == letter]
    (row,) = requests_for_desk(office)
    assert (letter in row.hindered) == bool(found.hindrance)
    return found.hindrance


def discard(office: DisclosureOffice, number: str, letter: str, because: str = "不再需要") -> None:
    writing.discard_letter(
        office, number, letter, because=because, by=CLERK, expected_version=version(office, number)
    )


def test_a_draft_whose_step_is_over_is_told_so_and_is_not_approved(
    office: DisclosureOffice, number: str
) -> None:
    second = draft(office, number, LetterKind.EXTENSION, days="5", new_due="2026-04-07")
    assert hindrance(office, number, second) == ""
    send_out(office, number, LetterKind.EXTENSION, days="5", new_due="2026-04-07")
    assert hindrance(office, number, second) == "答复期限只能延长一次（条例第三十三条第二款）"
    with pytest.raises(StepNotAllowed, match="只能延长一次"):
        approve(office, number, second)
    assert open_case(office, number).letters[0].document_number == ""


def test_what_other_words_would_help_stands_in_no_drafts_way(
    office: DisclosureOffice, number: str, frozen_clock: FrozenClock
) -> None:
    """The day that a draft names may be past, and after reasons a later day can be set (35)."""
    asking = draft(office, number, LetterKind.REASONS, until="2026-03-03")
    frozen_clock.moment = datetime(2026, 3, 4, 1, 0, tzinfo=UTC)
    assert hindrance(office, number, asking) == ""
    send_out(office, number, LetterKind.REASONS, until="2026-03-20")
    consulting.give_reasons(office, number, "研究需要")
    late = draft(office, number, LetterKind.EXTENSION, days="5", new_due="2026-04-07")
    send_out(office, number, LetterKind.EXTENSION, days="5", new_due="2026-04-07")
    assert hindrance(office, number, late) == ""
    assert "已经要求过说明理由" in hindrance(office, number, asking)


def test_an_approved_letter_is_judged_by_its_own_words(
    office: DisclosureOffice, number: str, frozen_clock: FrozenClock
) -> None:
    kind = LetterKind.CO_MAKER_CONSULTATION
    given = with_article(kind, {"relation": "other", "until": "2026-03-04"})
    letter = draft(office, number, kind, party="机关一", **given)
    approve(office, number, letter)
    frozen_clock.moment = datetime(2026, 3, 4, 1, 0, tzinfo=UTC)
    (found,) = open_case(office, number).letters
    assert found.hindrance.startswith("请对方答复的日期 2026-03-04 应晚于发出之日")
    with pytest.raises(StepNotAllowed, match="应晚于发出之日"):
        send(office, number, letter)


def test_a_discarded_letter_stays_in_the_file_with_who_why_and_its_number(
    office: DisclosureOffice, number: str
) -> None:
    with pytest.raises(BadInput) as refused:
        discard(office, number, draft(office, number, LetterKind.CORRECTION), " ")
    assert [problem.field for problem in refused.value.problems] == ["because"]
    (letter,) = [one.letter_id for one in open_case(office, number).letters]
    assert approve(office, number, letter) == "信息公开补〔2026〕1号"
    discard(office, number, letter, "申请人已经补充")
    case = open_case(office, number)
    event = case.history[-1].event
    assert isinstance(event, LetterDiscarded)
    assert case.history[-1].actor == CLERK
    (kept,) = case.letters
    assert (kept.discarded, kept.document_number) == (True, "信息公开补〔2026〕1号")
    assert [w.text for w in case.written if w.text_id == event.text] == ["申请人已经补充"]
    assert case.timeline[-1].text == "作废文书"
    with pytest.raises(StepNotAllowed, match="已经作废"):
        send(office, number, letter)
    again = draft(office, number, LetterKind.CORRECTION)
    assert approve(office, number, again) == "信息公开补〔2026〕2号"
    assert verify_chain(office, number) is None
    assert audit_case(office, number).fault is None


def test_nothing_hinders_once_the_case_has_ended(office: DisclosureOffice, number: str) -> None:
    letter = draft(office, number, LetterKind.CORRECTION)
    reply(office, number)
    (found, _) = open_case(office, number).letters
    assert (found.letter_id, found.hindrance) == (letter, "")
    discard(office, number, letter)
    assert open_case(office, number).letters[0].discarded
