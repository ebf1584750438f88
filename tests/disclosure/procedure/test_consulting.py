"""Others are silent only when their time is over, which begins when the letter reaches them."""

from datetime import UTC, date, datetime

import pytest

from inquiry_service.disclosure import Application, DisclosureOffice, file_request, open_case
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.procedure import consulting
from inquiry_service.errors import BadInput, StepNotAllowed
from inquiry_service.moments import FrozenClock
from procedure_house import CLERK, register, send_out, version

PARTY = "第三方一"


@pytest.fixture
def number(office: DisclosureOffice, application: Application) -> str:
    """Sent on 2 March: the fifteenth working day from then is 23 March."""
    filed = file_request(office, application, submission_key="one").number
    register(office, filed)
    send_out(office, filed, LetterKind.THIRD_PARTY_CONSULTATION, party=PARTY)
    return filed


def silent(office: DisclosureOffice, number: str, received: date | None = None) -> None:
    consulting.record_opinion(
        office,
        number,
        whose="third_party",
        party=PARTY,
        opinion="silent",
        received=received,
        by=CLERK,
        expected_version=version(office, number),
    )


def test_silence_counts_from_the_day_the_letter_arrived(
    office: DisclosureOffice, number: str, frozen_clock: FrozenClock
) -> None:
    frozen_clock.moment = datetime(2026, 3, 23, 1, 0, tzinfo=UTC)
    with pytest.raises(BadInput, match="按回执填写"):
        silent(office, number)
    with pytest.raises(StepNotAllowed, match="2026-03-23止"):
        silent(office, number, date(2026, 3, 2))
    frozen_clock.moment = datetime(2026, 3, 26, 1, 0, tzinfo=UTC)
    with pytest.raises(StepNotAllowed, match=r"2026-03-05 收到征求意见书.*2026-03-26止"):
        silent(office, number, date(2026, 3, 5))
    frozen_clock.moment = datetime(2026, 3, 27, 1, 0, tzinfo=UTC)
    silent(office, number, date(2026, 3, 5))
    assert open_case(office, number).position.consulted == frozenset()


def test_a_letter_arrives_neither_before_it_was_sent_nor_after_today(
    office: DisclosureOffice, number: str, frozen_clock: FrozenClock
) -> None:
    frozen_clock.moment = datetime(2026, 3, 27, 1, 0, tzinfo=UTC)
    for wrong in (date(2026, 3, 1), date(2026, 3, 28), date.max):
        with pytest.raises(BadInput, match="发出之日（2026-03-02）和 2026-03-27 之间"):
            silent(office, number, wrong)
