"""The evidence beside a case: from the whole register, as of today."""

from dataclasses import replace
from datetime import date

import pytest

from inquiry_service.disclosure import Application, DisclosureOffice, file_request
from inquiry_service.disclosure.looking.evidence import evidence_for
from inquiry_service.disclosure.procedure.intake import file_for_applicant
from inquiry_service.disclosure.rules.channels import Channel
from inquiry_service.errors import NotFound
from procedure_house import reply


def filed(office: DisclosureOffice, application: Application, key: str, **changes: str) -> str:
    changed = replace(application, **changes)  # type: ignore[arg-type]
    return file_request(office, changed, submission_key=key).number


def test_a_repeat_counts_once_the_first_has_been_answered(
    office: DisclosureOffice, application: Application
) -> None:
    first, again = (filed(office, application, key) for key in ("one", "two"))
    assert evidence_for(office, again).repeats == ()
    reply(office, first)
    assert [found.number for found in evidence_for(office, again).repeats] == [first]


def test_others_who_ask_the_same_and_how_often_one_asks_are_told_apart(
    office: DisclosureOffice, application: Application
) -> None:
    other = filed(office, application, "one", identity_number="110105194912310038")
    filed(office, application, "two", description="2019年储备粮库点名单")
    mine = filed(office, application, "three")
    found = evidence_for(office, mine)
    assert [one.number for one in found.several.evidence] == [other]
    assert found.several.applicants == 1
    assert found.frequency.counts[30] == 2


def test_frequency_is_pointed_out_only_where_the_bureau_has_set_a_number(
    office: DisclosureOffice, application: Application
) -> None:
    filed(office, application, "one")
    number = filed(office, application, "two")
    assert evidence_for(office, number).frequency.hints == ()
    (hint,) = evidence_for(replace(office, frequent_requests=2), number).frequency.hints
    assert "30日内共提出2件" in hint
    assert "由办理人员判断" in hint


def test_two_who_gave_neither_name_nor_proof_are_not_taken_for_one(
    office: DisclosureOffice, application: Application
) -> None:
    nameless = replace(application, name="", identity_kind=None, identity_number="")
    first, second = (
        file_for_applicant(
            office,
            replace(nameless, phone=phone),
            channel=Channel.IN_PERSON,
            arrived=date(2026, 3, 2),
            submission_key=phone,
            by="clerk",
        ).number
        for phone in ("13800000001", "13800000002")
    )
    assert evidence_for(office, second).frequency.counts[30] == 1
    assert [one.number for one in evidence_for(office, second).several.evidence] == [first]


def test_what_the_description_looks_like_is_told(
    office: DisclosureOffice, application: Application
) -> None:
    number = filed(
        office, application, "one", description="请查处某粮站拖欠粮款的问题，追究有关人员责任"
    )
    assert evidence_for(office, number).sights


def test_an_unknown_number_is_not_found(office: DisclosureOffice) -> None:
    with pytest.raises(NotFound):
        evidence_for(office, "YSQ-2026-00099")
