"""Names of attached files: tidy when they come in, safe when they go out. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import quote

LONGEST_NAME = 100
"""In characters; 255 bytes is what disks take, and a Chinese character needs three of them."""
_LONGEST_IN_BYTES = 240
_UNNAMED = "附件"
_NOT_ON_A_DISK = re.compile(r'[<>:"|?*\\/]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)
_LONGEST_SUFFIX = 8


def proper_name(name: str, suffixes: Sequence[str]) -> str:
    """The name as it is kept: one that a double click opens as what the file really is.

    `suffixes` are those of the file's type, the usual one first; a name that promises another
    type gets it appended (`报告.exe` becomes `报告.exe.pdf`).
    """
    tidy = download_name(name)
    if tidy.lower().endswith(tuple(suffixes)):
        return tidy
    return download_name(tidy + suffixes[0])


def download_name(name: str) -> str:
    """Safe on any disk: no path, no control or direction characters, not too long, never empty."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    plain = _NOT_ON_A_DISK.sub("_", "".join(c for c in last if not _is_invisible(c)))
    plain = " ".join(plain.split()).strip(". ")
    if not plain or _DEVICES.match(plain):
        plain = f"{_UNNAMED}{f'_{plain}' if plain else ''}"
    return _shortened(plain)


def content_disposition(name: str) -> str:
    """The header that makes a browser keep a file and never show it (RFC 6266, RFC 5987)."""
    safe = download_name(name)
    ascii_only = re.sub(r"[^\w.-]", "_", safe, flags=re.ASCII)
    return f"attachment; filename=\"{ascii_only}\"; filename*=UTF-8''{quote(safe, safe='')}"


def _is_invisible(character: str) -> bool:
    """Control, direction and half characters, and those that no standard defines."""
    if character.isspace():
        return False
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _shortened(name: str) -> str:
    """Cut before the suffix, which tells what opens the file."""
    stem, dot, suffix = name.rpartition(".")
    if not dot or not stem or len(suffix) > _LONGEST_SUFFIX:
        stem, suffix = name, ""
    ending = f".{suffix}" if suffix else ""
    stem = stem[: LONGEST_NAME - len(ending)]
    while len((stem + ending).encode()) > _LONGEST_IN_BYTES:
        stem = stem[:-1]
    return stem.rstrip(". ") + ending
