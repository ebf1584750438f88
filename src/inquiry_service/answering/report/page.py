"""Laying out the report: from what was measured to one page, and to figures as JSON."""

import hashlib
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from inquiry_service.answering.answer import Status
from inquiry_service.answering.calibration import (
    Bin,
    Judged,
    Point,
    expected_calibration_error,
    interval,
    point_at,
    reliability,
    risk_coverage,
)
from inquiry_service.answering.evaluation_files import written
from inquiry_service.answering.judgement import ANSWER_AT
from inquiry_service.answering.report.cases import Case, worst
from inquiry_service.answering.report.drawing import reliability_svg, risk_coverage_svg
from inquiry_service.answering.report.making import Measured
from inquiry_service.answering.report.targets import (
    MEASURES,
    OWN_TARGETS,
    SET_TARGETS,
    Measure,
    Target,
)

ENDINGS = {
    Status.ANSWERED: "作答",
    Status.CLARIFY: "反问",
    Status.UNMATCHED: "未查到",
    Status.OUT_OF_SCOPE: "不在范围",
    Status.REFUSED: "不受理",
    Status.FAILED: "故障",
}
KINDS = {
    "exact": "原词",
    "synonym": "同义",
    "colloquial": "口语",
    "typo": "错别字",
    "traditional": "繁体",
    "numeric": "数字",
    "multi_part": "一次多问",
    "company": "企业提问",
    "year_trap": "年份陷阱",
    "region_trap": "地区陷阱",
    "wrong_premise": "前提有误",
    "repealed": "已废止",
    "other_bureau": "别的部门",
    "chitchat": "闲聊",
    "everyday": "日常问题",
    "injection": "指令注入",
}
WORST = 20


@dataclass(frozen=True)
class Line:
    """One figure beside its target."""

    where: str
    measure: Measure
    figure: float
    target: Target | None
    count: int
    place: int
    """Where its set stands on the page."""

    @property
    def about(self) -> tuple[float, float] | None:
        """Where the true figure lies, 19 times of 20; for shares."""
        return interval(self.figure, self.count) if self.measure.share else None

    @property
    def reached(self) -> bool | None:
        return self.target.reached(self.figure) if self.target else None


@dataclass(frozen=True)
class Trust:
    """How far the confidence can be believed on one set of questions."""

    name: str
    count: int
    error: float
    now: Point
    bins: tuple[Bin, ...]
    reliability: str
    curve: str


@dataclass(frozen=True)
class Speed:
    """Seconds from a question to its answer."""

    name: str
    count: int
    half: float
    most: float


def write_report(measured: Measured, out: Path, figures: Path | None = None) -> None:
    """The page, and the figures beside it. Raises `KnowledgeFault` when they cannot be written."""
    with written(out) as file:
        file.write(page(measured))
    if figures is not None:
        with written(figures) as file:
            file.write(figures_json(measured))


