"""Hash chains: any later change to a record shows, and where."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.storage.chain import START, Link, first_broken, link


def chain_of(contents: list[str]) -> list[Link]:
    links: list[Link] = []
    for content in contents:
        previous = links[-1].hash if links else START
        links.append(link(len(links) + 1, content, previous))
    return links


@given(st.lists(st.text(max_size=20), max_size=8))
def test_a_chain_as_written_is_sound(contents: list[str]) -> None:
    assert first_broken(chain_of(contents)) is None


@given(st.lists(st.text(max_size=20), min_size=1, max_size=8), st.data())
def test_changing_one_record_breaks_the_chain_there(
    contents: list[str], data: st.DataObject
) -> None:
    links = chain_of(contents)
    place = data.draw(st.integers(0, len(links) - 1))
    links[place] = replace(links[place], content=links[place].content + "x")
    assert first_broken(links) == place + 1


@pytest.mark.parametrize(
    ("order", "broken"), [([1, 2], 1), ([0, 2], 2), ([0, 2, 1], 2), ([0, 1, 1, 2], 3)]
)
def test_leaving_out_swapping_or_repeating_records_breaks_the_chain(
    order: list[int], broken: int
) -> None:
    links = chain_of(["一", "二", "三"])
    assert first_broken([links[place] for place in order]) == broken


def test_rewriting_a_record_with_its_hash_breaks_the_next_one() -> None:
    links = chain_of(["一", "二", "三"])
    links[1] = link(2, "改", links[0].hash)
    assert first_broken(links) == 3
