"""How well one finder did on one set, as a line of the table and bars of the picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benching.questions import Judged, hit_and_rank, told_apart
from benching.told import Told


@dataclass(frozen=True)
class Scored:
    """What a finder took and found; everything is named by the question's id."""

    name: str
    found: Mapping[str, list[str]]
    scores: Mapping[str, float | None]
    """Of the first one found; None when nothing was."""
    given: Mapping[str, bool]
    """Whether the person was given something."""
    seconds: Sequence[float]
    encoding: float
    """Seconds of a question that are the encoder's, in the middle."""
    indexing: float
    megabytes: float
    ours: bool = False


def line(told: Told, judged: Judged, one: Scored) -> None:
    hit, rank = hit_and_rank(judged, dict(one.found))
    each = sorted(second * 1000 for second in one.seconds)
    middle, late = each[len(each) // 2], each[int(len(each) * 0.95)]
    name = f"**{one.name}**" if one.ours else one.name
    told.line(
        "peers",
        judged.about,
        name,
        f"{hit:.3f}",
        f"{rank:.3f}",
        f"{middle:.1f} ms",
        f"{late:.1f} ms",
        f"{one.encoding * 1000:.1f} ms" if one.encoding else "",
        f"{one.indexing:.1f} s",
        f"{one.megabytes:.0f} MB",
        *_unanswerable(judged, one),
    )
    told.bar(f"Right document first, {judged.name}", one.name, hit, f"{hit:.3f}", ours=one.ours)
    title = f"One question, median, {judged.name}"
    told.bar(title, one.name, middle, f"{middle:.1f} ms", ours=one.ours)


def _unanswerable(judged: Judged, one: Scored) -> tuple[str, str]:
    """Share of those without an answer that got something, and how well the score tells them."""
    if not judged.unanswerable:
        return "", ""
    given = sum(one.given[name] for name in judged.unanswerable) / len(judged.unanswerable)
    lowest = min((score for score in one.scores.values() if score is not None), default=0.0) - 1
    of = {name: lowest if score is None else score for name, score in one.scores.items()}
    apart = told_apart(
        [of[name] for name in judged.questions], [of[name] for name in judged.unanswerable]
    )
    return f"{given:.0%}", f"{apart:.3f}"
