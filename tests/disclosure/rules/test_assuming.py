"""Histories written on the command line: what is allowed, and what is said otherwise."""

from datetime import date

import pytest

from inquiry_service.disclosure.rules.assuming import assume, parse_event
from inquiry_service.disclosure.rules.events import (
    AgencyAnswered,
    AgencyConsulted,
    CorrectedRequestReceived,
    CorrectionAsked,
    DeadlineExtended,
    Event,
    FeeNoticed,
    FeePaid,
    ReceiptConfirmed,
    ThirdPartyAnswered,
    ThirdPartyConsulted,
)
from inquiry_service.errors import BadInput

MARCH_2, MARCH_9, MARCH_16 = date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16)


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (
            "correction:2026-03-09..2026-03-16",
            (CorrectionAsked(MARCH_9), CorrectedRequestReceived(MARCH_16)),
        ),
        (
            "third_party: 2026-03-09 .. 2026-03-16",
            (ThirdPartyConsulted(MARCH_9), ThirdPartyAnswered(MARCH_16)),
        ),
        (
            "agency:2026-03-09..2026-03-16",
            (AgencyConsulted(MARCH_9), AgencyAnswered(MARCH_16)),
        ),
        ("extension:20", (DeadlineExtended(20),)),
        ("fee:2026-03-09..2026-03-16", (FeeNoticed(MARCH_9), FeePaid(MARCH_16))),
    ],
)
def test_each_kind_stands_for_its_events(text: str, events: tuple[Event, ...]) -> None:
    assert parse_event(text) == events


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("holiday:2026-03-09..2026-03-16", "不认识的事项 holiday"),
        ("correction", "应写成"),
        ("correction:2026-03-09", "应写成"),
        ("agency:2026-03-09..2026-02-30", "应写成"),
        ("agency:2026-03-16..2026-03-09", "结束日期早于开始日期"),
        ("agency:9999-12-31..9999-12-31", "不在可计算的范围内"),
        ("extension:0", "1至20个工作日"),
        ("extension:21", "1至20个工作日"),
        ("extension:²", "1至20个工作日"),
        ("extension:ten", "1至20个工作日"),
    ],
)
def test_what_cannot_be_read_is_answered_with_what_to_write(text: str, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        parse_event(text)


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["extension:5", "extension:5"], "只能延长一次"),
        (
            ["correction:2026-03-03..2026-03-04", "correction:2026-03-09..2026-03-16"],
            "一次性告知",
        ),
        (["agency:2026-02-27..2026-03-09"], "早于收到申请之日"),
    ],
)
def test_a_history_that_the_law_does_not_allow_is_refused(texts: list[str], told: str) -> None:
    with pytest.raises(BadInput, match=told):
        assume(MARCH_2, texts)


def test_a_receipt_day_that_cannot_be_counted_from_is_refused() -> None:
    with pytest.raises(BadInput, match="范围"):
        assume(date(9999, 12, 31), [])


def test_events_happen_in_the_order_of_their_days_however_they_are_written() -> None:
    texts = ["extension:5", "agency:2026-03-16..2026-03-17", "correction:2026-03-09..2026-03-16"]
    assert assume(MARCH_2, texts) == assume(MARCH_2, texts[::-1])
    assert assume(MARCH_2, texts) == (
        ReceiptConfirmed(MARCH_2, "假定"),
        CorrectionAsked(MARCH_9),
        CorrectedRequestReceived(MARCH_16),
        AgencyConsulted(MARCH_16),
        AgencyAnswered(date(2026, 3, 17)),
        DeadlineExtended(5),
    )
