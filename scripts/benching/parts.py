"""The parts of the bench, each measured in a process of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benching import building, changing, peers, sizes, waiting
from benching.told import Told
from inquiry_service.settings import Settings


@dataclass(frozen=True)
class Task:
    """What a part may need to know."""

    settings: Settings
    datasets: Path | None
    """A folder of question sets in BEIR layout."""
    scratch: Path
    """A folder that stays between runs, for what is costly and need not be measured."""
    documents: int
    questions: int


@dataclass(frozen=True)
class Part:
    """`minutes` is what it took on two idle processors."""

    name: str
    minutes: float
    measure: Callable[[Task], Told]


def _peer(name: str) -> Callable[[Task], Told]:
    return lambda task: peers.theirs(
        name, task.settings, task.datasets, task.scratch, task.documents, task.questions
    )


PARTS = (
    Part("waiting", 2.5, lambda task: waiting.told(task.settings)),
    Part("building", 2.0, lambda task: building.told(task.settings)),
    Part("changing", 3.0, lambda _: changing.told()),
    Part("vectors", 3.5, lambda _: sizes.told()),
    Part(
        peers.OURS,
        4.0,
        lambda task: peers.ours(task.settings, task.datasets, task.documents, task.questions),
    ),
    *(Part(name, minutes, _peer(name)) for name, minutes in peers.MINUTES.items()),
)
NAMES = tuple(part.name for part in PARTS)
GROUPS = {"peers": (peers.OURS, *peers.MINUTES)}
"""Names that stand for several parts."""


def named(names: str) -> list[Part]:
    """Parts by their names with commas between them. Raises `KeyError` for an unknown one."""
    wanted = {
        each for name in names.split(",") for each in GROUPS.get(name.strip(), (name.strip(),))
    }
    if unknown := sorted(wanted - set(NAMES)):
        raise KeyError(", ".join(unknown))
    return [part for part in PARTS if part.name in wanted]
