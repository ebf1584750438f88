"""Every saving gives what Rasa itself gives. Run with the bot's interpreter:

python -m unittest discover -s bot/tests -t bot/tests
"""

import inspect
import sys
import unittest
from importlib.metadata import version
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import launcher

launcher.prepare_environment()

import frugality
import jsonschema
import rasa.core.run
from rasa.core.actions.action import RemoteAction
from rasa.engine.exceptions import GraphComponentException, GraphRunError
from rasa.engine.graph import ExecutionContext, GraphNode, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.events import Event

validate_afresh = RemoteAction._validate_action_result
run_by_dask = DaskGraphRunner.run

SLOT = {"event": "slot", "timestamp": None, "name": "wanted_period", "value": "2017年"}
BUTTON = {"title": "都对", "payload": "都对"}
PARTS = {"parts": [{"kind": "text", "text": "您好"}], "answers": ["a1"]}
SPOKEN = {"text": None, "buttons": [BUTTON], "elements": [], "custom": PARTS, "response": None}

GOOD: list[Any] = [
    {},
    {"events": [], "responses": []},
    {"events": [SLOT], "responses": [SPOKEN]},
    {"events": [{"event": "action_execution_rejected", "name": "disclosure_form"}]},
    {"events": [{"event": "active_loop", "name": None, "timestamp": 1.5}]},
    {"events": [{"event": "followup", "name": "action_listen"}], "responses": [{}]},
    {"events": [{"event": "rewind"}, {"event": "undo"}], "more": "is allowed"},
]
BAD: list[Any] = [
    [],
    None,
    "events",
    {"events": {}},
    {"events": "none", "responses": []},
    {"events": [{"event": "never heard of"}]},
    {"events": [{"name": "an event without its kind"}]},
    {"events": [{"event": "slot", "value": "a slot without its name"}]},
    {"events": [SLOT, {"event": "slot"}], "responses": []},
    {"events": [], "responses": {}},
    {"events": [], "responses": ["only words"]},
    {"events": [{"event": "slot", "name": 7}]},
]


def verdict(validate: Any, result: Any) -> tuple[str, list[Any]]:
    """What is raised and where, or nothing."""
    try:
        assert validate(RemoteAction("action_answer_question", None), result) is True
    except jsonschema.ValidationError as fault:
        return fault.message, list(fault.path)
    return "", []


class TheValidatorBuiltOnce(unittest.TestCase):
    def test_it_accepts_what_rasa_accepts(self) -> None:
        for result in GOOD:
            with self.subTest(result=result):
                self.assertEqual(verdict(validate_afresh, result), ("", []))
                self.assertEqual(verdict(frugality.validate_action_result, result), ("", []))

    def test_it_refuses_what_rasa_refuses_with_the_same_words(self) -> None:
        for result in BAD:
            with self.subTest(result=result):
                refused = verdict(validate_afresh, result)
                self.assertIn("Failed to validate Action server response", refused[0])
                self.assertEqual(verdict(frugality.validate_action_result, result), refused)

    def test_it_looks_at_every_result_anew(self) -> None:
        for result in (GOOD[2], BAD[3], GOOD[2], BAD[3]):
            expected = verdict(validate_afresh, result)
            self.assertEqual(verdict(frugality.validate_action_result, result), expected)


class TheKindsOfEventsRemembered(unittest.TestCase):
    def test_every_kind_is_the_one_that_rasa_finds(self) -> None:
        kinds = {each.type_name for each in rasa.shared.utils.common.all_subclasses(Event)}
        self.assertGreater(len(kinds), 20)
        for kind in sorted(kinds) * 2:
            found = frugality.resolve_by_type(kind)
            self.assertIs(found, frugality.resolve_by_type_afresh(kind))

    def test_an_unknown_kind_is_refused_as_before(self) -> None:
        for _ in range(2):
            with self.assertRaisesRegex(ValueError, "never heard of"):
                frugality.resolve_by_type("never heard of")

    def test_a_default_is_given_back_but_not_remembered(self) -> None:
        default = frugality.resolve_by_type("user")
        self.assertIs(frugality.resolve_by_type("some other kind", default), default)
        with self.assertRaises(ValueError):
            frugality.resolve_by_type("some other kind")


