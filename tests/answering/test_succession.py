"""Which document has a newer one on the same matter."""

from dataclasses import replace
from datetime import date

import pytest

from inquiry_service.answering.succession import Succession, in_force, matter_of, standing
from inquiry_service.knowledge.document import Kind, Provenance, Validity

TODAY = date(2026, 11, 22)
OLD = Provenance("old", "2025年家电以旧换新补贴细则", Kind.POLICY, year=2025)
NEW = Provenance("new", "2026年家电以旧换新补贴细则", Kind.POLICY, year=2026)


def newer(one: Provenance, *others: Provenance) -> str | None:
    found = Succession((one, *others)).newer_than(one, TODAY)
    return found.document_id if found else None


def test_the_same_title_of_a_later_year_is_newer() -> None:
    assert newer(OLD, NEW) == "new"
    assert newer(NEW, OLD) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"region": "嘉兴市"},
        {"issuer": "桐乡市商务局"},
        {"kind": Kind.EXPLANATION},
        {"validity": Validity.REPEALED},
        {"expires": date(2026, 1, 1)},
        {"title": "2026年汽车报废更新补贴细则"},
    ],
)
def test_another_region_issuer_kind_or_title_and_what_no_longer_holds_is_not(
    changes: dict[str, object],
) -> None:
    assert newer(OLD, replace(NEW, **changes)) is None  # type: ignore[arg-type]


def test_a_report_speaks_for_its_own_year() -> None:
    reports = [
        Provenance(f"r{year}", f"{year}年度政府信息公开工作报告", Kind.REPORT, year=year)
        for year in (2017, 2018)
    ]
    assert newer(*reports) is None


@pytest.mark.parametrize(
    "link",
    [
        {"repealed_by": ("国务院令第711号",)},
        {"amended_by": ("law-new",)},
        {"repealed_by": ("《新条例》",)},
    ],
)
def test_what_a_text_names_as_its_successor_is(link: dict[str, tuple[str, ...]]) -> None:
    law = Provenance("law-old", "旧条例", Kind.POLICY, **link)  # type: ignore[arg-type]
    number = "国务院令第711号"
    new = Provenance("law-new", "新条例", Kind.POLICY, document_number=number, year=2019)
    assert newer(law, new) == "law-new"


def test_what_says_that_it_replaces_a_text_is_newer() -> None:
    law = Provenance("law-old", "旧条例", Kind.POLICY, document_number="国务院令第492号")
    new = Provenance("law-new", "新条例", Kind.POLICY, replaces=("国务院令第492号",), year=2019)
    assert newer(law, new) == "law-new"


def test_a_day_of_expiry_that_has_passed_counts() -> None:
    lapsed = replace(NEW, expires=date(2026, 11, 21))
    assert standing(lapsed, TODAY) is Validity.EXPIRED
    assert not in_force(lapsed, TODAY)
    assert in_force(replace(lapsed, expires=TODAY), TODAY)
    assert standing(replace(NEW, validity=Validity.AMENDED), TODAY) is Validity.AMENDED


def test_years_versions_places_and_bodies_do_not_name_the_matter() -> None:
    titles = ("桐乡市商务局2025年度促消费办法（试行）", "桐乡市商务局2026年度促消费办法")
    assert len({matter_of(title) for title in titles}) == 1
