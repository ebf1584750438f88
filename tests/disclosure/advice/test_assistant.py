"""The outcome assistant: every way through it ends lawfully, and every outcome can be reached."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.disclosure.advice.assistant import STEPS, Act, Decide, Ending, Step, next_after
from inquiry_service.disclosure.rules.outcomes import OUTCOMES, outcome_of

STAGES = ["补不补", "是不是", "谁负责", "有没有", "给不给", "怎么给", "怎么答"]

OPEN = {"clear": "yes", "nature": "information", "repeat": "no", "excessive": "no"}
OURS = OPEN | {"government": "yes", "responsible": "ours"}
HELD = OURS | {"exists": "found", "published": "no"}
FREE = HELD | {"forbidden": "none", "third_party": "none", "internal": "none"}

NOT_JUDGED = {"OTHER", "FEE_UNPAID"}
"""A withdrawal and an unpaid fee are events: nobody arrives at them by judging a request."""


def ways(answers: dict[str, str]) -> Iterator[tuple[dict[str, str], Ending]]:
    found = next_after(answers)
    if isinstance(found, Ending):
        yield answers, found
        return
    assert found.key not in answers
    for choice in found.choices:
        yield from ways({**answers, found.key: choice.key})


ALL_WAYS = list(ways({}))


def ending(answers: dict[str, str]) -> Ending:
    found = next_after(answers)
    assert isinstance(found, Ending)
    return found


def asked(answers: dict[str, str]) -> str:
    found = next_after(answers)
    assert isinstance(found, Step)
    return found.key


def test_the_steps_stand_in_the_order_of_the_seven_questions() -> None:
    stages = [STAGES.index(step.stage) for step in STEPS.values()]
    assert stages == sorted(stages)
    assert set(stages) == set(range(7))
    assert next_after({}) == next(iter(STEPS.values()))


def test_every_way_ends_in_an_outcome_or_an_act_with_its_article() -> None:
    for _, end in ALL_WAYS:
        assert (end.outcome_code is None) != (end.act is None)
        if end.act is not None:
            assert (end.label, end.article) == end.act.value
            continue
        outcome = outcome_of(end.outcome_code or "")
        assert outcome is not None
        assert (end.article, end.label) == (outcome.article, outcome.label)


def test_every_way_leaves_a_readable_trail() -> None:
    for answers, end in ALL_WAYS:
        assert len(end.reasons) == len(answers)
        assert all(reason.endswith("。") for reason in end.reasons)


def test_no_way_goes_back_to_an_earlier_question() -> None:
    order = list(STEPS)
    for answers, _ in ALL_WAYS:
        places = [STAGES.index(STEPS[key].stage) for key in answers]
        assert places == sorted(places)
        assert set(answers) <= set(order)


def test_every_judged_outcome_and_every_act_can_be_reached() -> None:
    codes = {end.outcome_code for _, end in ALL_WAYS} - {None}
    assert codes == {outcome.code for outcome in OUTCOMES} - NOT_JUDGED
    assert {end.act for _, end in ALL_WAYS} - {None} == set(Act)


def test_every_step_is_asked_on_some_way() -> None:
    assert {key for answers, _ in ALL_WAYS for key in answers} == set(STEPS)


def test_steps_and_choices_are_told_apart_and_cite_an_article() -> None:
    for step in STEPS.values():
        assert "第" in step.help
        assert "条" in step.help
        assert len({choice.key for choice in step.choices}) == len(step.choices) > 1
        assert len({choice.label for choice in step.choices}) == len(step.choices)


def test_an_unclear_request_is_corrected_once_and_only_then_ended() -> None:
    assert ending({"clear": "no"}).act is Act.ASK_CORRECTION
    assert ending({"clear": "still_unclear"}).outcome_code == "STILL_UNCLEAR"


def test_what_does_not_exist_needs_a_search_on_record_first() -> None:
    not_found = OURS | {"exists": "not_found"}
    assert asked(not_found) == "search"
    assert ending(not_found | {"search": "missing"}).act is Act.RECORD_SEARCH
    recorded = ending(not_found | {"search": "recorded"})
    assert recorded.outcome_code == "NOT_HELD"
    assert "检索过程已记录在案" in recorded.reasons[-1]
    for answers, end in ALL_WAYS:
        if end.outcome_code == "NOT_HELD":
            assert answers["search"] == "recorded"


def test_nothing_is_refused_before_it_was_asked_whether_the_rest_can_be_given() -> None:
    refusals = [end for _, end in ALL_WAYS if (end.outcome_code or "").startswith("REFUSE_")]
    assert {end.outcome_code for end in refusals} == {
        o.code for o in OUTCOMES if o.code.startswith("REFUSE_")
    }
    assert all("不能作区分处理" in end.reasons[-1] for end in refusals)
    partly = HELD | {"forbidden": "state_secret", "sever_state_secret": "yes"}
    assert ending(partly).outcome_code == "PARTIAL"


def test_a_third_party_is_consulted_before_its_interests_decide() -> None:
    safe = HELD | {"forbidden": "none"}
    assert ending(safe | {"third_party": "ask"}).act is Act.CONSULT_THIRD_PARTY
    objects = safe | {"third_party": "objects", "sever_third_party": "no"}
    assert ending(objects).outcome_code == "REFUSE_THIRD_PARTY"
    assert ending(safe | {"third_party": "public_interest"}).act is Act.TELL_THIRD_PARTY


def test_what_nothing_speaks_against_is_given() -> None:
    given_out = ending(FREE | {"form": "asked", "reply": "now"})
    assert given_out.outcome_code == "GRANT_PROVIDE"
    assert given_out.article == "第三十六条第（二）项"
    assert ending(FREE | {"form": "other", "reply": "extend"}).act is Act.EXTEND


@pytest.mark.parametrize(
    "answers",
    [
        {"clear": "maybe"},
        {"no_such_step": "yes"},
        {"nature": "information"},
        OPEN | {"reply": "now"},
        {"clear": "no", "nature": "information"},
    ],
)
def test_unknown_answers_and_answers_out_of_order_are_refused(answers: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"选项|顺序"):
        next_after(answers)


@given(way=st.sampled_from(ALL_WAYS), data=st.data())
def test_the_order_in_which_answers_are_written_down_does_not_matter(
    way: tuple[dict[str, str], Ending], data: st.DataObject
) -> None:
    answers, end = way
    shuffled = dict(data.draw(st.permutations(list(answers.items()))))
    assert next_after(shuffled) == end


@given(way=st.sampled_from(ALL_WAYS), data=st.data())
def test_answers_without_the_last_ask_the_last_again(
    way: tuple[dict[str, str], Ending], data: st.DataObject
) -> None:
    answers = list(way[0].items())
    kept = data.draw(st.integers(0, len(answers) - 1))
    assert asked(dict(answers[:kept])) == answers[kept][0]


def test_the_ends_that_the_steps_name_are_outcomes_that_exist() -> None:
    ends = [choice.leads_to for step in STEPS.values() for choice in step.choices]
    codes = {end.code for end in ends if isinstance(end, Decide)}
    assert codes <= {outcome.code for outcome in OUTCOMES}
    assert {end for end in ends if isinstance(end, str)} | {"clear"} == set(STEPS)
