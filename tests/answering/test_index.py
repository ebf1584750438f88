"""The vector index: exact for few, nearly so for many, and the same however it is opened."""

from pathlib import Path

import numpy as np
import pytest

from inquiry_service.answering.index import EXACT_UP_TO, DenseIndex, Kind, Vectors, kind_for

COUNT, DIMENSION = 6000, 48


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    """Documents of twenty passages, all in one direction, as the vectors of a real encoder are."""
    random = np.random.default_rng(7)
    documents = random.normal(size=(COUNT // 20, DIMENSION))
    rows = np.repeat(documents, 20, axis=0) + 0.8 * random.normal(size=(COUNT, DIMENSION)) + 1.5
    return _unit(rows)


@pytest.fixture(scope="module")
def questions(vectors: Vectors) -> Vectors:
    random = np.random.default_rng(8)
    chosen = vectors[random.integers(len(vectors), size=100)]
    return _unit(chosen + 0.05 * random.normal(size=chosen.shape))


def _unit(rows: np.ndarray) -> Vectors:
    unit: Vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


def recall(index: DenseIndex, vectors: Vectors, questions: Vectors, k: int) -> float:
    found = 0
    for question in questions:
        exact = np.argsort(-(vectors @ question), kind="stable")[:k]
        found += len(np.intersect1d(index.nearest(question, k)[0], exact))
    return found / (k * len(questions))


def test_few_are_searched_exactly_and_many_in_cells() -> None:
    assert kind_for(EXACT_UP_TO) is Kind.EXACT
    assert kind_for(EXACT_UP_TO + 1) is Kind.CELLS


@pytest.mark.parametrize(("kind", "least"), [(Kind.EXACT, 1.0), (Kind.CELLS, 0.98)])
def test_the_nearest_are_found(
    vectors: Vectors, questions: Vectors, kind: Kind, least: float
) -> None:
    index = DenseIndex.build(vectors, kind)
    assert recall(index, vectors, questions, 10) >= least


@pytest.mark.parametrize("kind", list(Kind))
def test_scores_are_inner_products_best_first(
    vectors: Vectors, questions: Vectors, kind: Kind
) -> None:
    ordinals, scores = DenseIndex.build(vectors, kind).nearest(questions[0], 20)
    assert scores == pytest.approx(vectors[ordinals] @ questions[0], abs=1e-5)
    assert scores.tolist() == sorted(scores.tolist(), reverse=True)


@pytest.mark.parametrize("kind", list(Kind))
def test_an_opened_index_finds_what_the_built_one_did(
    vectors: Vectors, questions: Vectors, kind: Kind, tmp_path: Path
) -> None:
    built = DenseIndex.build(vectors, kind)
    built.save(tmp_path / "dense")
    opened = DenseIndex.open(tmp_path / "dense", kind.value, vectors)
    assert opened.count == COUNT
    for question in questions[:10]:
        expected, found = built.nearest(question, 10), opened.nearest(question, 10)
        assert found[0].tolist() == expected[0].tolist()
        assert found[1] == pytest.approx(expected[1])


@pytest.mark.parametrize("kind", list(Kind))
def test_the_same_vectors_make_the_same_index(vectors: Vectors, kind: Kind, tmp_path: Path) -> None:
    for name in ("one", "two"):
        DenseIndex.build(vectors, kind).save(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("kind", list(Kind))
def test_fewer_than_asked_for_are_all(vectors: Vectors, kind: Kind) -> None:
    ordinals, _ = DenseIndex.build(vectors[:5], kind).nearest(vectors[0], 100)
    assert sorted(ordinals.tolist()) == [0, 1, 2, 3, 4]


def test_what_is_no_index_is_refused(tmp_path: Path, vectors: Vectors) -> None:
    (tmp_path / "dense").write_bytes(b"x" * 1000)
    with pytest.raises(RuntimeError):
        DenseIndex.open(tmp_path / "dense", "cells", vectors)
    with pytest.raises(ValueError, match="neither"):
        DenseIndex.open(tmp_path / "dense", "neither", vectors)
