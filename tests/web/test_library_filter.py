"""One address for one state of the list, and what cannot be a condition."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.knowledge.document import Kind, Validity
from inquiry_service.web.library_filter import Filter, Sort, read_filter

FULL = Filter("粮食 收购", Kind.POLICY, "粮食", 2021, "测试用机关", Validity.REPEALED, Sort.DATE, 3)


def read(address: str) -> Filter:
    wanted, problems = read_filter(dict(parse_qsl(urlsplit(address).query)))
    assert problems == ()
    return wanted


def test_nothing_wanted_is_the_plain_address() -> None:
    assert Filter().address() == "/documents"
    assert read_filter({"q": " ", "kind": "", "year": "", "page": ""}) == (Filter(), ())


def test_conditions_stand_in_the_address_in_a_fixed_order() -> None:
    assert Filter(kind=Kind.POLICY, year=2021).address() == "/documents?kind=policy&year=2021"
    assert read(FULL.address()) == FULL


words = st.text(alphabet="粮食收购abc 〔〕&=?#%+", max_size=20).map(lambda t: " ".join(t.split()))


@given(
    st.builds(
        Filter,
        query=words.filter(lambda t: not t or any(c.isalnum() for c in t)),
        kind=st.none() | st.sampled_from(Kind),
        topic=st.none() | words.filter(bool),
        year=st.none() | st.integers(1000, 9999),
        validity=st.none() | st.sampled_from(Validity),
        sort=st.none() | st.sampled_from(Sort),
        page=st.integers(1, 99),
    )
)
def test_an_address_gives_back_what_it_was_made_from(wanted: Filter) -> None:
    assert read(wanted.address()) == wanted


def test_another_condition_begins_at_the_first_page() -> None:
    assert FULL.with_("year", 2020).page == 1
    assert FULL.without("topic") == Filter(
        "粮食 收购", Kind.POLICY, None, 2021, "测试用机关", Validity.REPEALED, Sort.DATE
    )


def test_relevance_needs_something_to_be_relevant_to() -> None:
    assert Filter(sort=Sort.RELEVANCE).order is Sort.DATE
    assert Filter("粮食").order is Sort.RELEVANCE
    assert Filter("粮食", sort=Sort.DATE).order is Sort.DATE


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "novel"),
        ("validity", "maybe"),
        ("sort", "colour"),
        ("year", "二〇一七"),
        ("year", "20170"),
        ("page", "0"),
        ("page", "-1"),
        ("page", "9" * 30),
        ("page", "last"),
        ("q", "长" * 101),
        ("q", "？？"),
        ("topic", "长" * 101),
        ("issuer", "长" * 101),
    ],
)
def test_what_cannot_be_a_condition_is_named_and_the_rest_is_kept(name: str, value: str) -> None:
    wanted, problems = read_filter({"kind": "policy", "topic": "粮食"} | {name: value})
    assert [problem.field for problem in problems] == [name]
    assert wanted == Filter(
        kind=None if name == "kind" else Kind.POLICY, topic=None if name == "topic" else "粮食"
    )
