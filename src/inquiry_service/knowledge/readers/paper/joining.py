"""Two pieces of text that stood apart on paper become one: Chinese knows no space, Latin does."""

import re

_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_WORD = re.compile(r"[!-~À-ɏ]")
_HYPHENATED = re.compile(r"[a-z]-$")
_OPENING = tuple("（(【[《“‘〔")


def needs_space(before: str, after: str) -> bool:
    """Whether a line end between the two stood for a space."""
    if not before or not after or before[-1].isspace() or after[0].isspace():
        return False
    if not (_WORD.match(before[-1]) and _WORD.match(after[0])):
        return False
    if before[-1] in "([/-" or after[0] in ")]/,.;:%":
        return False
    return bool(_LATIN.match(before[-1]) or _LATIN.match(after[0])) or before[-1] in ",.;:"


def joined(before: str, after: str) -> str:
    """The text of two lines that follow one another in a paragraph."""
    if _HYPHENATED.search(before) and after[:1].islower():
        return before[:-1] + after
    return f"{before} {after}" if needs_space(before, after) else before + after


def is_wide(character: str) -> bool:
    """Whether a character takes a whole square of the type's size."""
    return "\u2e80" <= character <= "\u9fff" or "\uff00" <= character <= "\uff60"


def gap_text(before: str, after: str, gap: float) -> str:
    """What a gap inside a line stands for; `gap` in units of the type size."""
    tight = 0.5 if is_wide(before[-1]) or is_wide(after[0]) else 0.16
    if gap <= tight or after[0] in "，。；：、）】》”" or before.endswith(_OPENING):
        return ""
    return " "
