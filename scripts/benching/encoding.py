"""The bare encoder: what everything else is measured against."""

import itertools
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from benching.figures import Times, one_by_one
from inquiry_service.answering.encoder import Encoder


def questions_alone(model: Encoder, questions: Sequence[str], count: int) -> Times:
    """One question after the other."""
    some = list(itertools.islice(itertools.cycle(questions), count))
    for question in some[:10]:
        model.encode_questions([question])
    return one_by_one(lambda question: model.encode_questions([question]), some)


def questions_at_once(model: Encoder, questions: Sequence[str], count: int, threads: int) -> float:
    """Questions a second when so many threads call the encoder in a loop."""
    some = list(itertools.islice(itertools.cycle(questions), count))
    began = time.perf_counter()
    with ThreadPoolExecutor(threads) as callers:
        list(callers.map(lambda question: model.encode_questions([question]), some))
    return count / (time.perf_counter() - began)


def texts(model: Encoder, passages: Sequence[str], questions: Sequence[str]) -> tuple[float, float]:
    """Seconds and processor seconds for these passages and questions."""
    began, spent = time.perf_counter(), time.process_time()
    model.encode_passages(passages)
    model.encode_questions(questions)
    return time.perf_counter() - began, time.process_time() - spent
