"""What is asked in the bench, and which document answers it."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from inquiry_service.answering.answer import Status
from inquiry_service.answering.datasets import Dataset
from inquiry_service.answering.question_sets import load_judged_questions
from inquiry_service.knowledge.document import Document
from inquiry_service.knowledge.library import Library, library_of, load_library
from inquiry_service.settings import Settings

OWN = "our own library"
Thing = TypeVar("Thing")
_NOTHING_THERE = frozenset({Status.UNMATCHED, Status.OUT_OF_SCOPE})


@dataclass(frozen=True)
class Judged:
    """Questions with the documents that answer them, over a library."""

    name: str
    library: Library
    questions: dict[str, str]
    right: dict[str, frozenset[str]]
    unanswerable: dict[str, str] = field(default_factory=dict)
    """Questions of the same kind that nothing in the library answers."""

    @property
    def about(self) -> str:
        asked = f"{len(self.questions)} + {len(self.unanswerable)} questions"
        return f"{self.name}: {len(self.library.documents)} documents, {asked}"

    def write(self, folder: Path) -> Path:
        """Documents, cards and questions as JSON lines, for whoever reads them without us."""
        folder.mkdir(parents=True)
        documents = [
            {"_id": one.document_id, "title": one.provenance.title, "text": _whole_text(one)}
            for one in self.library.documents
        ]
        cards = [
            {"_id": one.document_id, "questions": list(one.provenance.questions)}
            for one in self.library.documents
        ]
        asked = (self.questions | self.unanswerable).items()
        _lines(folder / "corpus.jsonl", documents)
        _lines(folder / "cards.jsonl", cards)
        _lines(folder / "asked.jsonl", [{"_id": name, "text": text} for name, text in asked])
        return folder


def sets(settings: Settings, datasets: Path | None, documents: int, most: int) -> list[Judged]:
    """Our own questions, then every set in the folder, each cut to what a bench can wait for."""
    library = load_library(settings.knowledge_folders)
    file = settings.knowledge_folders[0] / "evaluation" / "questions.yaml"
    found = [own(file, library, most)]
    folders = sorted(datasets.iterdir()) if datasets else []
    return found + [
        of_dataset(folder, documents, most)
        for folder in folders
        if (folder / "corpus.jsonl").is_file() and (folder / "qrels.tsv").is_file()
    ]


def own(path: Path, library: Library, most: int = 1_000_000) -> Judged:
    """Our own questions that a published document answers, and those that none answers."""
    listed = load_judged_questions(path)
    judged = spread([one for one in listed if one.places], most)
    others = [one.question for one in listed if not one.places and one.expect in _NOTHING_THERE]
    questions = {str(row): one.question for row, one in enumerate(judged)}
    right = {
        str(row): frozenset(place.document for place in one.places)
        for row, one in enumerate(judged)
    }
    unanswerable = {f"u{row}": text for row, text in enumerate(spread(others, most))}
    return Judged(OWN, library, questions, right, unanswerable)


def of_dataset(folder: Path, documents: int, most: int) -> Judged:
    """Some questions of a dataset in BEIR layout; their documents, and others up to a number."""
    data = Dataset(folder)
    judgements = data.judgements()
    right = {
        name: frozenset(one for one, score in judged.items() if score > 0)
        for name, judged in judgements.items()
    }
    asked = [(name, text) for name, text in data.queries().items() if right.get(name)]
    queries = dict(spread(asked, most))
    needed = {one for name in queries for one in right[name]}
    whole = data.library().documents
    rest = [one.document_id for one in whole if one.document_id not in needed]
    taken = needed | set(spread(rest, max(0, documents - len(needed))))
    library = library_of(one for one in whole if one.document_id in taken)
    others = spread(list(data.unanswerable().values()), most)
    unanswerable = {f"u{row}": text for row, text in enumerate(others)}
    return Judged(
        folder.name, library, queries, {name: right[name] for name in queries}, unanswerable
    )


def all_asked(path: Path) -> list[str]:
    """Every question of our own, answerable or not, in an order that mixes the kinds."""
    listed = list(dict.fromkeys(one.question for one in load_judged_questions(path)))
    step = 7
    return [question for at in range(step) for question in listed[at::step]]


def published(settings: Settings) -> list[str]:
    """What documents say they are asked."""
    library = load_library(settings.knowledge_folders)
    return [text for document in library.documents for text in document.provenance.questions]


def spread(listed: Sequence[Thing], most: int) -> list[Thing]:
    """At most so many, taken evenly from all: sets are often sorted by kind."""
    if len(listed) <= most:
        return list(listed)
    return [listed[at * len(listed) // most] for at in range(most)]


def told_apart(answerable: Sequence[float], unanswerable: Sequence[float]) -> float:
    """AUROC: how often an answerable question scores above an unanswerable one; ties are half."""
    above = sum((a > b) + 0.5 * (a == b) for a in answerable for b in unanswerable)
    return above / (len(answerable) * len(unanswerable))


def hit_and_rank(judged: Judged, found: dict[str, list[str]]) -> tuple[float, float]:
    """Share of questions whose first document is right, and the mean of 1/rank within ten."""
    counted = Counter[str]()
    ranks = 0.0
    for name, right in judged.right.items():
        places = [
            at for at, document in enumerate(found.get(name, ())[:10], 1) if document in right
        ]
        counted["first"] += bool(places and places[0] == 1)
        ranks += 1 / places[0] if places else 0.0
    return counted["first"] / len(judged.right), ranks / len(judged.right)


def _whole_text(document: Document) -> str:
    """With the questions that the document says it answers: ours uses them as well."""
    return "\n".join([document.text, *document.provenance.questions])


def _lines(path: Path, entries: Sequence[Mapping[str, object]]) -> None:
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in entries), "utf-8")
