"""PDF files made for the tests: text set line by line, ruled tables, several pages."""

import io
from collections.abc import Sequence
from typing import Any

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT = 90.0, 505.0
SONG = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(SONG))


class Sheets:
    """A sheet of A4 after the other. Heights are counted from the top, as one reads."""

    def __init__(self, *, password: str | None = None, title: str | None = None) -> None:
        self._buffer = io.BytesIO()
        encrypt = StandardEncryption(password) if password else None
        self._canvas: Any = Canvas(
            self._buffer, pagesize=(WIDTH, HEIGHT), encrypt=encrypt, invariant=1
        )
        if title:
            self._canvas.setTitle(title)
        self._y = 100.0

    def at(self, x: float, y: float, text: str, size: float = 12, font: str = SONG) -> "Sheets":
        self._canvas.setFont(font, size)
        self._canvas.drawString(x, HEIGHT - y, text)
        return self

    def centred(self, text: str, size: float = 12) -> "Sheets":
        self._y += size
        self._canvas.setFont(SONG, size)
        self._canvas.drawCentredString(WIDTH / 2, HEIGHT - self._y, text)
        self._y += 0.6 * size
        return self

    def paragraph(self, text: str, *, indent: int = 2, size: float = 12) -> "Sheets":
        """Set like a Chinese paragraph: first line set in, the others full."""
        columns = int((RIGHT - LEFT) / size)
        first = True
        while text:
            room = columns - (indent if first else 0)
            line, text = text[:room], text[room:]
            self.at(LEFT + (indent * size if first else 0), self._y, line, size)
            self._y += 1.6 * size
            first = False
        return self

    def header_and_footer(self, header: str, footer: str) -> "Sheets":
        self.at(LEFT, 45, header, 9)
        self._canvas.drawCentredString(WIDTH / 2, 40, footer)
        return self

    def slanted(self, text: str) -> "Sheets":
        self._canvas.saveState()
        self._canvas.translate(200, 300)
        self._canvas.rotate(45)
        self._canvas.setFont(SONG, 40)
        self._canvas.drawString(0, 0, text)
        self._canvas.restoreState()
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> "Sheets":
        self._canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)
        return self

    def table(self, top: float, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> "Sheets":
        """A full grid, every side of every cell drawn."""
        height = 24.0
        xs = [LEFT + sum(widths[:n]) for n in range(len(widths) + 1)]
        for n in range(len(rows) + 1):
            self.rule(xs[0], top + n * height, xs[-1], top + n * height)
        for x in xs:
            self.rule(x, top, x, top + len(rows) * height)
        for n, row in enumerate(rows):
            for x, cell in zip(xs, row, strict=False):
                self.at(x + 4, top + n * height + 16, cell, 10)
        self._y = top + len(rows) * height + 20
        return self

    def picture(self, image: Any) -> "Sheets":
        self._canvas.drawImage(ImageReader(image), 0, 0, WIDTH, HEIGHT)
        return self

    def turned(self, degrees: int) -> "Sheets":
        self._canvas.setPageRotation(degrees)
        return self

    def next_sheet(self) -> "Sheets":
        self._canvas.showPage()
        self._y = 100.0
        return self

    def bytes(self) -> bytes:
        self._canvas.showPage()
        self._canvas.save()
        return self._buffer.getvalue()


def raw_pdf(*objects: str) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    return (
        body
        + (
            f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
            f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF"
        ).encode()
    )
