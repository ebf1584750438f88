"""Which documents fit, and how they are named."""

from dataclasses import replace
from datetime import date

import pytest

from inquiry_service.errors import BadInput
from inquiry_service.knowledge.document import Kind, Provenance
from inquiry_service.web.listing import (
    KIND_LABELS,
    Filter,
    cited_as,
    grouped,
    starters,
    topics_of,
    years_of,
)

REPORT = Provenance(
    "report-2017", "2017年度工作报告", Kind.REPORT, year=2017, questions=("收到多少件",)
)
OLD = Provenance("policy-old", "旧办法", Kind.POLICY, published=date(2015, 3, 1), topic="粮食")
NEW = Provenance(
    "policy-new",
    "粮食补贴办法",
    Kind.POLICY,
    issuer="测试用机关",
    document_number="测商〔2020〕3号",
    published=date(2020, 5, 6),
    topic="粮食",
    digest=True,
    questions=("补贴多少", "Who"),
)
ALL = [REPORT, OLD, NEW]


def kept(*, kind: str = "", topic: str = "", year: str = "", query: str = "") -> list[str]:
    wanted = Filter.read(kind=kind, topic=topic, year=year, query=query)
    return [d.document_id for d in ALL if wanted.keeps(d)]


def test_without_conditions_everything_is_kept() -> None:
    assert kept() == ["report-2017", "policy-old", "policy-new"]


def test_each_condition_narrows() -> None:
    assert kept(kind="policy") == ["policy-old", "policy-new"]
    assert kept(topic="粮食", year="2015") == ["policy-old"]
    assert kept(year="2017") == ["report-2017"]
    assert kept(query="〔2020〕3号") == ["policy-new"]


def test_all_words_must_occur_in_any_case() -> None:
    assert kept(query="补贴 who") == ["policy-new"]
    assert kept(query="补贴 报告") == []


@pytest.mark.parametrize(
    ("given", "field"),
    [({"kind": "novel"}, "kind"), ({"year": "二〇一七"}, "year"), ({"year": "20170"}, "year")],
)
def test_what_cannot_be_a_condition_is_named(given: dict[str, str], field: str) -> None:
    with pytest.raises(BadInput) as fault:
        kept(**given)
    assert [p.field for p in fault.value.problems] == [field]


def test_groups_follow_the_page_and_begin_with_the_newest() -> None:
    shown = [(group.label, [d.document_id for d in group.documents]) for group in grouped(ALL)]
    assert shown == [("政策文件", ["policy-new", "policy-old"]), ("年度报告", ["report-2017"])]


def test_every_kind_has_a_name() -> None:
    assert set(KIND_LABELS) == set(Kind)


def test_conditions_on_offer_come_from_the_documents() -> None:
    assert (topics_of(ALL), years_of(ALL)) == (["粮食"], [2020, 2017, 2015])


def test_starters_take_turns_between_kinds_and_change_by_the_day() -> None:
    policies = [replace(NEW, questions=(question,)) for question in ("甲", "乙", "丙")]
    shown = [starters([*policies, REPORT], date(2026, 3, day), 3) for day in (1, 2, 3)]
    assert [questions[1] for questions in shown] == ["收到多少件"] * 3
    assert {questions[0] for questions in shown} == {"甲", "乙", "丙"}
    assert all(len(set(questions)) == 3 for questions in shown)
    assert starters([], date(2026, 3, 1)) == []


def test_a_citation_names_issuer_number_date_and_that_it_is_a_digest() -> None:
    assert cited_as(NEW) == (
        "测试用机关《粮食补贴办法》（测商〔2020〕3号），2020-05-06，摘编，以正式文本为准"
    )
    assert cited_as(REPORT) == "《2017年度工作报告》，2017"
