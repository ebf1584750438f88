"""From PDF's coordinates (upwards, perhaps turned) to ours (downwards from the top left)."""


class Turning:
    """Turns points of a page with the given box, clockwise by a multiple of 90 degrees."""

    def __init__(
        self, left: float, bottom: float, right: float, top: float, *, rotation: int
    ) -> None:
        self._left, self._bottom, self._right, self._top = left, bottom, right, top
        self.rotation = rotation % 360
        sideways = self.rotation in {90, 270}
        width, height = right - left, top - bottom
        self.width, self.height = (height, width) if sideways else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where the point lies, from the top left corner of the turned page."""
        match self.rotation:
            case 90:
                return y - self._bottom, x - self._left
            case 180:
                return self._right - x, y - self._bottom
            case 270:
                return self._top - y, self._right - x
            case _:
                return x - self._left, self._top - y

    def box(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a turned box."""
        (a, b), (c, d) = self.point(left, bottom), self.point(right, top)
        return min(a, c), min(b, d), max(a, c), max(b, d)
