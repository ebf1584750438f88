"""Where things stand on an OFD page: millimetres, boundaries and matrices become points."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

_POINTS = 72 / 25.4
_MAX_TOKENS = 20_000
_ARGUMENTS = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


def numbers(text: str | None, count: int) -> tuple[float, ...]:
    """So many numbers as an attribute gives them, or none when it gives anything else."""
    try:
        found = tuple(float(part) for part in (text or "").split())
    except ValueError:
        return ()
    return found if len(found) == count and all(map(math.isfinite, found)) else ()


def boundary(element: Element) -> tuple[float, ...]:
    """Left, top, width and height as the element says, in millimetres."""
    return numbers(element.get("Boundary"), 4) or (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Frame:
    """From an object's own coordinates to points on the page."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def paper(cls, left: float, top: float) -> "Frame":
        """The page itself; its box may begin elsewhere than at zero."""
        return cls(_POINTS, 0, 0, _POINTS, -left * _POINTS, -top * _POINTS)

    def within(self, element: Element) -> "Frame":
        """The frame of an object: its matrix, then its boundary, then ours."""
        left, top, _, _ = boundary(element)
        a, b, c, d, e, f = numbers(element.get("CTM"), 6) or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        x, y = self.point(left + e, top + f)
        return Frame(
            self.a * a + self.c * b,
            self.b * a + self.d * b,
            self.a * c + self.c * d,
            self.b * c + self.d * d,
            x,
            y,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the object, on the page."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def length(self, upright: float) -> float:
        """A height of the object, on the page."""
        return upright * math.hypot(self.c, self.d)


def points(data: str | None) -> Iterator[list[tuple[float, float]]]:
    """The chains of straight strokes in a path; a curve ends a chain."""
    tokens = (data or "").split()[:_MAX_TOKENS]
    chain: list[tuple[float, float]] = []
    position = 0
    while position < len(tokens):
        command = tokens[position]
        count = _ARGUMENTS.get(command)
        if count is None:
            break
        values = numbers(" ".join(tokens[position + 1 : position + 1 + count]), count)
        position += 1 + count
        if count and not values:
            break
        if command == "C":
            yield [*chain, *chain[:1]]
            chain = chain[:1]
        elif command == "L":
            chain.append((values[0], values[1]))
        else:
            yield chain
            chain = [(values[-2], values[-1])]
    yield chain
