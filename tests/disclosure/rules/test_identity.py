"""Identity numbers: the standards' specimens pass, every slip of the pen is caught, masks hide."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from inquiry_service.disclosure.rules import identity

IDENTITY_NUMBERS = ("11010519491231002X", "440524188001010014")
"""The specimens of GB 11643-1999."""
CREDIT_CODE = "91350100M000100Y43"
"""The specimen that is quoted for GB 32100-2015."""
MASKS: tuple[Callable[[str], str], ...] = (
    identity.masked_identity_number,
    identity.masked_credit_code,
    identity.masked_proof,
    identity.masked_phone,
)


@pytest.mark.parametrize("number", IDENTITY_NUMBERS)
def test_the_specimens_of_the_identity_number_pass(number: str) -> None:
    assert identity.is_resident_identity_number(number)


def test_the_specimen_of_the_credit_code_passes() -> None:
    assert identity.is_credit_code(CREDIT_CODE)


@pytest.mark.parametrize("number", IDENTITY_NUMBERS)
def test_every_single_wrong_digit_of_an_identity_number_is_caught(number: str) -> None:
    for place in range(18):
        for digit in "0123456789X":
            wrong = number[:place] + digit + number[place + 1 :]
            assert wrong == number or not identity.is_resident_identity_number(wrong)


@pytest.mark.parametrize("number", IDENTITY_NUMBERS)
def test_every_swap_of_neighbours_in_an_identity_number_is_caught(number: str) -> None:
    for wrong in swaps(number):
        assert not identity.is_resident_identity_number(wrong)


def swaps(text: str) -> list[str]:
    exchanged = (
        text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(len(text) - 1)
    )
    return [other for other in exchanged if other != text]


@st.composite
def identity_numbers(draw: st.DrawFn) -> str:
    """Any number that the scheme makes: region, birthday, order, and the digit that fits."""
    region = draw(st.integers(110000, 659999))
    born = draw(st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 1, 1)))
    start = f"{region}{born:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return next(
        start + last for last in "0123456789X" if identity.is_resident_identity_number(start + last)
    )


@st.composite
def credit_codes(draw: st.DrawFn) -> str:
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    front, back = st.text(signs, min_size=2, max_size=2), st.text(signs, min_size=9, max_size=9)
    start = f"{draw(front)}{draw(st.integers(0, 999999)):06}{draw(back)}"
    return next(start + last for last in signs if identity.is_credit_code(start + last))


@given(identity_numbers(), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_no_identity_number_passes_with_one_wrong_digit(
    number: str, place: int, digit: str
) -> None:
    assume(number[place] != digit)
    assert not identity.is_resident_identity_number(number[:place] + digit + number[place + 1 :])


@given(identity_numbers())
def test_no_identity_number_passes_with_two_neighbours_swapped(number: str) -> None:
    assert not any(identity.is_resident_identity_number(wrong) for wrong in swaps(number))


@given(credit_codes(), st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_no_credit_code_passes_with_one_wrong_sign(code: str, place: int, sign: str) -> None:
    assume(code[place] != sign)
    assert not identity.is_credit_code(code[:place] + sign + code[place + 1 :])


@given(credit_codes())
def test_no_credit_code_passes_with_two_neighbours_swapped(code: str) -> None:
    assert not any(identity.is_credit_code(wrong) for wrong in swaps(code))


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105194912310021",
        "110105491231002",
        "11010519490231002X",
        " 11010519491231002X",
        "11010519491231002X\n",
    ],
)
def test_what_only_looks_like_an_identity_number_is_refused(wrong: str) -> None:
    assert not identity.is_resident_identity_number(wrong)


def test_masks_show_as_little_as_tells_two_people_apart() -> None:
    assert identity.masked_identity_number("11010519491231002X") == "110*************2X"
    assert identity.masked_credit_code(CREDIT_CODE) == "913*************43"
    assert identity.masked_proof("E12345678") == "E******78"
    assert identity.masked_phone("13800000000") == "138******00"
    assert identity.masked_email("applicant@example.com") == "a********@example.com"


def test_an_address_for_mail_without_a_domain_is_masked_like_any_proof() -> None:
    assert identity.masked_email("applicant") == "a******nt"
    assert identity.masked_email("a@example.com") == "*@example.com"
    assert identity.masked_email("") == ""


@given(st.text())
def test_at_least_half_of_anything_is_hidden(text: str) -> None:
    for mask in MASKS:
        shown = mask(text)
        assert len(shown) == len(text)
        hidden = sum(1 for sign in shown if sign == "*")
        assert hidden * 2 >= len(text)


@given(st.text(st.characters(codec="ascii", exclude_characters="*"), min_size=1))
def test_nothing_is_shown_whole(text: str) -> None:
    assert all(mask(text) != text for mask in (*MASKS, identity.masked_email))
