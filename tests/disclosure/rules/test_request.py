"""The application: what article 29 asks for, said beside the field, and nothing more."""

from dataclasses import replace

import pytest

from inquiry_service.disclosure import (
    ApplicantKind,
    Application,
    IdentityKind,
    ReceiveBy,
    SupplyForm,
    application_fields,
    application_from,
    check,
)
from inquiry_service.disclosure.rules.identity import is_credit_code, is_resident_identity_number
from inquiry_service.disclosure.rules.request import choice_of, tidied

# The specimen of GB 11643, and a code made up of zeros whose check character is computed.
SPECIMEN = "11010519491231002X"
CREDIT_CODE = "91110000000000000E"


@pytest.fixture
def organisation(application: Application) -> Application:
    return replace(
        application,
        applicant_kind=ApplicantKind.BUSINESS,
        name="",
        identity_kind=None,
        identity_number="",
        organisation_name="测试用单位",
        credit_code=CREDIT_CODE,
    )


def complained(application: Application) -> list[str]:
    return [problem.field for problem in check(application)]


def test_a_complete_application_has_no_problem(
    application: Application, organisation: Application
) -> None:
    assert check(application) == ()
    assert check(organisation) == ()


def test_an_empty_form_is_told_everything_at_once() -> None:
    assert complained(Application()) == [
        "applicant_kind",
        "phone",
        "description",
        "supply_form",
        "receive_by",
        "consent",
    ]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"name": " "}, ["name"]),
        ({"identity_kind": None}, ["identity_kind"]),
        ({"identity_number": ""}, ["identity_number"]),
        ({"identity_number": "110105194912310021"}, ["identity_number"]),
        ({"identity_kind": IdentityKind.PASSPORT, "identity_number": "E0000000"}, []),
        ({"identity_kind": IdentityKind.PASSPORT, "identity_number": "护照"}, ["identity_number"]),
        ({"phone": ""}, ["phone"]),
        ({"phone": "", "email": "someone@example.org"}, []),
        ({"phone": "12345"}, ["phone"]),
        ({"phone": "0573-88000000"}, []),
        ({"email": "someone.example.org"}, ["email"]),
        ({"receive_by": ReceiveBy.POST}, ["address"]),
        ({"receive_by": ReceiveBy.EMAIL}, ["email"]),
        ({"receive_by": ReceiveBy.FAX, "phone": "", "address": "某处"}, ["phone"]),
        ({"description": "  "}, ["description"]),
        ({"description": "字" * 2000}, []),
        ({"description": "字" * 2001}, ["description"]),
        ({"supply_form": None}, ["supply_form"]),
        ({"receive_by": None}, ["receive_by"]),
        ({"period": "年" * 201}, ["period"]),
        ({"consent": False}, ["consent"]),
    ],
)
def test_each_slip_is_told_beside_its_field(
    application: Application, changes: dict[str, object], fields: list[str]
) -> None:
    assert complained(replace(application, **changes)) == fields  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"organisation_name": ""}, ["organisation_name"]),
        ({"credit_code": ""}, ["credit_code"]),
        ({"credit_code": "91110000000000000A"}, ["credit_code"]),
        ({"credit_code": CREDIT_CODE.lower()}, []),
    ],
)
def test_an_organisation_proves_itself_by_its_credit_code(
    organisation: Application, changes: dict[str, str], fields: list[str]
) -> None:
    assert complained(replace(organisation, **changes)) == fields  # type: ignore[arg-type]


def test_a_problem_says_what_is_wrong_and_what_to_do(application: Application) -> None:
    (problem,) = check(replace(application, description="字" * 2005))
    assert problem.message == "最多2000字，请删去5字。"


def test_what_this_applicant_need_not_say_is_not_kept(
    application: Application, organisation: Application
) -> None:
    person = tidied(replace(application, credit_code=CREDIT_CODE, representative="某人"))
    assert (person.credit_code, person.representative) == ("", "")
    body = tidied(replace(organisation, name="某人", identity_number=SPECIMEN))
    assert (body.name, body.identity_number) == ("", "")
    assert (person.applicant, body.applicant) == ("测试申请人", "测试用单位")


def test_full_width_and_spaces_in_numbers_are_forgiven(application: Application) -> None:
    typed = replace(
        application, identity_number="１１０１０５ 19491231 002ｘ", phone="138 0000 0000"
    )
    assert check(typed) == ()
    assert tidied(typed).identity_number == SPECIMEN


def test_an_application_survives_the_way_through_a_form(application: Application) -> None:
    assert application_from(application_fields(application)) == application


def test_a_form_may_leave_out_or_invent_anything() -> None:
    stated = {"supply_form": "stone", "consent": "on", "unknown": "x", "name": None}
    assert application_from(stated) == Application(consent=True)


def test_choices_are_known_by_value_and_by_label() -> None:
    assert choice_of(SupplyForm, "电子文档") is choice_of(SupplyForm, "electronic")
    assert choice_of(ReceiveBy, "邮寄") is ReceiveBy.POST
    assert choice_of(ReceiveBy, "") is None
    assert [kind.label for kind in ApplicantKind] == [
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
    ]


@pytest.mark.parametrize(
    "text",
    [SPECIMEN[:-1] + "1", "11010519491331002X", "01010519491231002X", "", SPECIMEN + "1"],
)
def test_an_identity_number_needs_birthday_and_check_digit(text: str) -> None:
    assert is_resident_identity_number(SPECIMEN)
    assert not is_resident_identity_number(text)


@pytest.mark.parametrize("place", range(18))
def test_any_single_slip_in_a_credit_code_is_noticed(place: int) -> None:
    slipped = "2" if CREDIT_CODE[place] != "2" else "3"
    assert is_credit_code(CREDIT_CODE)
    assert not is_credit_code(CREDIT_CODE[:place] + slipped + CREDIT_CODE[place + 1 :])
