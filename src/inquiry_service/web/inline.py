"""Marks within a line of Markdown: bold, code and links; everything else is text."""

import re

from markupsafe import Markup, escape

_MARK = re.compile(
    r"\*\*(?P<bold>[^*\n]+)\*\*"
    r"|`(?P<code>[^`\n]+)`"
    r"|\[(?P<label>[^\]\n]+)\]\((?P<url>https?://[^\s)]+|/[^\s)]*)\)"
)


def inline(text: str) -> Markup:
    """The line as safe HTML: what is not a known mark is escaped."""
    out = Markup("")
    end = 0
    for mark in _MARK.finditer(text):
        out += escape(text[end : mark.start()]) + _one(mark)
        end = mark.end()
    return out + escape(text[end:])


def _one(mark: re.Match[str]) -> Markup:
    if mark["bold"] is not None:
        return Markup("<strong>{}</strong>").format(mark["bold"])
    if mark["code"] is not None:
        return Markup("<code>{}</code>").format(mark["code"])
    return Markup('<a href="{}" rel="noreferrer">{}</a>').format(mark["url"], mark["label"])
