"""What is near to a question is shared among those that documents answer and those they do not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.answering.named_questions import NamedQuestions, Nearness
from inquiry_service.answering.scoring import Scores

cosines = st.lists(st.floats(-1, 1, width=32), max_size=8).map(
    lambda listed: np.asarray(listed, np.float32)
)


@given(cosines, cosines)
def test_all_shares_together_never_make_more_than_one(asked: Scores, denied: Scores) -> None:
    near = Nearness.of(asked, denied)
    shares = [*near.asked_shares.tolist(), near.denied_share]
    assert all(share >= 0 for share in shares)
    assert sum(shares) <= 1 + 1e-5


@given(cosines.filter(lambda asked: len(asked) > 1))
def test_the_nearer_question_has_the_greater_share(asked: Scores) -> None:
    shares = Nearness.of(asked, np.zeros(0, np.float32)).asked_shares
    order = np.argsort(asked, kind="stable")
    assert np.all(np.diff(shares[order]) >= 0)


def test_where_nothing_is_near_nothing_is_shared() -> None:
    near = Nearness.of(np.asarray([0.1, 0.2], np.float32), np.asarray([0.15], np.float32))
    assert near.asked_shares.sum() < 0.01
    assert near.denied_share < 0.01


def test_a_question_nobody_answers_takes_the_share_of_one_that_is_less_near() -> None:
    asked = np.asarray([0.7], np.float32)
    alone = Nearness.of(asked, np.zeros(0, np.float32))
    beside = Nearness.of(asked, np.asarray([0.85], np.float32))
    assert alone.asked_shares[0] == pytest.approx(1.0, abs=0.02)
    assert beside.denied_share > 0.9
    assert beside.asked_shares[0] < 0.1


def test_a_library_that_names_no_questions_is_near_to_none() -> None:
    nothing = NamedQuestions.of([], np.zeros((0, 4), np.float32), {"a": 0})
    near = Nearness.of(*[nothing.similarity(np.ones(4, np.float32))] * 2)
    assert near.denied_share == 0.0
    assert nothing.of_documents(near.asked, 1).tolist() == [0.0]
