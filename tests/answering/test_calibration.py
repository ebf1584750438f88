"""The figures of the confidence, against their definitions written out the long way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.answering.calibration import (
    auroc,
    expected_calibration_error,
    interval,
    kept_letting_by,
    point_at,
    reliability,
    risk_coverage,
    threshold_letting_by,
)

# Tenths, so that equal scores are common: ties are where definitions differ.
scores = st.lists(st.integers(0, 10).map(lambda tenth: tenth / 10), max_size=30)
cases = st.lists(st.tuples(st.integers(0, 20).map(lambda at: at / 20), st.booleans()), max_size=40)


@given(scores, scores)
def test_auroc_counts_the_pairs_put_in_the_right_order(
    positive: list[float], negative: list[float]
) -> None:
    pairs = [(one, other) for one in positive for other in negative]
    wins = sum(1.0 if one > other else 0.5 if one == other else 0.0 for one, other in pairs)
    assert auroc(positive, negative) == pytest.approx(wins / len(pairs) if pairs else 0.5)


@given(scores, scores, st.sampled_from([0.0, 0.05, 0.2, 0.5, 1.0]))
def test_no_lower_threshold_keeps_more_without_letting_too_many_by(
    positive: list[float], negative: list[float], share: float
) -> None:
    limits = [float("-inf"), *negative, *positive]
    lawful = [
        limit
        for limit in limits
        if sum(score > limit for score in negative) <= share * len(negative) + 1e-9
    ]
    best = max((sum(score > limit for score in positive) for limit in lawful), default=0)
    kept = kept_letting_by(positive, negative, share)
    assert kept == pytest.approx(best / len(positive) if positive else 0.0)
    assert threshold_letting_by(negative, share) in lawful


@given(cases)
def test_every_case_lies_in_one_bin_and_the_error_is_the_mean_distance(
    judged: list[tuple[float, bool]],
) -> None:
    bins = reliability(judged)
    assert sum(one.count for one in bins) == len(judged)
    distance = 0.0
    for at, one in enumerate(bins):
        last = at == len(bins) - 1
        inside = [
            case for case in judged if one.low <= case[0] < one.high or (last and case[0] == 1.0)
        ]
        assert one.count == len(inside)
        if inside:
            assert one.right == pytest.approx(sum(right for _, right in inside) / len(inside))
            mean = sum(confidence for confidence, _ in inside) / len(inside)
            assert one.confidence == pytest.approx(mean)
            distance += len(inside) * abs(one.confidence - one.right)
    expected = distance / len(judged) if judged else 0.0
    assert expected_calibration_error(bins) == pytest.approx(expected)


@given(cases)
def test_the_curve_says_for_each_confidence_what_answering_from_it_gives(
    judged: list[tuple[float, bool]],
) -> None:
    curve = risk_coverage(judged)
    assert [point.threshold for point in curve] == sorted({c for c, _ in judged}, reverse=True)
    for point in curve:
        answered = [right for confidence, right in judged if confidence >= point.threshold]
        assert point.coverage == pytest.approx(len(answered) / len(judged))
        assert point.risk == pytest.approx(answered.count(False) / len(answered))
        assert point.wrong == pytest.approx(answered.count(False) / len(judged))
        assert point_at(judged, point.threshold) == point


def test_a_confidence_that_is_always_right_about_itself_has_no_error() -> None:
    judged = [(0.75, True)] * 3 + [(0.75, False)]
    assert expected_calibration_error(reliability(judged)) == 0.0
    assert expected_calibration_error(reliability([(0.9, False)])) == pytest.approx(0.9)


def test_a_threshold_above_everything_answers_nothing() -> None:
    point = point_at([(0.4, True)], 0.9)
    assert (point.coverage, point.risk, point.wrong) == (0.0, 0.0, 0.0)


@given(st.integers(1, 400), st.data())
def test_the_interval_is_all_true_shares_that_would_not_surprise(
    count: int, data: st.DataObject
) -> None:
    hits = data.draw(st.integers(0, count))
    low, high = interval(hits / count, count)
    assert 0.0 <= low <= hits / count + 1e-9
    assert hits / count - 1e-9 <= high <= 1.0
    for edge in (low, high):
        if 0.0 < edge < 1.0:
            deviation = (edge * (1 - edge) / count) ** 0.5
            assert abs(hits / count - edge) == pytest.approx(1.959964 * deviation, abs=1e-6)


def test_without_a_draw_any_share_may_be_true() -> None:
    assert interval(0.0, 0) == (0.0, 1.0)
