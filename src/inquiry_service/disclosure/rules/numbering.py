"""Request numbers and look-up codes: how they are written, and found in what people type. Pure.

A number reads `YSQ-2026-00012` (依申请, year, place in the year's gap-free sequence); corrections
of records begin with GZX, suggestions to publish with JYG (see `matters`). A look-up code is eight
characters without look-alikes, shown as `ABCD-EFG2`.
"""

import re
import unicodedata

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8

_DASHES = re.compile(r"[‐‑‒–—―−－_·.]")
_GAP = r"[\s-]*"
_NUMBER = re.compile(
    rf"(?<![A-Z0-9])(YSQ|GZX|JYG){_GAP}(20\d{{2}})(?:[\s-]+(\d{{1,6}})|(\d{{5,6}}))(?!\d)"
)
_HALF = rf"[{CODE_ALPHABET}]{{4}}"
_CODE = re.compile(rf"(?<![A-Z0-9-])({_HALF})[ -]?({_HALF})(?![A-Z0-9-])")


def request_number(year: int, place: int, prefix: str = "YSQ") -> str:
    return f"{prefix}-{year}-{place:05}"


def find_request_number(text: str) -> str | None:
    """The first request number in a text, in its proper form; full width and case are forgiven."""
    match = _NUMBER.search(_plain(text))
    if match is None:
        return None
    prefix, year, spaced, joined = match.groups()
    return request_number(int(year), int(spaced or joined), prefix)


def find_lookup_code(text: str) -> str | None:
    """The first look-up code in a text, shown as `ABCD-EFG2`; a request number is not one."""
    for match in _CODE.finditer(_NUMBER.sub("，", _plain(text))):
        code = "".join(match.groups())
        if is_mixed(code):
            return shown_code(code)
    return None


def shown_code(code: str) -> str:
    return f"{code[:4]}-{code[4:]}"


def is_mixed(code: str) -> bool:
    """Codes hold a letter and a digit, so that no word, date or telephone passes for one."""
    return any(c.isdigit() for c in code) and any(c.isalpha() for c in code)


def _plain(text: str) -> str:
    return _DASHES.sub("-", unicodedata.normalize("NFKC", text).upper())
