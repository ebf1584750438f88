"""The figures that order candidates: each stands beside the others of the same question."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from answering.answering_house import TODAY, small_engine
from inquiry_service.answering.asking import AnswerEngine
from inquiry_service.answering.examining import question_for
from inquiry_service.answering.fitted_order import WEIGHTS
from inquiry_service.answering.retrieval import FIGURES, measure


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> AnswerEngine:
    folder: Path = tmp_path_factory.mktemp("order")
    return small_engine(folder)


def figures(engine: AnswerEngine, text: str) -> dict[str, NDArray[np.float32]]:
    question = question_for(engine.index, text, TODAY)
    [vector] = engine.encoder.encode_questions([question.text])
    rows = measure(engine.index, question, vector).figures
    return dict(zip(FIGURES, rows.T, strict=True))


def test_every_figure_has_a_weight() -> None:
    assert len(WEIGHTS) == len(FIGURES)
    assert min(WEIGHTS) >= 0


def test_the_passage_with_most_of_the_words_is_ahead_of_the_next_by_what_it_has_more(
    engine: AnswerEngine,
) -> None:
    told = figures(engine, "拒不改正备案违法行为的罚款")
    words = np.sort(told["words"])
    first = told["words"].argmax()

    assert told["most_words"][first] == 1
    assert told["most_words"].max() == 1
    assert told["words_ahead"][first] == pytest.approx(words[-1] - words[-2])
    assert told["words_ahead"][first] > 0
    assert np.count_nonzero(told["words_ahead"]) == 1


def test_where_no_passage_has_a_word_of_the_question_none_is_ahead(engine: AnswerEngine) -> None:
    told = figures(engine, "zzz qqq")

    assert not told["words"].any()
    assert not told["most_words"].any()
    assert not told["words_ahead"].any()
