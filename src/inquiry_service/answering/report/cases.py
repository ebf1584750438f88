"""The cases to look at first: what went wrong, worst first, with the trace of the decision."""

from collections.abc import Iterable
from dataclasses import dataclass

from inquiry_service.answering.answer import Status
from inquiry_service.answering.measured import Row

WRONG, SLIPPED, MISSED, OTHER_ENDING = "答错", "不该作答而作答", "该作答而未作答", "结局不对"


@dataclass(frozen=True, slots=True)
class Case:
    """One question that went wrong, and all that is known of how."""

    source: str
    fault: str
    expected: str
    row: Row
    hidden: bool = False
    """True for held-out questions: their wording must not be tuned on by accident."""

    @property
    def badness(self) -> float:
        """A wrong answer is worse the surer it was; a missed one the less sure it was."""
        if self.row.status is Status.ANSWERED:
            return 2.0 + self.row.confidence
        return 1.0 + (1.0 - self.row.confidence if self.fault == MISSED else 0.0)


def worst(cases: Iterable[Case], count: int) -> list[Case]:
    return sorted(cases, key=lambda case: (-case.badness, case.row.question))[:count]
