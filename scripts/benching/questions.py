"""What is asked in the bench, and which document answers it."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from inquiry_service.answering.datasets import Dataset
from inquiry_service.answering.question_sets import load_judged_questions
from inquiry_service.knowledge.library import Library


@dataclass(frozen=True)
class Judged:
    """Questions with the documents that answer them, over a library."""

    name: str
    library: Library
    questions: dict[str, str]
    right: dict[str, frozenset[str]]

    def write(self, folder: Path) -> tuple[Path, Path, Path]:
        """Documents, cards and questions as JSON lines, for whoever reads them without us."""
        documents = [
            {"_id": one.document_id, "title": one.provenance.title, "text": one.text}
            for one in self.library.documents
        ]
        asked = [{"_id": name, "text": text} for name, text in self.questions.items()]
        cards = [
            {"_id": one.document_id, "questions": list(one.provenance.questions)}
            for one in self.library.documents
        ]
        return (
            _lines(folder / "corpus.jsonl", documents),
            _lines(folder / "cards.jsonl", cards),
            _lines(folder / "asked.jsonl", asked),
        )


def own(path: Path, library: Library) -> Judged:
    """Our own questions that a published document answers."""
    judged = [one for one in load_judged_questions(path) if one.places]
    questions = {str(row): one.question for row, one in enumerate(judged)}
    right = {
        str(row): frozenset(place.document for place in one.places)
        for row, one in enumerate(judged)
    }
    return Judged("our own questions", library, questions, right)


def of_dataset(folder: Path, most: int) -> Judged:
    """The first questions of a dataset in BEIR layout."""
    data = Dataset(folder)
    queries = dict(list(data.queries().items())[:most])
    judgements = data.judgements()
    right = {
        name: frozenset(document for document, score in judgements.get(name, {}).items() if score)
        for name in queries
    }
    return Judged(folder.name, data.library(), queries, right)


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


def _lines(path: Path, entries: Sequence[Mapping[str, object]]) -> Path:
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in entries), "utf-8")
    return path
