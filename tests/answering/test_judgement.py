"""The judge: rules first, then confidence; each ending has its rule."""

from dataclasses import replace
from typing import Any

import pytest

from inquiry_service.answering.answer import Status
from inquiry_service.answering.confidence import Features, confidence_of
from inquiry_service.answering.judgement import (
    ANSWER_AT,
    Agreement,
    Evidence,
    Manner,
    judge,
    objection_to,
)

AGAINST = ("denied_share", "unknown", "untold")
SURE = Features(**{name: 1.0 for name in Features._fields if name not in AGAINST})
UNSURE = Features()
GOOD = Evidence(SURE, document_id="a")
POOR = Evidence(UNSURE, document_id="b")


def good_but(**facts: Any) -> Evidence:
    return GOOD._replace(**facts)


def test_confidence_lies_between_nothing_and_certainty() -> None:
    assert 0.0 < confidence_of(UNSURE) < ANSWER_AT < confidence_of(SURE) < 1.0


@pytest.mark.parametrize("what", ["number", "article", "year", "place", "body"])
def test_a_contradiction_is_never_outweighed_by_likeness(what: str) -> None:
    verdict = judge([good_but(**{what: Agreement.CONTRADICTS})], Manner())
    assert verdict.status is Status.UNMATCHED
    assert verdict.rule.startswith("other_")


def test_old_text_does_not_answer() -> None:
    evidence = good_but(in_force=False)
    assert objection_to(evidence) == "no_longer_in_force"
    assert judge([evidence], Manner()).rule == "no_longer_in_force"


def test_that_what_was_asked_for_is_not_told_speaks_against_a_quote() -> None:
    assert confidence_of(SURE._replace(untold=1.0)) < confidence_of(SURE)


@pytest.mark.parametrize(
    ("facts", "status", "rule"),
    [
        ({"matter": Agreement.CONTRADICTS}, Status.UNMATCHED, "matter_of_another_body"),
        (
            {"matter": Agreement.CONTRADICTS, "everyday": True},
            Status.OUT_OF_SCOPE,
            "everyday_matter",
        ),
        ({"contrast": Agreement.CONTRADICTS}, Status.UNMATCHED, "the_opposite"),
        ({"limit": Agreement.CONTRADICTS}, Status.UNMATCHED, "no_limit_told"),
    ],
)
def test_what_a_question_insists_on_is_a_rule_with_a_name(
    facts: dict[str, Any], status: Status, rule: str
) -> None:
    verdict = judge([good_but(**facts)], Manner())
    assert (verdict.status, verdict.rule) == (status, rule)


def test_a_sure_candidate_answers() -> None:
    verdict = judge([POOR, GOOD], Manner())
    assert verdict.status is Status.ANSWERED
    assert verdict.chosen == (1,)


def test_of_one_document_the_passage_answers_that_tells_what_was_asked() -> None:
    untold = good_but(features=SURE._replace(untold=1.0))
    telling = good_but(features=SURE._replace(coverage=0.0, beside_title=0.0))
    assert ANSWER_AT < confidence_of(telling.features) < confidence_of(untold.features)
    assert judge([untold, telling], Manner()).chosen == (1,)
    elsewhere = telling._replace(document_id="b")
    assert judge([untold, elsewhere], Manner()).chosen == (0,)
    unsure = good_but(features=UNSURE)
    assert judge([untold, unsure], Manner()).chosen == (0,)


def test_a_question_without_any_content_word_is_not_answered_unless_asked_here() -> None:
    bare = Manner(words=0, public_affair=False)
    assert judge([GOOD], bare).status is Status.UNMATCHED
    assert judge([GOOD], replace(bare, near=True)).status is Status.ANSWERED


def test_a_question_that_the_document_says_it_does_not_answer_is_not_answered() -> None:
    verdict = judge([good_but(denied=True)], Manner())
    assert (verdict.status, verdict.rule) == (Status.UNMATCHED, "said_not_to_answer")


