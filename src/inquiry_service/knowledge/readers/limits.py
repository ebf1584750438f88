"""How much of a file is read before it is refused: one table for every format.

A file beyond a limit becomes one finding that names the limit; the rest goes on.
"""

from dataclasses import dataclass
from enum import StrEnum

MB = 1024 * 1024


class Format(StrEnum):
    """What a file is by its content; the value names the reader in the worker."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"
    OFD = "ofd"
    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"
    PPTX = "pptx"
    PICTURE = "picture"
    OFFICE = "office"
    ZIP = "zip"


@dataclass(frozen=True, slots=True)
class Limit:
    """Size of the file and address space in bytes; seconds on the wall clock for all of it."""

    size: int
    seconds: float
    memory: int


LIMITS = {
    Format.TEXT: Limit(5 * MB, 30, 1024 * MB),
    Format.MARKDOWN: Limit(5 * MB, 30, 1024 * MB),
    Format.HTML: Limit(10 * MB, 30, 1024 * MB),
    Format.PDF: Limit(100 * MB, 600, 4096 * MB),
    Format.OFD: Limit(100 * MB, 600, 4096 * MB),
    Format.DOCX: Limit(50 * MB, 120, 2048 * MB),
    Format.XLSX: Limit(50 * MB, 180, 3072 * MB),
    Format.PPTX: Limit(50 * MB, 120, 2048 * MB),
    Format.CSV: Limit(5 * MB, 60, 1024 * MB),
    Format.PICTURE: Limit(50 * MB, 180, 4096 * MB),
    Format.OFFICE: Limit(50 * MB, 180, 8192 * MB),
    Format.ZIP: Limit(500 * MB, 60, 1024 * MB),
}
"""LibreOffice reserves far more address space than it uses; a scanned PDF needs its time."""

MAX_FILE = max(limit.size for limit in LIMITS.values())
MAX_CHARACTERS = 5_000_000
"""Of text taken out of one file."""
MAX_NESTING = 200
"""Of elements in HTML; pages that people write stay below 60."""
MAX_UNPACKED = 300 * MB
"""Of an Office file or OFD, which are ZIP inside."""
MAX_RATIO = 200
"""Unpacked to packed, for parts of more than `MIN_SUSPICIOUS`; honest XML stays below 100."""
MIN_SUSPICIOUS = 20 * MB
MAX_CELLS = 1_000_000
"""Of all sheets of a workbook."""
MAX_COLUMNS = 256
MAX_MEMBERS = 5_000
"""Of one ZIP."""
MAX_ARCHIVE = 1024 * MB
"""All members of one ZIP, unpacked, with those of ZIPs inside."""
MAX_ZIP_DEPTH = 2
"""A ZIP in a ZIP is opened; a third one inside it is not."""


def too_large(size: int, limit: int) -> str:
    """The sentence for a file beyond its limit; both in bytes."""
    return f"文件有 {size / MB:.1f} MB，超过 {limit // MB} MB 的上限，请拆成几个文件"
