"""What the launcher takes out of a turn in Rasa 3.6.21, and why that changes no result.

Each saving is one function replaced by one with the same results: `tests/test_frugality.py`
holds each beside the original. The figures are in `docs/decisions/0004-rasa.md`.
"""

import gc
from typing import Any, NamedTuple

import rasa.core.run
from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.constants import DOCS_BASE_URL
from rasa.shared.core.events import Event

_SCHEMA = RemoteAction.action_response_format_spec()
_VALIDATOR = validator_for(_SCHEMA)(_SCHEMA)

resolve_by_type_afresh = Event.resolve_by_type
load_agent = rasa.core.run.load_agent_on_start


def validate_action_result(_self: RemoteAction, result: dict[str, Any]) -> bool:
    """The schema is a constant: it is checked once, not at every reply of an action."""
    fault = best_match(_VALIDATOR.iter_errors(result))
    if fault is None:
        return True
    fault.message += (
        f". Failed to validate Action server response from API, "
        f"make sure your response from the Action endpoint is valid. "
        f"For more information about the format visit "
        f"{DOCS_BASE_URL}/custom-actions"
    )
    raise fault


class Step(NamedTuple):
    """One node of a graph and the nodes or inputs whose output it takes."""

    name: str
    node: GraphNode
    needs: tuple[str, ...]


def plan(runner: DaskGraphRunner, targets: tuple[str, ...]) -> list[Step]:
    """The nodes that `targets` need, each after those it needs itself."""
    nodes = runner._graph_schema.minimal_graph_schema(list(targets)).nodes
    steps: dict[str, Step] = {}

    def add(name: str) -> None:
        if name in nodes and name not in steps:
            needs = tuple(nodes[name].needs.values())
            for need in needs:
                add(need)
            steps[name] = Step(name, runner._instantiated_nodes[name], needs)

    for name in nodes:
        add(name)
    return list(steps.values())


def run_planned(
    self: DaskGraphRunner,
    inputs: dict[str, Any] | None = None,
    targets: list[str] | None = None,
) -> dict[str, Any]:
    """A loaded graph never changes: its order is worked out once, not by dask at every message."""
    wanted = tuple(targets or self._graph_schema.target_names)
    plans = self.__dict__.setdefault("_plans", {})
    if wanted not in plans:
        plans[wanted] = plan(self, wanted)
    outputs: dict[str, Any] = {step.name: step.node for step in plans[wanted]}
    self._add_inputs_to_graph(inputs, outputs)
    try:
        for step in plans[wanted]:
            outputs[step.name] = step.node(*(outputs.get(need, need) for need in step.needs))
    except RuntimeError as fault:
        raise GraphRunError("Error running runner.") from fault
    return dict(outputs[name] for name in wanted)


_EVENTS_BY_TYPE: dict[str, type[Event]] = {}


def resolve_by_type(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
    """The kinds of events are fixed once loaded: found ones are remembered, not searched again."""
    if type_name in _EVENTS_BY_TYPE:
        return _EVENTS_BY_TYPE[type_name]
    found = resolve_by_type_afresh(type_name, default)
    if found is not None and found.type_name == type_name:
        _EVENTS_BY_TYPE[type_name] = found
    return found


async def load_agent_and_warm_up(*arguments: Any) -> Agent:
    """The first message pays for jieba's dictionary and TensorFlow's graph: not a citizen's one.

    What is loaded by then stays for good, so the garbage collector need not walk it again.
    """
    agent = await load_agent(*arguments)
    if agent.is_ready():
        await agent.parse_message("2017年收到多少件依申请公开申请？")
    gc.collect()
    gc.freeze()
    return agent


def apply() -> None:
    """Put the savings in place. Call it before a server is started."""
    RemoteAction._validate_action_result = validate_action_result
    DaskGraphRunner.run = run_planned
    Event.resolve_by_type = staticmethod(resolve_by_type)
    rasa.core.run.load_agent_on_start = load_agent_and_warm_up
