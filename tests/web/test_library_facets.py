"""Counting what further conditions would leave, and what stands in whose place."""

from dataclasses import replace
from datetime import date

from inquiry_service.answering.succession import Succession
from inquiry_service.knowledge.document import Kind, Provenance, Validity
from inquiry_service.web.library_catalogue import Catalogue, Entry
from inquiry_service.web.library_facets import conditions_of, sift
from inquiry_service.web.library_filter import Filter

TODAY = date(2026, 3, 2)
OLD = Provenance(
    "policy-old",
    "旧办法",
    Kind.POLICY,
    document_number="测商〔2015〕3号",
    published=date(2015, 3, 1),
    topic="粮食",
    validity=Validity.REPEALED,
    repealed_by=("测商〔2020〕3号", "《没有公开的办法》"),
)
NEW = Provenance(
    "policy-new",
    "粮食补贴办法",
    Kind.POLICY,
    issuer="测试用机关",
    document_number="测商〔2020〕3号",
    published=date(2020, 5, 6),
    topic="粮食",
)
NEWEST = replace(
    NEW,
    document_id="policy-newest",
    title="粮食补贴新办法",
    document_number="测商〔2025〕9号",
    published=date(2025, 1, 1),
    replaces=("《粮食补贴办法》",),
)
REPORT = Provenance("report-2017", "2017年度工作报告", Kind.REPORT, year=2017)
ENTRIES = tuple(Entry.of(document, TODAY) for document in (OLD, NEW, NEWEST, REPORT))
CATALOGUE = Catalogue(
    "v",
    TODAY,
    ENTRIES,
    {e.document.document_id: e for e in ENTRIES},
    lambda: Succession([OLD, NEW, NEWEST, REPORT]),
)


def counted(wanted: Filter, name: str) -> dict[str, int]:
    _, facets = sift(ENTRIES, wanted)
    return {
        choice.label: choice.count
        for facet in facets
        if facet.name == name
        for choice in facet.choices
    }


def test_every_value_is_counted_once() -> None:
    assert counted(Filter(), "kind") == {"政策文件": 3, "年度报告": 1}
    assert counted(Filter(), "year") == {"2025年": 1, "2020年": 1, "2017年": 1, "2015年": 1}
    assert counted(Filter(), "validity") == {"现行有效": 3, "已废止": 1}


def test_a_facet_disregards_its_own_condition_only() -> None:
    wanted = Filter(kind=Kind.POLICY, validity=Validity.IN_FORCE)
    assert counted(wanted, "kind") == {"政策文件": 2, "年度报告": 1}
    assert counted(wanted, "validity") == {"现行有效": 2, "已废止": 1}
    assert counted(wanted, "year") == {"2025年": 1, "2020年": 1}


def test_a_chosen_value_is_shown_even_when_nothing_has_it_and_can_be_taken_back() -> None:
    kept, facets = sift(ENTRIES, Filter(year=1999))
    [year] = [facet for facet in facets if facet.name == "year"]
    chosen = {choice.label: choice.address for choice in year.choices if choice.chosen}
    assert (kept, chosen) == ([], {"1999年": "/documents"})


def test_each_condition_says_how_to_take_it_back() -> None:
    listed = conditions_of(Filter("补贴", kind=Kind.POLICY, year=2020))
    assert [(one.label, one.address) for one in listed] == [
        ("含有“补贴”", "/documents?kind=policy&year=2020"),
        ("类别：政策文件", "/documents?q=%E8%A1%A5%E8%B4%B4&year=2020"),
        ("年份：2020年", "/documents?q=%E8%A1%A5%E8%B4%B4&kind=policy"),
    ]


def test_the_newest_stand_first_and_those_without_a_day_at_the_end_of_their_year() -> None:
    undated = Entry.of(replace(REPORT, document_id="r", year=2020), TODAY)
    ordered = sorted([*ENTRIES, undated], key=lambda entry: entry.newest_first)
    assert [entry.document.document_id for entry in ordered] == [
        "policy-newest",
        "policy-new",
        "r",
        "report-2017",
        "policy-old",
    ]


def test_a_text_whose_time_has_run_out_is_listed_as_expired() -> None:
    ending = replace(NEW, expires=date(2026, 3, 1))
    assert Entry.of(ending, TODAY).validity is Validity.EXPIRED
    assert Entry.of(replace(OLD, expires=date(2016, 1, 1)), TODAY).validity is Validity.REPEALED


def test_what_took_the_place_of_a_text_is_told_from_both_sides() -> None:
    assert CATALOGUE.newer(OLD) == [("测商〔2020〕3号", NEW), ("《没有公开的办法》", None)]
    assert CATALOGUE.newer(NEW) == [("粮食补贴新办法", NEWEST)]
    assert CATALOGUE.newer(NEWEST) == []


def test_a_document_is_known_by_id_title_and_number_in_any_brackets() -> None:
    for name in ("policy-new", "粮食补贴办法", "《粮食补贴办法》", "测商[2020]3号"):
        assert CATALOGUE.named(name) == NEW
    assert CATALOGUE.named("测商〔2020〕33号") is None


def test_a_topic_or_issuer_that_nothing_has_is_named() -> None:
    problems = CATALOGUE.unknown_in(Filter(topic="天文", issuer="测试用机关"))
    assert [(p.field, p.message) for p in problems] == [("topic", "没有“天文”这个主题")]
