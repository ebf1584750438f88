"""Others are silent only when their time is over, which begins when the letter reaches them."""

from datetime import UTC, date, datetime
from typing import Literal

import pytest

from inquiry_service.disclosure import Application, DisclosureOffice, file_request, open_case
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.letters.variants import with_article
from inquiry_service.disclosure.procedure import consulting
from inquiry_service.disclosure.rules.events import AgencyConsulted
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


def silent(
    office: DisclosureOffice,
    number: str,
    received: date | None = None,
    *,
    whose: Literal["third_party", "agency"] = "third_party",
    party: str = PARTY,
) -> None:
    consulting.record_opinion(
        office,
        number,
        whose=whose,
        party=party,
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


@pytest.mark.parametrize(
    ("relation", "until", "told", "reason"),
    [
        ("co_maker", None, "算到2026-03-23；逾期未提出意见的，视为同意公开", "共同制作机关"),
        ("other", date(2026, 3, 11), "在2026-03-11前（含当日）答复；逾期不视为同意", "其他机关"),
    ],
)
def test_what_an_agency_was_asked_goes_from_its_letter_through_the_history_to_the_due_date(
    office: DisclosureOffice,
    application: Application,
    frozen_clock: FrozenClock,
    relation: str,
    until: date | None,
    told: str,
    reason: str,
) -> None:
    number = file_request(office, application, submission_key="agency").number
    register(office, number)
    kind = LetterKind.CO_MAKER_CONSULTATION
    given = with_article(kind, {"relation": relation, "until": "2026-03-11"})
    letter = send_out(office, number, kind, party="机关一", **given)
    case = open_case(office, number)
    asked = AgencyConsulted(date(2026, 3, 2), "机关一", letter, relation, until)
    assert case.history[-1].event == asked
    (awaited,) = case.awaited
    assert told in awaited.told
    frozen_clock.moment = datetime(2026, 3, 12, 1, 0, tzinfo=UTC)
    if relation == "co_maker":
        with pytest.raises(BadInput, match="按回执填写"):
            silent(office, number, whose="agency", party="机关一")
        frozen_clock.moment = datetime(2026, 3, 24, 1, 0, tzinfo=UTC)
        silent(office, number, date(2026, 3, 2), whose="agency", party="机关一")
    else:
        silent(office, number, whose="agency", party="机关一")
    after = open_case(office, number)
    assert after.awaited == ()
    assert after.due is not None
    assert f"征求{reason}意见期间" in after.due.steps[0].reason