class Said:
    """A component that says what it was given."""

    def say(self, **heard: Any) -> dict[str, Any]:
        return heard

    def stumble(self, *_given: Any, **_heard: Any) -> None:
        raise RuntimeError("stumbled")


def graph(fn: str = "say") -> DaskGraphRunner:
    """A diamond over one input, and a branch that nobody asks for."""
    needs: dict[str, dict[str, str]] = {
        "end": {"left": "left", "right": "right"},
        "left": {"start": "start"},
        "right": {"start": "start", "said": "__said__"},
        "start": {"said": "__said__"},
        "aside": {"start": "start"},
    }
    nodes = {
        name: SchemaNode(taken, Said, "create", fn if name == "right" else "say", {})
        for name, taken in needs.items()
    }
    runner = DaskGraphRunner.__new__(DaskGraphRunner)
    runner._graph_schema = GraphSchema(nodes)
    runner._execution_context = ExecutionContext(runner._graph_schema)
    runner._instantiated_nodes = {name: node(name, each) for name, each in nodes.items()}
    return runner


def node(name: str, schema: SchemaNode) -> GraphNode:
    made = GraphNode.__new__(GraphNode)
    made._node_name, made._component, made._hooks, made._eager = name, Said(), [], True
    made._component_class, made._fn_name = Said, schema.fn
    made._fn, made._inputs = getattr(Said, schema.fn), schema.needs
    made._execution_context, made._component_config = ExecutionContext(GraphSchema({})), {}
    return made


class TheGraphRunInAnOrderWorkedOutOnce(unittest.TestCase):
    def test_it_gives_what_dask_gives(self) -> None:
        runner = graph()
        for said, targets in (("a", ["end"]), ("b", ["end", "aside"]), ("c", ["start"])):
            for _ in range(2):
                inputs = {"__said__": [said]}
                expected = run_by_dask(runner, inputs, targets)
                self.assertEqual(frugality.run_planned(runner, inputs, targets), expected)

    def test_it_runs_only_what_is_asked_for(self) -> None:
        names = [step.name for step in frugality.plan(graph(), ("left",))]
        self.assertEqual(names, ["start", "left"])

    def test_a_component_that_fails_is_reported_as_before(self) -> None:
        for run in (run_by_dask, frugality.run_planned):
            with self.subTest(run=run), self.assertRaisesRegex(GraphComponentException, "right"):
                run(graph("stumble"), {"__said__": "a"}, ["end"])

    def test_a_fault_of_the_graph_itself_is_reported_as_before(self) -> None:
        runner = graph()
        runner._instantiated_nodes["right"] = Said().stumble
        for run in (run_by_dask, frugality.run_planned):
            with self.subTest(run=run), self.assertRaises(GraphRunError) as raised:
                run(runner, {"__said__": "a"}, ["end"])
            self.assertEqual(str(raised.exception), "Error running runner.")

    def test_an_input_that_bears_the_name_of_a_node_is_refused(self) -> None:
        for run in (run_by_dask, frugality.run_planned):
            with self.subTest(run=run), self.assertRaisesRegex(GraphRunError, "clashes"):
                run(graph(), {"__said__": "left"}, ["end"])


class TheStart(unittest.TestCase):
    def test_what_is_replaced_still_has_the_form_it_had(self) -> None:
        pairs = [
            (validate_afresh, frugality.validate_action_result),
            (run_by_dask, frugality.run_planned),
            (frugality.resolve_by_type_afresh, frugality.resolve_by_type),
        ]
        for original, ours in pairs:
            names = [list(inspect.signature(each).parameters) for each in (original, ours)]
            self.assertEqual([name.lstrip("_") for name in names[1]], names[0])
        self.assertIs(frugality.load_agent, rasa.core.run.load_agent_on_start)

    def test_another_rasa_is_refused_in_one_clear_sentence(self) -> None:
        with self.assertRaises(SystemExit) as refused:
            launcher.refuse_other_versions("3.6.20")
        self.assertIn("Rasa 3.6.21, but 3.6.20 is installed", str(refused.exception.code))

    def test_this_rasa_is_welcome(self) -> None:
        launcher.refuse_other_versions(version("rasa"))


if __name__ == "__main__":
    unittest.main()
