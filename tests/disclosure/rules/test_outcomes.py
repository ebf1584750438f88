"""Outcomes and remedies: every row of the yearly table, and the paragraph the law demands."""

from datetime import date

import pytest

from inquiry_service.disclosure.rules.events import (
    CorrectedRequestReceived,
    CorrectionAsked,
    Event,
    FeeNoticed,
    ReasonsAsked,
    ReceiptConfirmed,
    SearchRecorded,
    ThirdPartyConsulted,
)
from inquiry_service.disclosure.rules.outcomes import (
    OUTCOMES,
    RemedyGroup,
    open_outcomes,
    outcome_of,
)
from inquiry_service.disclosure.rules.remedies import remedy_for

DAY = date(2026, 3, 2)


def remedy_text(code: str) -> str:
    outcome = outcome_of(code)
    assert outcome is not None
    return remedy_for(outcome, organ="某市人民政府", court="某市人民法院").text


def test_every_ending_row_of_the_yearly_table_has_its_outcome() -> None:
    assert sorted({outcome.row for outcome in OUTCOMES}) == list(range(3, 24))
    assert [outcome.row for outcome in OUTCOMES] == sorted(outcome.row for outcome in OUTCOMES)
    assert len({outcome.code for outcome in OUTCOMES}) == len(OUTCOMES)
    assert len({outcome.label for outcome in OUTCOMES}) == len(OUTCOMES)


def test_an_ending_without_an_article_is_marked_or_needs_none() -> None:
    without = {outcome.code for outcome in OUTCOMES if not outcome.article}
    assert without == {"CONFIRM_OR_REISSUE", "OTHER"}


def test_refusals_under_articles_14_to_16_go_to_reconsideration_first() -> None:
    first = {o.code for o in OUTCOMES if o.remedy is RemedyGroup.RECONSIDERATION_FIRST}
    refusals = {o.code for o in OUTCOMES if o.code.startswith("REFUSE_")}
    assert first == refusals | {"PARTIAL"}
    text = remedy_text("REFUSE_INTERNAL")
    assert "应当先申请行政复议" in text
    assert "六十日内向某市人民政府提出" in text
    assert "十五日内向某市人民法院提起行政诉讼" in text
    assert "六个月" not in text


def test_other_replies_may_go_either_way() -> None:
    text = remedy_text("NOT_HELD")
    assert "六十日内向某市人民政府申请行政复议" in text
    assert "六个月内向某市人民法院提起行政诉讼" in text


def test_what_courts_may_turn_away_promises_no_time_limit_and_is_marked() -> None:
    outcome = outcome_of("DUPLICATE")
    assert outcome is not None
    remedy = remedy_for(outcome, organ="某市人民政府", court="某市人民法院")
    assert remedy.unconfirmed
    assert "日内" not in remedy.text
    assert "月内" not in remedy.text


def test_a_withdrawn_request_needs_no_remedy() -> None:
    assert remedy_text("OTHER") == ""


@pytest.mark.parametrize(
    ("events", "opened"),
    [
        ([], set()),
        ([CorrectionAsked(DAY)], {"NO_CORRECTION"}),
        ([CorrectedRequestReceived(DAY)], {"STILL_UNCLEAR"}),
        ([ReasonsAsked(DAY)], {"EXCESSIVE"}),
        ([ThirdPartyConsulted(DAY)], {"REFUSE_THIRD_PARTY"}),
        ([SearchRecorded(DAY, found=False)], {"NOT_HELD"}),
        ([FeeNoticed(DAY)], {"FEE_UNPAID"}),
    ],
)
def test_some_endings_need_something_to_have_happened_first(
    events: list[Event], opened: set[str]
) -> None:
    always = {o.code for o in open_outcomes([ReceiptConfirmed(DAY, "")])}
    assert {o.code for o in open_outcomes(events)} - always == opened
    assert len(always) == len(OUTCOMES) - 6


def test_an_ending_without_an_article_is_marked_until_the_lawyer_has_settled_it() -> None:
    without = [outcome for outcome in OUTCOMES if not outcome.article]
    assert without
    assert all(outcome.unconfirmed for outcome in without)
