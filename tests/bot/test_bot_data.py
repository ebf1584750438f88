"""The bot's files agree with one another and with the service, without starting Rasa."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from inquiry_service.actions.registry import ACTIONS
from inquiry_service.disclosure.rules.request import ReceiveBy, SupplyForm, choice_of

BOT = Path(__file__).resolve().parents[2] / "bot"
FEWEST_PHRASES = 25
FEWEST_QUESTIONS = 120
FEWEST_HELD_OUT = 8
FORM = "disclosure_form"
DEFAULT_ACTIONS = {"action_listen", "action_deactivate_loop", FORM}


def read(path: Path) -> dict[str, Any]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def domain() -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for path in sorted((BOT / "domain").glob("*.yml")):
        merged |= read(path)
    return merged


def phrases(*files: Path) -> dict[str, list[str]]:
    groups = [group for path in files for group in read(path)["nlu"] if "intent" in group]
    said: dict[str, list[str]] = {}
    for group in groups:
        lines = [line.removeprefix("- ").strip() for line in group["examples"].splitlines()]
        said.setdefault(group["intent"], []).extend(lines)
    return said


def rules() -> list[dict[str, Any]]:
    paths = sorted((BOT / "data" / "rules").glob("*.yml"))
    return [rule for path in paths for rule in read(path)["rules"]]


def inside(rule: dict[str, Any]) -> bool:
    return {"active_loop": FORM} in rule.get("condition", [])


def said_in(rule: dict[str, Any], kind: str) -> list[str]:
    return [step[kind] for step in rule["steps"] if kind in step]


TRAINED = phrases(*sorted((BOT / "data" / "nlu").glob("*.yml")))
HELD_OUT = phrases(BOT / "tests" / "nlu_heldout.yml")
DOMAIN = domain()
INTENTS = [name for each in DOMAIN["intents"] for name in each]
LOOP_LEAVERS = {
    intent
    for slot in DOMAIN["slots"].values()
    for mapping in slot["mappings"]
    for intent in mapping["not_intent"]
}


def test_the_intents_are_those_that_were_agreed() -> None:
    assert sorted(INTENTS) == sorted(
        [
            *("greet", "goodbye", "thank", "ask_capabilities", "ask_question"),
            *("start_disclosure_request", "track_request", "talk_to_person"),
            *("complaint_or_petition", "helped", "not_helped", "affirm", "deny", "cancel"),
            "choose_option",
        ]
    )
    assert sorted(TRAINED) == sorted(HELD_OUT) == sorted(INTENTS)


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_is_learned_from_many_different_phrases(intent: str) -> None:
    fewest = FEWEST_QUESTIONS if intent == "ask_question" else FEWEST_PHRASES
    assert len(set(TRAINED[intent])) >= fewest


def test_no_phrase_is_written_twice_or_stands_under_two_intents() -> None:
    counted = Counter(phrase for said in TRAINED.values() for phrase in said)
    assert [phrase for phrase, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_is_examined_with_phrases_it_has_not_seen(intent: str) -> None:
    assert len(set(HELD_OUT[intent])) >= FEWEST_HELD_OUT
    assert set(HELD_OUT[intent]) & set(TRAINED[intent]) == set()


@pytest.mark.parametrize("intent", [*INTENTS, "nlu_fallback"])
def test_every_intent_has_exactly_one_rule_outside_the_form(intent: str) -> None:
    found = [rule for rule in rules() if said_in(rule, "intent") == [intent] and not inside(rule)]
    assert len(found) == 1


@pytest.mark.parametrize("intent", sorted(LOOP_LEAVERS))
def test_what_does_not_fill_the_form_has_a_rule_inside_it(intent: str) -> None:
    (rule,) = [each for each in rules() if said_in(each, "intent") == [intent] and inside(each)]
    comes_back = said_in(rule, "action")[-1] == FORM
    assert comes_back != (intent == "cancel")


def test_no_rule_inside_the_form_waits_for_an_intent_that_the_form_takes() -> None:
    taken = [said_in(rule, "intent") for rule in rules() if inside(rule)]
    assert {intent for intents in taken for intent in intents} == LOOP_LEAVERS


def test_every_slot_of_the_form_takes_the_words_as_they_are() -> None:
    slots = DOMAIN["forms"][FORM]["required_slots"]
    assert slots == list(DOMAIN["slots"])
    for name in slots:
        (mapping,) = DOMAIN["slots"][name]["mappings"]
        assert mapping["type"] == "from_text"
        assert set(mapping["not_intent"]) == LOOP_LEAVERS
        assert mapping["conditions"] == [{"active_loop": FORM, "requested_slot": name}]
        assert f"utter_ask_{name}" in DOMAIN["responses"]


def test_every_action_named_in_a_rule_exists_and_every_action_is_the_services() -> None:
    named = {action for rule in rules() for action in said_in(rule, "action")}
    assert named <= {*DOMAIN["actions"], *DOMAIN["responses"], *DEFAULT_ACTIONS}
    assert sorted(DOMAIN["actions"]) == sorted(ACTIONS)


def test_every_response_is_used() -> None:
    named = {action for rule in rules() for action in said_in(rule, "action")}
    asked = {f"utter_ask_{slot}" for slot in DOMAIN["slots"]}
    assert {*DOMAIN["responses"]} == {name for name in named | asked if name.startswith("utter_")}


def test_responses_only_mention_slots_that_exist() -> None:
    texts = [each["text"] for said in DOMAIN["responses"].values() for each in said]
    mentioned = {name for text in texts for name in re.findall(r"{(\w+)}", text)}
    assert mentioned <= set(DOMAIN["slots"])


def test_what_greets_says_that_it_is_a_program() -> None:
    for name in ("utter_greet", "utter_capabilities"):
        (said,) = DOMAIN["responses"][name]
        assert "程序" in said["text"]
        assert "公开的" in said["text"]


def test_nothing_is_promised_that_is_not_done() -> None:
    told = [each["text"] for said in DOMAIN["responses"].values() for each in said]
    for promise in ("帮您转人工", "转给工作人员", "由工作人员办理", "说“转人工”"):
        assert [text for text in told if promise in text] == []


def test_the_way_to_staff_is_called_by_words_that_are_understood() -> None:
    (said,) = DOMAIN["responses"]["utter_capabilities"]
    [sent] = [each["payload"] for each in said["buttons"] if each["title"] == "找工作人员"]
    assert {sent, "找工作人员"} <= set(TRAINED["talk_to_person"])


def test_every_question_of_the_form_says_which_one_it_is() -> None:
    for slot in DOMAIN["slots"]:
        (said,) = DOMAIN["responses"][f"utter_ask_{slot}"]
        assert said["custom"] == {"form": slot}


@pytest.mark.parametrize(("slot", "kind"), [("supply_form", SupplyForm), ("receive_by", ReceiveBy)])
def test_the_buttons_of_the_form_say_what_the_request_form_offers(
    slot: str, kind: type[SupplyForm] | type[ReceiveBy]
) -> None:
    (said,) = DOMAIN["responses"][f"utter_ask_{slot}"]
    for button in said["buttons"]:
        assert choice_of(kind, button["payload"]) is not None


def test_answers_inside_the_form_are_examined_too() -> None:
    block = read(BOT / "tests" / "form_answers.yml")["inside_the_form"]
    answers = [line.removeprefix("- ") for line in block.splitlines()]
    assert len(set(answers)) >= FEWEST_PHRASES


def test_the_actions_are_called_with_the_shared_token_and_without_the_domain() -> None:
    endpoint = read(BOT / "endpoints.yml")["action_endpoint"]
    assert endpoint == {
        "url": "${INQUIRY_RASA_ACTIONS_URL}",
        "headers": {"X-Inquiry-Actions-Token": "${INQUIRY_RASA_ACTIONS_TOKEN}"},
        "enable_selective_domain": True,
    }


def test_nothing_but_the_rest_channel_is_open() -> None:
    assert read(BOT / "credentials.yml") == {"rest": None}


def test_a_turn_without_a_rule_ends_silently_instead_of_repeating_itself() -> None:
    (policy,) = read(BOT / "config.yml")["policies"]
    assert policy["core_fallback_action_name"] == "action_listen"


def test_the_lock_is_complete_and_names_no_index() -> None:
    lock = (BOT / "requirements.lock").read_text(encoding="utf-8")
    for line in ("rasa==3.6.21", "jieba==", "tensorflow=="):
        assert f"\n{line}" in lock
    (setuptools,) = re.findall(r"^setuptools==(\d+)", lock, re.MULTILINE)
    assert int(setuptools) < 81  # a later one has no pkg_resources, which Rasa imports
    assert "://" not in lock
