"""How documents are named, and what they are good for asking."""

from dataclasses import replace
from datetime import date

from inquiry_service.knowledge.document import Kind, Provenance
from inquiry_service.web.listing import (
    KIND_LABELS,
    cited_as,
    date_of,
    starters,
)

REPORT = Provenance(
    "report-2017", "2017年度工作报告", Kind.REPORT, year=2017, questions=("收到多少件",)
)
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


def test_every_kind_has_a_name() -> None:
    assert set(KIND_LABELS) == set(Kind)


def test_starters_take_turns_between_kinds_and_change_by_the_day() -> None:
    policies = [replace(NEW, questions=(question,)) for question in ("甲", "乙", "丙")]
    shown = [starters([*policies, REPORT], date(2026, 3, day), 3) for day in (1, 2, 3)]
    assert [questions[1] for questions in shown] == ["收到多少件"] * 3
    assert {questions[0] for questions in shown} == {"甲", "乙", "丙"}
    assert all(len(set(questions)) == 3 for questions in shown)
    assert starters([], date(2026, 3, 1)) == []


def test_a_starter_is_a_short_question_of_a_section_if_need_be() -> None:
    told = (("期限", "办理 期限"), ("期限", "我" + "在镇上" * 8 + "等了多久"), ("期限", "多久办好"))
    policy = replace(
        REPORT, document_id="p", kind=Kind.POLICY, questions=(), section_questions=told
    )
    assert starters([policy], date(2026, 3, 1)) == ["多久办好"]


def test_a_citation_names_issuer_number_date_and_that_it_is_a_digest() -> None:
    assert cited_as(NEW) == (
        "测试用机关《粮食补贴办法》（测商〔2020〕3号），2020-05-06，摘编，以正式文本为准"
    )
    assert cited_as(REPORT) == "《2017年度工作报告》，2017"


def test_a_list_shows_publication_before_other_days() -> None:
    in_force = replace(NEW, effective=date(2020, 6, 1))
    assert date_of(in_force) == ("发布", "2020-05-06")
    assert date_of(replace(in_force, published=None)) == ("施行", "2020-06-01")
    assert date_of(REPORT) == ("", "2017年")
