"""What of a message is heard: cleaned, within length, and free of what must not be kept."""

import re
import unicodedata

from inquiry_service.conversation import wording
from inquiry_service.disclosure.rules.numbering import find_lookup_code
from inquiry_service.errors import BadInput, Problem
from inquiry_service.redaction import redact

LONGEST = 1000
"""Characters in one message."""

_GAP = r"[\s\-‐‑‒–—―−－_·.]*"
_FULL_WIDTH = 0xFEE0
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs"})


def hear(text: str) -> str:
    """The message without invisible characters and outer blanks. Raises `BadInput`.

    A leading slash would be an order to Rasa, past its understanding: it is not heard.
    """
    visible = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _INVISIBLE)
    heard = visible.strip().lstrip("/").strip()
    if not heard:
        raise BadInput([Problem("text", wording.EMPTY)])
    if len(heard) > LONGEST:
        raise BadInput([Problem("text", wording.TOO_LONG.format(limit=LONGEST))])
    return heard


def to_keep(text: str) -> str:
    """The message as it may be stored or sent on: personal data and look-up codes masked."""
    code = find_lookup_code(text)
    return redact(text if code is None else _without(text, code))


def _without(text: str, code: str) -> str:
    """However it is written: any case, full-width, with blanks or dashes inside.

    A code that is read from the text but cannot be found in it takes the whole message with it.
    """
    letters = [c for c in code if c.isalnum()]
    written = _GAP.join(_any_form(letter) for letter in letters)
    masked, count = re.subn(written, wording.CODE_MASK, text)
    return to_keep(masked) if count else wording.CODE_MASK


def _any_form(letter: str) -> str:
    forms = {letter.upper(), letter.lower()}
    return "[" + "".join(forms | {chr(ord(form) + _FULL_WIDTH) for form in forms}) + "]"
