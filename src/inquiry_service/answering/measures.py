"""How well a ranking puts the judged documents first: the usual figures, from their definitions."""

import math
from collections.abc import Mapping, Sequence

Ranking = list[tuple[str, float]]
"""Documents with their score, best first."""

RUN_DEPTH = 100
TOP = 10


def measures(
    rankings: Mapping[str, Ranking], judged: Mapping[str, Mapping[str, int]]
) -> dict[str, float]:
    """Means over the queries that have a relevant document."""
    rows = [
        _measures_of([document for document, _ in ranking], judged[query])
        for query, ranking in rankings.items()
        if any(score > 0 for score in judged.get(query, {}).values())
    ]
    names = ("hit@1", "recall@10", "recall@100", "MRR@10", "nDCG@10")
    means = {name: sum(row[name] for row in rows) / len(rows) if rows else 0.0 for name in names}
    return {"queries": len(rows), **means}


def _measures_of(ranked: Sequence[str], scores: Mapping[str, int]) -> dict[str, float]:
    relevant = {document for document, score in scores.items() if score > 0}
    first = next((rank for rank, d in enumerate(ranked[:TOP], 1) if d in relevant), None)
    gains = [max(0, scores.get(document, 0)) for document in ranked[:TOP]]
    ideal = sorted((max(0, score) for score in scores.values()), reverse=True)[:TOP]
    return {
        "hit@1": float(first == 1),
        "recall@10": len(relevant.intersection(ranked[:TOP])) / len(relevant),
        "recall@100": len(relevant.intersection(ranked[:RUN_DEPTH])) / len(relevant),
        "MRR@10": 1.0 / first if first else 0.0,
        "nDCG@10": _discounted(gains) / _discounted(ideal),
    }


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))