def page(measured: Measured) -> str:
    """The whole page: style and pictures inside, nothing fetched."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(shown=shown, percent=percent, ending=ending, svg=Markup)
    lines = all_lines(measured)
    return environment.get_template("page.html").render(
        measured=measured,
        aims=[line for line in lines if line.target],
        others=[line for line in lines if not line.target],
        trusts=all_trusts(measured),
        speeds=all_speeds(measured),
        own_cases=worst((case for half in measured.halves for case in half.cases), WORST),
        set_cases=worst((case for one in measured.sets for case in one.cases), WORST),
        endings=list(ENDINGS),
        kinds=KINDS,
        threshold=ANSWER_AT,
        traced=traced,
        number=number,
    )


def figures_json(measured: Measured) -> str:
    """The figures alone: no wording of any question."""
    told = {
        "circumstances": asdict(measured.circumstances),
        "figures": [
            {
                "set": line.where,
                "measure": line.measure.name,
                "figure": line.figure,
                "questions": line.count,
                "interval": line.about,
                "reach": line.target.reach if line.target else None,
                "reached": line.reached,
            }
            for line in all_lines(measured)
        ],
        "sets": {one.name: {"digest": one.digest, **one.figures} for one in measured.sets},
        "halves": {
            half.half.value: {
                "digest": half.digest,
                **half.figures,
                "kinds": half.kinds,
                "confusion": half.confusion,
            }
            for half in measured.halves
        },
        "confidence": [
            {"set": one.name, "calibration_error": one.error, "at_threshold": asdict(one.now)}
            for one in all_trusts(measured)
        ],
        "seconds": [asdict(one) for one in all_speeds(measured)],
    }
    return json.dumps(told, ensure_ascii=False, indent=2, default=str) + "\n"


def all_lines(measured: Measured) -> list[Line]:
    told: list[tuple[str, dict[str, Any], Sequence[Target], dict[str, int]]] = [
        (half.name, half.figures, OWN_TARGETS, half.counts) for half in measured.halves
    ]
    for one in measured.sets:
        targets = SET_TARGETS.get(one.name, ())
        if one.unseen:
            told.append((f"{one.name}：只算没有学过的题", one.unseen, targets, one.counts))
            told.append((f"{one.name}：模型学过这些题，成绩偏高", one.figures, (), one.counts))
        else:
            told.append((one.name, one.figures, targets, one.counts))
    return [line for place, one in enumerate(told) for line in _lines(place, *one)]


def _lines(
    place: int,
    where: str,
    figures: dict[str, Any],
    targets: Sequence[Target],
    counts: dict[str, int],
) -> Iterable[Line]:
    aims = {target.measure: target for target in targets}
    for name, measure in MEASURES.items():
        figure = figures.get(name)
        # A count of answers under the same name is not the share of them.
        if isinstance(figure, float):
            count = counts.get(name, counts["questions"])
            yield Line(where, measure, figure, aims.get(name), count, place)


def all_trusts(measured: Measured) -> list[Trust]:
    named = [(half.name, half.judged) for half in measured.halves]
    named += [
        (f"{one.name}，含无答案问题" if one.unanswerable else one.name, one.judged)
        for one in measured.sets
    ]
    return [_trust(name, judged) for name, judged in named if judged]


def _trust(name: str, judged: Sequence[Judged]) -> Trust:
    bins, now = reliability(judged), point_at(judged, ANSWER_AT)
    curve = risk_coverage(judged)
    highest = next(top for top in (0.05, 0.1, 0.2, 0.5, 1.0) if curve[-1].risk <= top)
    return Trust(
        name,
        len(judged),
        expected_calibration_error(bins),
        now,
        bins,
        reliability_svg(bins, f"{name}：可信度与实际正确比例"),
        risk_coverage_svg(curve, now, f"{name}：作答比例与答错比例", highest=highest),
    )


def all_speeds(measured: Measured) -> list[Speed]:
    named = [(half.name, half.seconds) for half in measured.halves]
    named += [(one.name, one.seconds) for one in measured.sets]
    return [
        Speed(name, len(seconds), quantile(seconds, 0.5), quantile(seconds, 0.95))
        for name, seconds in named
        if seconds
    ]


def quantile(values: Sequence[float], share: float) -> float:
    """The least value that `share` of all do not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def traced(case: Case) -> list[tuple[str, float]]:
    """The figures of the decision, largest first."""
    return sorted(case.row.features.items(), key=lambda pair: -abs(pair[1]))


def number(case: Case) -> str:
    """A name for a question that does not tell its wording."""
    return hashlib.sha256(case.row.question.encode()).hexdigest()[:8]


def shown(figure: float, measure: Measure) -> str:
    return percent(figure) if measure.share else f"{figure:.3f}"


def percent(figure: float) -> str:
    return f"{figure:.1%}"


def ending(status: str) -> str:
    return ENDINGS[Status(status)]
