"""Checking tells a clerk what to put right, file by file."""

from dataclasses import replace
from datetime import date

import pytest

from inquiry_service.knowledge.checking import check_library
from inquiry_service.knowledge.document import Document, Kind, Passage, Provenance, Validity
from inquiry_service.knowledge.library import Finding, library_of
from inquiry_service.knowledge.splitting import split

TODAY = date(2026, 11, 22)
POLICY = Provenance("policy", "粮食流通管理办法", Kind.POLICY)
BODY = "粮食收购企业应当向县级部门备案。"


def document(provenance: Provenance, text: str = BODY) -> Document:
    return Document(provenance, text, split(provenance.document_id, text))


def told(*provenances: Provenance, today: date | None = TODAY) -> list[tuple[str, str]]:
    library = library_of([document(provenance) for provenance in provenances])
    return [(f.severity, f.message) for f in check_library(library, today=today)]


def test_a_sound_document_has_no_findings() -> None:
    sound = replace(
        POLICY,
        document_number="国务院令第740号",
        published=date(2021, 2, 15),
        effective=date(2021, 4, 15),
        source="《粮食流通管理条例》",
        digest=True,
        questions=("收粮食要备案吗",),
    )
    assert told(sound) == []


@pytest.mark.parametrize(
    ("change", "severity", "said"),
    [
        ({"digest": True, "questions": ("问",)}, "error", "摘编要写明 source"),
        ({"digest": True, "source": "某条例"}, "warning", "摘编没有写 questions"),
        ({"kind": Kind.CARD}, "error", "要在 questions 里写出"),
        ({"kind": Kind.ANSWERED_REQUEST}, "error", "要在 questions 里写出"),
        (
            {
                "effective": date(2021, 4, 15),
                "expires": date(2020, 1, 1),
                "validity": Validity.EXPIRED,
            },
            "error",
            "失效日期 2020-01-01 早于",
        ),
        (
            {
                "published": date(2021, 4, 15),
                "expires": date(2020, 1, 1),
                "validity": Validity.REPEALED,
            },
            "error",
            "失效日期 2020-01-01 早于",
        ),
        ({"expires": date(2026, 11, 21)}, "warning", "已于 2026-11-21 失效，但仍标为有效"),
        ({"effective": date(2026, 11, 23)}, "warning", "2026-11-23 才施行"),
        ({"published": date(2026, 11, 23)}, "error", "发布日期 2026-11-23 还没有到"),
        ({"kind": Kind.REPORT, "year": 2027}, "error", "报告的年份 2027 还没有到"),
        ({"explains": "nothing"}, "error", "explains 指向的 nothing 不存在"),
        ({"explains": "policy"}, "error", "explains 指向了自己"),
        ({"document_number": "52号文"}, "warning", "文号“52号文”的写法认不出"),
    ],
)
def test_one_fault_is_one_finding(change: dict[str, object], severity: str, said: str) -> None:
    [(found, message)] = told(replace(POLICY, **change))  # type: ignore[arg-type]
    assert (found, said in message) == (severity, True)


@pytest.mark.parametrize(
    "change",
    [
        {"expires": TODAY},
        {"expires": date(2026, 1, 1), "validity": Validity.EXPIRED},
        {"effective": TODAY},
        {"published": TODAY},
        {"kind": Kind.REPORT, "year": 2026},
        {"year": 2027},
    ],
)
def test_the_edges_are_no_faults(change: dict[str, object]) -> None:
    assert told(replace(POLICY, **change)) == []  # type: ignore[arg-type]


def test_without_a_day_nothing_is_said_about_the_present() -> None:
    future = replace(POLICY, published=date(2999, 1, 1), effective=date(2999, 1, 1))
    assert told(future, replace(POLICY, document_id="x", title="乙"), today=None) == []


def test_two_documents_of_one_title_are_told_apart_by_nobody() -> None:
    twin = replace(POLICY, document_id="policy-2")
    assert told(POLICY, twin) == [("warning", "标题与 policy 相同，读者分不清，请改标题")]


def test_a_document_cannot_answer_a_question_and_not_answer_it() -> None:
    both = replace(POLICY, questions=("收粮食要备案吗",), not_questions=("收粮食要备案吗",))
    [(severity, message)] = told(both)
    assert severity == "error"
    assert "收粮食要备案吗" in message


def test_one_question_cannot_lead_to_two_documents() -> None:
    one = replace(POLICY, questions=("收粮食要备案吗",))
    other = replace(one, document_id="other", title="另一份")
    assert told(one, other) == [("warning", "问法“收粮食要备案吗”与 policy 重复，请只留一处")]


def test_an_explanation_points_to_a_policy_not_to_another_explanation() -> None:
    first = Provenance("e1", "解读一", Kind.EXPLANATION, explains="policy")
    second = Provenance("e2", "解读二", Kind.EXPLANATION, explains="e1")
    [(severity, message)] = told(POLICY, first, second)
    assert severity == "warning"
    assert "也是解读" in message


def test_a_text_of_a_few_characters_is_doubted() -> None:
    library = library_of([document(POLICY, "略。")])
    assert [f.message for f in check_library(library)] == ["正文不足 10 个字，请确认内容完整"]


def test_headings_as_long_as_a_text_are_doubted() -> None:
    passage = Passage("p", "policy", 0, (), BODY, heading="标题" * 300)
    library = library_of([Document(POLICY, BODY, (passage,))])
    [finding] = check_library(library)
    assert "标题过长" in finding.message


def test_findings_of_reading_come_first_and_files_are_named() -> None:
    bad = replace(POLICY, digest=True, questions=("问",))
    seen = Finding("x.md", "error", "没有正文")
    library = library_of([document(bad)], findings=[seen], origins={"policy": "policies/p.md"})
    first, second = check_library(library)
    assert first == seen
    assert (second.where, second.severity) == ("policies/p.md", "error")


def test_a_question_for_a_section_that_is_not_there_is_an_error() -> None:
    asked = replace(POLICY, section_questions=(("谁办", "找谁"), ("没有的标题", "几天")))
    library = library_of([document(asked, f"# 粮食流通管理办法\n\n## 谁办\n\n{BODY}")])

    told = [(f.severity, f.message) for f in check_library(library, today=TODAY)]

    assert told == [("error", "section_questions 里的“没有的标题”不是文中的标题，请照原文改正")]
