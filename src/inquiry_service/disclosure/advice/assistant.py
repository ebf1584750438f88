"""The outcome assistant: seven questions in their order, each with its article. Pure.

补不补、是不是、谁负责、有没有、给不给、怎么给、怎么答: every answer leads to the next step,
to an act that must come first, or to an outcome. It proposes; whoever handles the case decides.
The steps are data, in `assistant_whether` and `assistant_giving`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from inquiry_service.disclosure.advice.assistant_giving import GIVING
from inquiry_service.disclosure.advice.assistant_parts import Act, Choice, Decide, Step
from inquiry_service.disclosure.advice.assistant_whether import WHETHER
from inquiry_service.disclosure.rules.outcomes import Outcome, outcome_of

__all__ = ["STEPS", "Act", "Choice", "Decide", "Ending", "Step", "next_after"]

STEPS: dict[str, Step] = {step.key: step for step in (*WHETHER, *GIVING)}
"""All steps by key, in the order in which they are asked."""


@dataclass(frozen=True, slots=True)
class Ending:
    """Where the answers lead: an outcome, or an act that must come before any outcome.

    Exactly one of `outcome_code` and `act` is set. `article` is that of the outcome table, or of
    the act. `reasons` are the answers in readable order: they go into the case file and are the
    draft of the paragraph that gives reasons.
    """

    outcome_code: str | None
    act: Act | None
    article: str
    reasons: tuple[str, ...]

    @property
    def label(self) -> str:
        if self.act is not None:
            return self.act.label
        return _outcome(self.outcome_code or "").label


def next_after(answers: Mapping[str, str]) -> Step | Ending:
    """The step to ask now, or the ending; `answers` maps the keys of steps to those of choices.

    Raises `ValueError` for a choice the step does not have, and for an answer to a step that has
    not been reached, so that a trail never holds what was not asked.
    """
    step, reasons, used = WHETHER[0], list[str](), 0
    while step.key in answers:
        used += 1
        choice = _chosen(step, answers[step.key])
        reasons.append(choice.reason)
        if not isinstance(choice.leads_to, str):
            _refuse_unasked(answers, used)
            return _ending(choice.leads_to, tuple(reasons))
        step = STEPS[choice.leads_to]
    _refuse_unasked(answers, used)
    return step


def _chosen(step: Step, key: str) -> Choice:
    for choice in step.choices:
        if choice.key == key:
            return choice
    raise ValueError(f"“{step.question}”没有这个选项：{key}")


def _refuse_unasked(answers: Mapping[str, str], used: int) -> None:
    if len(answers) > used:
        raise ValueError("有的回答不在已经走过的步骤中，请按顺序重新回答")


def _ending(found: Act | Decide, reasons: tuple[str, ...]) -> Ending:
    if isinstance(found, Act):
        return Ending(None, found, found.article, reasons)
    return Ending(found.code, None, _outcome(found.code).article, reasons)


def _outcome(code: str) -> Outcome:
    outcome = outcome_of(code)
    if outcome is None:
        raise ValueError(f"结果表中没有 {code}")
    return outcome
