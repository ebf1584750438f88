"""The keyword index: the scores of BM25, and the same best ones whichever way they are found."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.answering.lexical import LexicalIndex, packed
from inquiry_service.answering.postings import COUNT_BITS, by_term
from inquiry_service.answering.rows import Groups
from inquiry_service.answering.scoring import Limits

PASSAGES: tuple[list[str], ...] = (
    ["粮食", "收购", "备案"],
    ["粮食", "粮食", "补贴"],
    ["公开"],
    [],
    ["备案", "公开"],
)


def index_of(passages: Sequence[Sequence[str]], limits: Limits | None = None) -> LexicalIndex:
    rows = [packed(passage) for passage in passages]
    counts = np.asarray([len(row) for row in rows], np.int64)
    whole = np.concatenate([np.zeros(0, np.uint64), *rows])
    groups = Groups(whole, np.cumsum(counts) - counts, counts)
    return LexicalIndex.build(groups, {term for passage in passages for term in passage}, limits)


def test_scores_are_those_of_the_library_for_bm25() -> None:
    import bm25s

    reference = bm25s.BM25(k1=1.2, b=0.6, method="lucene")
    reference.index([list(passage) for passage in PASSAGES], show_progress=False)
    for terms in (["粮食"], ["备案", "公开"], ["粮食", "补贴", "公开"]):
        expected = reference.get_scores(terms)
        assert index_of(PASSAGES).scores(terms) == pytest.approx(expected, abs=1e-6)


def test_unknown_terms_score_nothing_and_are_the_rarest() -> None:
    index = index_of(PASSAGES)
    assert not index.scores(["没有"]).any()
    assert index.frequency("没有") == 0
    assert index.rarity("没有") > index.rarity("补贴") > index.rarity("公开")
    assert (index.frequency("粮食"), index.frequency("备案")) == (2, 2)


def test_a_library_without_words_has_no_scores() -> None:
    index = index_of([[], []])
    assert index.scores(["粮食"]).tolist() == [0, 0]
    assert index.words(1) == []
    assert index.asked({"粮食": 1.0}).best(5)[0].tolist() == []


def test_a_weight_counts_a_term_for_less() -> None:
    index = index_of(PASSAGES)
    half = index.asked({"粮食": 0.5}).whole()
    assert half == pytest.approx(index.scores(["粮食"]) / 2)


def test_words_are_listed_by_how_many_passages_have_them() -> None:
    assert index_of(PASSAGES).words(2) == sorted(["粮食", "备案", "公开"])


def test_what_is_saved_opens_with_the_same_scores(tmp_path: Path) -> None:
    index = index_of(PASSAGES)
    index.save(tmp_path / "lexical")
    opened = LexicalIndex.open(tmp_path / "lexical", len(PASSAGES))
    assert opened.scores(["粮食", "公开"]).tolist() == index.scores(["粮食", "公开"]).tolist()
    assert opened.words(1) == index.words(1)


TERMS = st.lists(st.sampled_from("甲乙丙丁戊己庚辛壬癸"), max_size=8)


@given(st.lists(TERMS, min_size=1, max_size=60), TERMS, st.integers(1, 10))
def test_skipping_passages_that_cannot_be_among_the_best_changes_nothing(
    passages: list[list[str]], terms: list[str], count: int
) -> None:
    index = index_of(passages)
    weights = {term: 1.0 + at / 7 for at, term in enumerate(terms)}
    everyone = np.arange(len(passages))
    expected = index.asked(weights)
    quick = index_of(passages, Limits(scored_whole=0, looked_after=2)).asked(weights)
    looked_up = quick.of(everyone)
    ordinals, scores = quick.best(count)
    whole = expected.whole()
    assert looked_up == pytest.approx(whole, abs=1e-5)
    assert scores == pytest.approx(np.sort(whole[whole > 0])[::-1][:count], abs=1e-5)
    assert scores == pytest.approx(whole[ordinals], abs=1e-5)


def test_among_many_passages_the_best_are_those_of_all() -> None:
    random = np.random.default_rng(3)
    vocabulary = [f"词{row}" for row in range(300)]
    passages = [
        [vocabulary[int(row)] for row in random.geometric(0.03, 12) % 300] for _ in range(4000)
    ]
    index = index_of(passages, Limits(scored_whole=0, looked_after=500))
    for _ in range(20):
        terms = [vocabulary[int(row)] for row in random.geometric(0.02, 8) % 300]
        weights = dict.fromkeys(terms, 1.0)
        ordinals, scores = index.asked(weights).best(10)
        whole = index.asked(weights).whole()
        assert scores == pytest.approx(np.sort(whole)[::-1][:10], abs=1e-4)
        assert scores == pytest.approx(whole[ordinals], abs=1e-4)


@given(st.lists(st.integers(0, 40), max_size=300), st.integers(0, 56))
def test_terms_come_together_with_their_passages_in_order(drawn: list[int], shift: int) -> None:
    """Also terms that differ in their last bits only, or in their first."""
    numbers = np.asarray(drawn, np.uint64) << np.uint64(shift)
    order = by_term(numbers)
    expected = np.argsort(numbers >> np.uint64(COUNT_BITS), kind="stable")
    assert order.tolist() == expected.tolist()
