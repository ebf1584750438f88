"""The page of the bench: its tables from whatever parts have been measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benching.figures import table
from benching.told import Kept


@dataclass(frozen=True)
class Table:
    """A table that parts add lines to."""

    name: str
    title: str
    about: str
    head: tuple[str, ...]


_WAITING = """\
Every question is asked once; whoever asks shares the machine. *Of the encoder's time*: each
question's time beside the bare encoder's for the same one, in the middle."""
_BUILDING = "The bare encoder reads the same passages and questions of documents once."
_CHANGING = """\
Synthetic documents on disk and an encoder that costs nothing: what is measured is all else."""
_VECTORS = """\
Synthetic, distributed as the encoder's are; one thread; recall beside an exact search. *Memory*:
what opening and the questions added, touched pages of mapped files included."""
_WORDS = "The best 100, for questions of 22 terms; one thread."
_PEERS = """\
*n + m questions*: n that the documents answer, m that they do not. Peers get the same documents
(of our own library with the questions that these name, as text) and the same encoder, through
sentence-transformers, as they bring it, and keep their own defaults otherwise. Documents are looked
for: the first passage of each counts. Peers only find them; ours answers, with quote and
judgement, in the time given. *Unanswerable answered*: the share of the m questions that are given
something all the same. *AUROC*: how well the score of the first one found (ours: the confidence)
tells the n from the m; .5 is chance.

The encoder's linear layer has learnt from the questions of `statutes` and `catalogue`: whoever uses
it, ours and theirs, finds more there than for new questions
([decision 3](decisions/0003-retrieval.md))."""

TABLES = (
    Table(
        "waiting",
        "Waiting for an answer",
        _WAITING,
        ("what", "at once", "p50", "p95", "a second", "of the encoder's time", "of two sessions"),
    ),
    Table(
        "house",
        "The house",
        "Started by `inquiry-service up`.",
        ("part", "answers after", "memory"),
    ),
    Table(
        "building",
        "Building the index",
        _BUILDING,
        ("what", "takes", "processor time", "of the bare encoder's time"),
    ),
    Table(
        "changing",
        "10,000 documents, 100,000 passages",
        _CHANGING,
        ("what", "takes", "memory besides mapped files"),
    ),
    Table(
        "vectors",
        "Many vectors",
        _VECTORS,
        ("vectors", "kind", "p50", "p95", "recall@10", "built in", "file", "memory"),
    ),
    Table(
        "words",
        "Many passages by words",
        _WORDS,
        ("passages", "p50", "p95", "scoring every passage instead"),
    ),
    Table(
        "peers",
        "Beside peers",
        _PEERS,
        (
            "documents and questions",
            "finder",
            "hit@1",
            "MRR@10",
            "p50",
            "p95",
            "of it the encoder",
            "indexing besides encoding",
            "memory",
            "unanswerable answered",
            "AUROC of its score",
        ),
    ),
)
_FIRST_LINES = """\
# Bench

![Bench](images/bench.svg)

Written by `make bench`. A part can be measured again by itself, as its lines say; the others keep
the figures they had."""


def page(parts: Sequence[Kept], failed: Mapping[str, str]) -> str:
    """Each line says on which machine and by which command it was measured."""
    lines = [_FIRST_LINES]
    for one in TABLES:
        rows = [
            (*_filled(cells, len(one.head)), part.machine, f"`{part.command}`")
            for part in parts
            for name, cells in part.told.lines
            if name == one.name
        ]
        if rows:
            lines += ["", f"## {one.title}", "", one.about, ""]
            lines += table((*one.head, "machine", "command"), rows)
    lines += ["", "## Parts", "", "Load is that of the machine when a part began.", ""]
    runs = [(part.part, part.began, f"{part.seconds:.0f} s", f"{part.load}") for part in parts]
    lines += table(("part", "begun", "took", "load"), runs)
    for name, why in failed.items():
        lines += ["", f"**{name}** was not measured in the last run: {why}"]
    return "\n".join([*lines, ""])


def _filled(cells: Sequence[str], width: int) -> tuple[str, ...]:
    """A line that only says why there is nothing is short."""
    return (*(cell.replace("|", "/") for cell in cells), *("" for _ in range(width - len(cells))))
