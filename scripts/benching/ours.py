"""Our own way from question to answer, on the sets that the peers get."""

import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from benching import questions
from benching.figures import one_by_one, resident_megabytes, say
from benching.questions import Judged
from benching.scored import Scored, line
from benching.told import Told
from inquiry_service.answering.answer import Status
from inquiry_service.answering.asking import AnswerEngine, ask, examine
from inquiry_service.answering.building import build_index
from inquiry_service.answering.encoder import Encoder, Progress, Vectors
from inquiry_service.bootstrap.engine import encoder
from inquiry_service.knowledge.glossary import load_glossary
from inquiry_service.knowledge.synonyms import Glossary
from inquiry_service.moments import local_day, now
from inquiry_service.settings import Settings

OURS = "ours"


class Timed:
    """The encoder, with the time it took for passages."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.identity = encoder.identity
        self.seconds = 0.0

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        began = time.perf_counter()
        rows = self._encoder.encode_questions(texts)
        self.seconds += time.perf_counter() - began
        return rows

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        began = time.perf_counter()
        rows = self._encoder.encode_passages(texts, progress=progress)
        self.seconds += time.perf_counter() - began
        return rows


def ours(settings: Settings, datasets: Path | None, documents: int, most: int) -> Told:
    told, model, today = Told(), encoder(settings), local_day(now())
    for judged in questions.sets(settings, datasets, documents, most):
        say(f"ours: {judged.about}")
        own = judged.name == questions.OWN
        glossary = load_glossary(settings.knowledge_folders[0] / "glossary.yaml") if own else None
        line(told, judged, _scored(judged, model, glossary or Glossary(), today))
    return told


def _scored(judged: Judged, model: Encoder, glossary: Glossary, today: date) -> Scored:
    asked = judged.questions | judged.unanswerable
    some = list(asked.values())[:100]
    alone = one_by_one(lambda text: model.encode_questions([text]), some).median / 1000
    with tempfile.TemporaryDirectory() as folder:
        timed = Timed(model)
        began = time.perf_counter()
        build_index(judged.library, timed, Path(folder), glossary=glossary)
        indexing = time.perf_counter() - began - timed.seconds
        engine = AnswerEngine.open(Path(folder), model)
        for text in some[:5]:
            ask(engine, text, today=today)
        answers = {}

        def answer(name: str) -> None:
            answers[name] = ask(engine, asked[name], today=today)

        times = one_by_one(answer, asked)
        found = {name: _documents(engine, text, today) for name, text in asked.items()}
        memory = resident_megabytes()
    return Scored(
        name="inquiry-service",
        found=found,
        scores={name: one.confidence for name, one in answers.items()},
        given={name: one.status is Status.ANSWERED for name, one in answers.items()},
        seconds=times.each,
        encoding=alone,
        indexing=indexing,
        megabytes=memory,
        ours=True,
    )


def _documents(engine: AnswerEngine, question: str, today: date) -> list[str]:
    """All that were found, best first, whether or not they would be shown."""
    candidates = examine(engine, question, today=today).retrieved.found
    owners = dict.fromkeys(one.owner for one in candidates)
    return [engine.index.documents[owner].document_id for owner in owners]
