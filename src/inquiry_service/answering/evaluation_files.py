"""The files that an evaluation writes: a TREC run, answers line by line, figures."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, TextIO

from inquiry_service.answering.answer import Answer
from inquiry_service.answering.measures import Ranking
from inquiry_service.errors import KnowledgeFault

_TAG = "inquiry-service"


def answer_line(query: str, answer: Answer, seconds: float) -> dict[str, Any]:
    return {
        "_id": query,
        "status": answer.status.value,
        "confidence": answer.confidence,
        "quote": answer.quote,
        "citations": [
            {
                "document_id": citation.document_id,
                "passage_id": citation.passage_id,
                "path": list(citation.path),
                "title": citation.title,
            }
            for citation in answer.citations
        ],
        "seconds": round(seconds, 6),
    }


def write_run(path: Path, rankings: Mapping[str, Ranking]) -> None:
    """TREC format; scores fall strictly, so that a reader who sorts keeps our order."""
    with written(path) as lines:
        for query, ranking in rankings.items():
            for rank, (document, score) in enumerate(ranking, 1):
                lines.write(f"{query} Q0 {document} {rank} {score - rank * 1e-6:.6f} {_TAG}\n")


def write_json(path: Path, figures: Mapping[str, Any]) -> None:
    with written(path) as file:
        file.write(json.dumps(figures, indent=2) + "\n")


def check_writable(path: Path) -> None:
    """Before the long work, not after it; what stands in the file is left alone."""
    with written(path, mode="a"):
        pass


@contextmanager
def written(path: Path, mode: Literal["w", "a"] = "w") -> Iterator[TextIO]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open(mode, encoding="utf-8") as file:
            yield file
    except OSError as fault:
        reason = f"写不进去（{fault.strerror}），请换一个可以写的文件"
        raise KnowledgeFault(where=str(path), reason=reason) from fault