def test_candidates_that_differ_in_year_ask_back_when_none_was_named() -> None:
    reports = [GOOD._replace(document_id=y, variant=y) for y in ("2017", "2018")]
    verdict = judge(reports, Manner())
    assert verdict.status is Status.CLARIFY
    assert verdict.rule == "several_years"
    assert verdict.chosen == (0, 1)


def test_a_named_year_needs_no_asking_back() -> None:
    named = GOOD._replace(document_id="2017", variant="2017", year=Agreement.AGREES)
    other = GOOD._replace(document_id="2018", variant="2018", year=Agreement.CONTRADICTS)
    assert judge([other, named], Manner()).chosen == (1,)


def test_text_of_the_year_asked_for_goes_before_text_that_names_none() -> None:
    of_the_year = GOOD._replace(document_id="report", year=Agreement.AGREES)
    verdict = judge([GOOD, of_the_year], Manner())
    assert verdict.chosen == (1,)


def test_nothing_in_common_is_out_of_scope_unless_public_or_asked_here() -> None:
    assert judge([POOR], Manner(familiar=0.0, public_affair=False)).status is Status.OUT_OF_SCOPE
    assert judge([POOR], Manner(familiar=0.0, public_affair=True)).status is Status.UNMATCHED
    near = Manner(familiar=0.0, public_affair=False, near=True)
    assert judge([POOR], near).status is Status.UNMATCHED
    familiar = Manner(familiar=1.0, public_affair=False)
    assert (
        judge([POOR], familiar).status is Status.OUT_OF_SCOPE
    )  # 五言绝句的格式: each word is known


def test_orders_to_the_machine_are_out_of_scope_however_sure() -> None:
    assert judge([GOOD], Manner(to_the_machine=True)).status is Status.OUT_OF_SCOPE


def test_a_bare_word_asks_back_among_documents() -> None:
    other = GOOD._replace(document_id="c")
    assert judge([GOOD, other], Manner(words=1)).rule == "says_too_little"
    assert judge([GOOD], Manner(words=1)).status is Status.ANSWERED


def test_no_candidate_at_all_is_unmatched() -> None:
    assert judge([], Manner()).status is Status.UNMATCHED


def rivals(what: str) -> list[Evidence]:
    """Two equally good documents of one sort that differ in one thing."""
    return [
        good_but(**{"document_id": name, "sort": "policy 补贴办法", what: name})
        for name in ("甲", "乙")
    ]


def test_documents_of_one_sort_that_differ_in_region_ask_back_when_neither_holds_at_home() -> None:
    away = [one._replace(at_home=False) for one in rivals("region")]
    assert judge(away, Manner()).rule == "several_regions"
    assert judge(rivals("region"), Manner()).status is Status.ANSWERED
    named = [one._replace(place=Agreement.AGREES) for one in away]
    assert judge(named, Manner()).status is Status.ANSWERED


def test_documents_of_one_sort_that_differ_in_body_ask_back() -> None:
    assert judge(rivals("issuer"), Manner()).rule == "several_bodies"
    other_sort = [one._replace(sort=one.document_id) for one in rivals("issuer")]
    assert judge(other_sort, Manner()).status is Status.ANSWERED


def test_who_chose_a_document_gets_its_best_quote_and_is_not_asked_back() -> None:
    chosen = Manner(words=1, chosen=True)
    other = GOOD._replace(document_id="c")
    verdict = judge([GOOD, other], chosen)
    assert (verdict.status, verdict.rule) == (Status.ANSWERED, "chosen_document")
    assert judge([POOR], chosen).status is Status.UNMATCHED
    refused = judge([good_but(year=Agreement.CONTRADICTS)], chosen)
    assert (refused.status, refused.rule) == (Status.UNMATCHED, "other_year")


def test_a_text_that_a_newer_one_replaced_does_not_answer() -> None:
    older = good_but(superseded=True)
    newer = GOOD._replace(document_id="newer")
    assert judge([older, newer], Manner()).chosen == (1,)
    assert judge([older], Manner()).rule == "a_newer_text_holds"
