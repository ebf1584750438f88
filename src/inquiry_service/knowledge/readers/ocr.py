"""Text in pictures, recognised on this machine; an extra that may not be installed."""

import math
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from statistics import median
from typing import Any

from inquiry_service.knowledge.readers.paper.page import Line, Page

INSTALL = "请系统管理员装上文字识别组件（在安装目录运行 make ocr），再读一次"
MISSING = f"这是扫描件或图片，要靠文字识别组件才能读；{INSTALL}，或换用有文字的版本"
NOTHING_FOUND = "图片里没有认出文字，请换更清楚的扫描件（建议 200 dpi 以上）或有文字的版本"
_DOUBTFUL = 0.85
_HOPELESS = 0.5
_UPSIDE_DOWN = 0.8
_INK = 40
"""How much darker than paper, of 255."""
_EDGE = 20
_SHOWN = 3
_LONGEST_SIDE = 2600
"""Pixels; an A4 page at 200 dots an inch has 2339."""

_DETECTED_AT = 1600
"""Pixels on the longer side while looking for lines; they are read at full resolution."""
_LOCK = threading.Lock()


@dataclass(slots=True)
class Doubts:
    """Which pages were recognised, and the lines on them that may be wrong."""

    pages: list[int] = field(default_factory=list)
    lines: list[tuple[int, str]] = field(default_factory=list)

    def warnings(self) -> list[str]:
        """One sentence; a clerk compares the lines named with the original."""
        if not self.pages:
            return []
        told = f"{len(self.pages)} 页由图片识别成文字，数字和人名请对照原件核对"
        if not self.lines:
            return [told]
        places = "、".join(f"{page + 1}" for page in dict.fromkeys(p for p, _ in self.lines))
        shown = "、".join(f"“{text[:20]}”" for _, text in self.lines[:_SHOWN])
        more = "等" if len(self.lines) > _SHOWN else ""
        return [f"{told}；第 {places} 页有 {len(self.lines)} 行把握不大：{shown}{more}"]


def available() -> bool:
    """Whether the extra is installed."""
    return all(find_spec(module) is not None for module in ("rapidocr", "cv2", "onnxruntime"))


def recognise(picture: Any, width: float, number: int, doubts: Doubts) -> Page:
    """The lines in a PIL picture in RGB of a page so many points wide.

    What is unsure is added to `doubts` under the page's number, counted from 0.
    """
    import numpy as np

    scale = width / picture.width
    with _LOCK:
        found, (height, breadth) = _read(np.asarray(picture)[:, :, ::-1])
    doubts.pages.append(number)
    lines: list[Line] = []
    turn = _slope(found.boxes) if _count(found) else 0.0
    for box, text, score in _recognised(found):
        if score >= _HOPELESS and text.strip():
            lines.append(_line(box, text.strip(), turn, scale))
            if score < _DOUBTFUL:
                doubts.lines.append((number, text.strip()))
    return Page(breadth * scale, height * scale, tuple(lines))


def _read(pixels: Any) -> tuple[Any, tuple[int, int]]:
    """What the engine finds, with the page the right way up, and that page's height and width."""
    import numpy as np

    ways = [(_look(pixels), pixels.shape[:2])]
    for quarters in _other_ways(ways[0][0]):
        turned = np.ascontiguousarray(np.rot90(pixels, quarters))
        ways.append((_look(turned), turned.shape[:2]))
    return max(ways, key=lambda way: _merit(way[0]))


def _look(pixels: Any) -> Any:
    """The engine's findings in the part of the page that has ink.

    On an almost empty page it overlooks the few words there are.
    """
    import numpy as np

    grey = pixels.mean(axis=2)
    ink = grey < np.median(grey[::8, ::8]) - _INK
    rows, columns = np.flatnonzero(ink.sum(axis=1) > 1), np.flatnonzero(ink.sum(axis=0) > 1)
    if not len(rows) or not len(columns):
        return _engine()(pixels)
    edge = max(_EDGE, pixels.shape[1] // 30)
    top, left = max(0, int(rows[0]) - edge), max(0, int(columns[0]) - edge)
    part = pixels[top : int(rows[-1]) + edge, left : int(columns[-1]) + edge]
    found = _engine()(np.ascontiguousarray(part))
    if found.boxes is not None:
        found.boxes = np.add(found.boxes, (left, top))
    return found


def _other_ways(found: Any) -> tuple[int, ...]:
    """Quarter turns worth trying: lines that stand upright, or hardly anything legible."""
    if not _count(found):
        return ()
    upright = sum(_is_tall(box) for box in found.boxes)
    if 2 * upright > _count(found):
        return (1, 3)
    sure = sum(score for _, _, score in _recognised(found)) / _count(found)
    return (2,) if sure < _UPSIDE_DOWN else ()


def _is_tall(box: Any) -> bool:
    xs, ys = [float(x) for x, _ in box], [float(y) for _, y in box]
    return max(ys) - min(ys) > 1.5 * (max(xs) - min(xs))


def _merit(found: Any) -> float:
    """Characters, each as far as the engine is sure of it, in lines that lie."""
    return sum(len(text) * score for box, text, score in _recognised(found) if not _is_tall(box))


def _recognised(found: Any) -> Iterator[tuple[Any, str, float]]:
    if _count(found):
        yield from zip(found.boxes, found.txts, found.scores, strict=True)


def _count(found: Any) -> int:
    return 0 if found.boxes is None or found.txts is None else len(found.txts)


@cache
def _engine() -> Any:
    """One for the process; loading its models takes about a second."""
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.max_side_len": _LONGEST_SIDE,
            # It takes a line for upside down now and then; we turn whole pages instead.
            "Global.use_cls": False,
            "Det.limit_type": "max",
            "Det.limit_side_len": _DETECTED_AT,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _slope(boxes: Any) -> float:
    """The angle by which the page lies askew: that of its middle line."""
    angles = [
        math.atan2(float(box[1][1] - box[0][1]), float(box[1][0] - box[0][0]))
        for box in boxes
        if box[1][0] - box[0][0] > 4 * abs(box[3][1] - box[0][1])
    ]
    return median(angles) if angles else 0.0


def _line(box: Any, text: str, turn: float, scale: float) -> Line:
    """The line as it would lie on a straight page."""
    cosine, sine = scale * math.cos(-turn), scale * math.sin(-turn)
    corners = [(float(x), float(y)) for x, y in box]
    points = [(x * cosine - y * sine, x * sine + y * cosine) for x, y in corners]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    # The box is wider than the type by a margin that the detector adds.
    size = 0.75 * (bottom - top)
    return Line(text, left, top, right, bottom, size, coarse=True)
