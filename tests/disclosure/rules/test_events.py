"""Events: a closed list that is written down and read back without loss."""

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.disclosure.rules.events import (
    EVENT_TYPES,
    AgencyConsulted,
    Event,
    ReceiptConfirmed,
)
from inquiry_service.disclosure.rules.recorded import Recorded, from_text, to_text
from inquiry_service.storage.chain import first_broken, link

FACTS: dict[object, st.SearchStrategy[object]] = {
    date: st.dates(),
    date | None: st.none() | st.dates(),
    bool: st.booleans(),
    str: st.text(max_size=20),
    int: st.integers(1, 20),
    tuple[str, ...]: st.lists(st.text(max_size=5), max_size=3).map(tuple),
}


@st.composite
def events(draw: st.DrawFn) -> Event:
    kind = draw(st.sampled_from(sorted(EVENT_TYPES.values(), key=lambda kind: kind.__name__)))
    facts: dict[str, Any] = {f.name: draw(FACTS[f.type]) for f in fields(kind)}
    return kind(**facts)


@given(events(), st.integers(1, 99), st.datetimes(timezones=st.just(UTC)), st.text(max_size=10))
def test_every_event_is_read_back_as_it_was_written(
    event: Event, sequence: int, at: datetime, actor: str
) -> None:
    recorded = Recorded("YSQ-2026-00001", sequence, at, actor, event)
    assert from_text(sequence, to_text(recorded)) == recorded


def test_the_written_form_stays_as_it_is() -> None:
    event = ReceiptConfirmed(date(2026, 3, 2), "系统即时回执")
    at = datetime(2026, 3, 2, 9, 0, tzinfo=timezone(timedelta(hours=8))).astimezone(UTC)
    assert to_text(Recorded("YSQ-2026-00001", 2, at, "system", event)) == (
        '{"actor": "system", "at": "2026-03-02T01:00:00+00:00", "facts": {"how": "系统即时回执", '
        '"received": "2026-03-02"}, "name": "ReceiptConfirmed", "number": "YSQ-2026-00001"}'
    )


def test_a_record_from_before_a_fact_was_added_is_read_and_its_chain_holds() -> None:
    """What an agency has to do with the information, and its day, were not recorded at first."""
    older = (
        '{"actor": "clerk", "at": "2026-03-09T01:00:00+00:00", "facts": {"letter": "a", '
        '"on": "2026-03-09", "party": "机关一"}, "name": "AgencyConsulted", '
        '"number": "YSQ-2026-00001"}'
    )
    event = from_text(1, older).event
    assert event == AgencyConsulted(date(2026, 3, 9), "机关一", "a", relation="", until=None)
    assert first_broken([link(1, older)]) is None


def test_a_name_that_is_not_on_the_list_is_refused() -> None:
    unknown = (
        '{"actor": "", "at": "2026-03-02T01:00:00+00:00", "facts": {}, "name": "X", "number": ""}'
    )
    with pytest.raises(ValueError, match="not an event"):
        from_text(1, unknown)


def test_facts_are_named_in_the_past_tense() -> None:
    endings = ("ed", "Sent", "Paid", "Set", "Given", "Shown", "OnSpot", "Withdrawn")
    assert all(name.endswith(endings) for name in EVENT_TYPES), sorted(EVENT_TYPES)
