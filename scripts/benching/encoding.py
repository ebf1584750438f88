"""The bare encoder: what everything else is measured against."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from benching.figures import Times, one_by_one
from inquiry_service.answering.encoder import Encoder


def questions_alone(model: Encoder, questions: Sequence[str]) -> Times:
    """One question after the other."""
    for question in questions[:10]:
        model.encode_questions([question])
    return one_by_one(lambda question: model.encode_questions([question]), questions)


def questions_at_once(models: Sequence[Encoder], questions: Sequence[str]) -> float:
    """Questions a second when each of these encoders is called in a loop of its own."""
    shares = [questions[at :: len(models)] for at in range(len(models))]

    def loop(model: Encoder, share: Sequence[str]) -> None:
        for question in share:
            model.encode_questions([question])

    began = time.perf_counter()
    with ThreadPoolExecutor(len(models)) as callers:
        list(callers.map(loop, models, shares))
    return len(questions) / (time.perf_counter() - began)


def texts(model: Encoder, passages: Sequence[str], questions: Sequence[str]) -> tuple[float, float]:
    """Seconds and processor seconds for these passages and questions."""
    began, spent = time.perf_counter(), time.process_time()
    model.encode_passages(passages)
    model.encode_questions(questions)
    return time.perf_counter() - began, time.process_time() - spent
