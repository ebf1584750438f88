"""What comes over the counter, by post or by word of mouth: taken in, counted from its day."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inquiry_service.disclosure import Application, DisclosureOffice, open_case, verify_chain
from inquiry_service.disclosure.procedure import receiving
from inquiry_service.disclosure.procedure.intake import file_for_applicant, lacking
from inquiry_service.disclosure.rules.channels import AT_ONCE, BY_STAFF, Channel
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.position import Stage
from inquiry_service.errors import BadInput, StepNotAllowed
from procedure_house import CLERK, register, version

TODAY, FRIDAY = date(2026, 3, 2), date(2026, 2, 27)
MAY_BE_MISSING = (
    "name",
    "identity_kind",
    "identity_number",
    "phone",
    "supply_form",
    "receive_by",
    "consent",
)


def take_in(
    office: DisclosureOffice,
    application: Application,
    *,
    channel: Channel = Channel.IN_PERSON,
    arrived: date = TODAY,
    key: str = "one",
    matter: Matter = Matter.REQUEST,
) -> str:
    return file_for_applicant(
        office,
        application,
        channel=channel,
        arrived=arrived,
        submission_key=key,
        by=CLERK,
        matter=matter,
    ).number


def without(application: Application, *names: str) -> Application:
    empty = {field.name: field.default for field in fields(Application)}
    return replace(application, **{name: empty[name] for name in names})  # type: ignore[arg-type]


@pytest.mark.parametrize("channel", BY_STAFF)
def test_the_day_of_receipt_follows_from_the_channel(
    office: DisclosureOffice, application: Application, channel: Channel
) -> None:
    """Handed in or signed for: that day. All else waits for confirmation (条例第三十一条)."""
    number = take_in(office, application, channel=channel, arrived=FRIDAY)
    case = open_case(office, number)
    if channel in AT_ONCE:
        assert case.position.received == FRIDAY
        assert case.due is not None
        assert case.due.received == FRIDAY
        return
    assert case.position.stage is Stage.AWAITING_RECEIPT
    assert case.due is None
    if channel is Channel.ORAL:
        receiving.confirm_read_back(office, number, by=CLERK, expected_version=case.version)
    receiving.confirm_receipt(office, number, by=CLERK, expected_version=version(office, number))
    confirmed = open_case(office, number).due
    assert confirmed is not None
    assert confirmed.received == TODAY


def test_what_was_said_aloud_is_received_after_the_read_back_only(
    office: DisclosureOffice, application: Application
) -> None:
    number = take_in(office, application, channel=Channel.ORAL)
    with pytest.raises(StepNotAllowed) as refused:
        receiving.confirm_receipt(office, number, by=CLERK, expected_version=1)
    assert refused.value.article == "条例第二十九条"
    assert open_case(office, number).version == 1


def test_receipt_is_not_confirmed_for_a_day_before_the_letter_came(
    office: DisclosureOffice, application: Application
) -> None:
    number = take_in(office, application, channel=Channel.ORDINARY_POST, arrived=FRIDAY)
    with pytest.raises(StepNotAllowed):
        receiving.confirm_receipt(
            office, number, received=date(2026, 2, 26), by=CLERK, expected_version=1
        )
    receiving.confirm_receipt(office, number, received=FRIDAY, by=CLERK, expected_version=1)


@settings(
    max_examples=120,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.sets(st.sampled_from(MAY_BE_MISSING)), st.sampled_from(BY_STAFF))
def test_paper_that_lacks_something_is_taken_in_and_what_it_lacks_is_listed(
    office: DisclosureOffice, application: Application, missing: set[str], channel: Channel
) -> None:
    """Never refused for a gap (国办公开办函〔2017〕19号), as long as somebody can be told."""
    incomplete = without(application, *missing)
    key = f"{sorted(missing)} {channel}"
    if {"name", "phone"} <= missing:
        with pytest.raises(BadInput) as refused:
            take_in(office, incomplete, channel=channel, key=key)
        assert [problem.field for problem in refused.value.problems] == ["name"]
        return
    number = take_in(office, incomplete, channel=channel, key=key)
    kept = open_case(office, number).application
    assert kept == replace(incomplete, consent=kept.consent)
    asked_for = {problem.field for problem in lacking(kept)}
    assert asked_for >= missing & {"name", "identity_number", "supply_form", "receive_by"}
    assert asked_for <= missing | {"phone", "email", "address", "identity_number"}
    assert verify_chain(office, number) is None


@pytest.mark.parametrize(
    ("changed", "fields_named"),
    [
        ({"identity_number": "110105194912310021"}, ["identity_number"]),
        ({"phone": "12"}, ["phone"]),
        ({"email": "not an address"}, ["email"]),
        ({"description": ""}, ["description"]),
        ({"applicant_kind": None}, ["applicant_kind"]),
    ],
)
def test_what_is_there_must_still_be_right(
    office: DisclosureOffice,
    application: Application,
    changed: dict[str, object],
    fields_named: list[str],
) -> None:
    wrong = replace(application, **changed)  # type: ignore[arg-type]
    with pytest.raises(BadInput) as refused:
        take_in(office, wrong)
    assert set(fields_named) <= {problem.field for problem in refused.value.problems}


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.WECHAT, Channel.API])
def test_what_people_send_themselves_is_not_typed_in_by_staff(
    office: DisclosureOffice, application: Application, channel: Channel
) -> None:
    with pytest.raises(BadInput):
        take_in(office, application, channel=channel)


def test_nothing_arrives_tomorrow(office: DisclosureOffice, application: Application) -> None:
    with pytest.raises(BadInput) as refused:
        take_in(office, application, arrived=date(2026, 3, 3))
    assert refused.value.problems[0].field == "arrived"


def test_each_matter_has_its_own_numbers_and_only_a_request_has_a_limit(
    office: DisclosureOffice, application: Application
) -> None:
    numbers = {
        matter: take_in(office, application, matter=matter, key=matter.value) for matter in Matter
    }
    assert sorted(numbers.values()) == ["GZX-2026-00001", "JYG-2026-00001", "YSQ-2026-00001"]
    for matter, number in numbers.items():
        register(office, number)
        case = open_case(office, number)
        assert case.matter is matter
        assert (case.due is not None) == (matter is Matter.REQUEST)
        assert {outcome.matter for outcome in case.outcomes} == {matter}
