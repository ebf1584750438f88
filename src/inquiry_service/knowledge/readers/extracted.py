"""What a reader takes out of a file, whatever its format."""

from collections.abc import Mapping
from dataclasses import dataclass, field


class Unreadable(ValueError):
    """The file cannot be used; the message is a Chinese clause that says why and what to do."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that the document names as its attachment (附件), as the document spells it."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Extracted:
    r"""The text of a file with what the file says about itself.

    `text` is verbatim in reading order, in the Markdown that the splitter reads: `#` headings,
    paragraphs apart by a blank line, tables with one line a row (`|` in a cell written `\\|`).
    """

    text: str
    told: Mapping[str, str] = field(default_factory=dict)
    """Front-matter field and value (title, issuer, document_number, published, ...)."""
    page_starts: tuple[int, ...] = ()
    """Where in `text` each page begins; empty when the format has no pages."""
    attachments: tuple[Attached, ...] = ()
    warnings: tuple[str, ...] = ()
