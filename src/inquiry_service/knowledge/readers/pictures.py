"""Pictures of text: photographs and scans, one page or several."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from inquiry_service.knowledge.readers import ocr
from inquiry_service.knowledge.readers.extracted import Extracted, Unreadable
from inquiry_service.knowledge.readers.paper.composing import compose
from inquiry_service.knowledge.readers.paper.page import Page

FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP")
MAX_PIXELS = 60_000_000
"""Of one picture; an A3 sheet at 400 dots an inch has 31 million."""
MAX_FRAMES = 50
_A4 = (595.0, 842.0)
_WORKING_PIXELS = 12_000_000
_FEWEST_PIXELS = 24
"""On a side; less cannot show a character."""


def read_picture(
    data: bytes,
    name: str,  # noqa: ARG001 - all readers are called alike
    *,
    can_recognise: Callable[[], bool] = ocr.available,
) -> Extracted:
    """The text in a picture.

    Raises:
        Unreadable: not a picture we know, damaged, too large, without legible text, or nothing
            that recognises text is installed.
    """
    pages, doubts = _recognised(data, can_recognise)
    if not any(page.lines for page in pages):
        raise Unreadable(ocr.NOTHING_FOUND)
    return compose(pages, warnings=doubts.warnings())


def _recognised(data: bytes, can_recognise: Callable[[], bool]) -> tuple[list[Page], ocr.Doubts]:
    doubts = ocr.Doubts()
    pages = []
    for number, frame in enumerate(frames_of(data)):
        if not can_recognise():
            raise Unreadable(ocr.MISSING)
        pages.append(ocr.recognise(frame, _paper_width(frame), number, doubts))
    return pages, doubts


def _paper_width(frame: Any) -> float:
    """In points: as if the picture showed a sheet of A4."""
    return _A4[0] if frame.width <= frame.height else _A4[1]


def frames_of(data: bytes) -> Iterator[Any]:
    """The picture's pages upright in RGB, of bounded size.

    Raises:
        Unreadable: as `read_picture`.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with _quietly():
            picture = Image.open(BytesIO(data), formats=FORMATS)
        with picture:
            with _quietly():
                count = getattr(picture, "n_frames", 1)
            if count > MAX_FRAMES:
                raise Unreadable(f"图片有 {count} 页，超过 {MAX_FRAMES} 页的上限，请拆成几个文件")
            for number in range(count):
                with _quietly():
                    picture.seek(number)
                    frame = _upright(picture)
                yield frame
    except UnidentifiedImageError as fault:
        raise Unreadable(_NO_PICTURE) from fault
    except Image.DecompressionBombError as fault:
        raise Unreadable(_TOO_MANY_PIXELS) from fault
    except Unreadable:
        raise
    except _DAMAGED as fault:
        raise Unreadable("图片已损坏或不完整，请重新扫描或另存一份再放入") from fault


_NO_PICTURE = "不是能读的图片（支持 png、jpg、tif、bmp、webp），请转换后再放入"
_TOO_MANY_PIXELS = (
    f"图片太大，超过 {MAX_PIXELS // 10_000} 万像素的上限，请缩小（A4 纸 300 dpi 足够）后再放入"
)
_DAMAGED = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    ArithmeticError,
    MemoryError,
    AttributeError,
    RuntimeError,
)
"""Everything that Pillow's decoders are known to raise on mutilated files."""


@contextmanager
def _quietly() -> Iterator[None]:
    """Pillow warns of oddities that do not hinder reading; its limits we check ourselves."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _upright(picture: Any) -> Any:
    """The frame turned as its camera says; not decoded before its size is known to be sane."""
    from PIL import ImageOps

    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise Unreadable(_TOO_MANY_PIXELS)
    if min(width, height) < _FEWEST_PIXELS:
        raise Unreadable(f"图片只有 {width}×{height} 像素，看不清文字，请换清楚的扫描件")
    frame = ImageOps.exif_transpose(picture)
    if frame.mode in {"RGBA", "LA", "P", "PA"}:
        frame = _on_white(frame.convert("RGBA"))
    shrink = (_WORKING_PIXELS / (width * height)) ** 0.5
    if shrink < 1:
        frame.thumbnail((int(frame.width * shrink) + 1, int(frame.height * shrink) + 1))
    return frame.convert("RGB")


def _on_white(frame: Any) -> Any:
    """Transparent paper is white, not black."""
    from PIL import Image

    paper = Image.new("RGBA", frame.size, "white")
    paper.alpha_composite(frame)
    return paper
