"""Markdown as people write it, brought to the few signs that the splitter reads."""

import html
import re

_SETEXT = re.compile(
    r"^(?P<text>[^\s#|>`~*+-][^\n|]{0,58}[^\s。；，：:;,|])[ \t]*\n(?P<line>={2,}|-{3,})[ \t]*$"
)
_FENCE = re.compile(r"[ \t]{0,3}(?P<mark>`{3,}|~{3,})")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAGS = (
    "a|abbr|address|article|aside|b|big|blockquote|body|br|caption|center|cite|code|col|colgroup|dd|"
    "del|details|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|head|header|hr|html|i|img|ins|kbd|"
    "li|main|mark|meta|nav|ol|p|pre|q|s|section|small|span|strike|strong|sub|summary|sup|table|"
    "tbody|td|tfoot|th|thead|title|tr|tt|u|ul|var|video"
)
_ENDS_LINE = re.compile(
    r"</?(?:p|div|li|tr|h[1-6]|table|ul|ol|section|article|blockquote|center|hr|dt|dd|pre)"
    r"(?:\s[^<>\n]*)?/?>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br(?:\s[^<>\n]*)?/?>", re.IGNORECASE)
_CELL_END = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
_UNSEEN = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)


def plain_markdown(text: str) -> str:
    r"""The same text without HTML tags, with underlined headings marked by # and fences gone.

    What stands between code fences is text: a # at its start is written \# so that it is no
    heading.
    """
    return "\n".join(_without_fences(_without_html(text).split("\n")))


def _without_html(text: str) -> str:
    if "<" not in text and "&" not in text:
        return text
    text = _UNSEEN.sub("", _COMMENT.sub("", text))
    lines = (_line_without_html(line) for line in text.split("\n"))
    return _ENTITY.sub(_spelled_out, "\n".join(lines))


def _spelled_out(found: re.Match[str]) -> str:
    return html.unescape(found[0]).replace("\u00a0", " ")


def _line_without_html(line: str) -> str:
    if "<" not in line:
        return line
    in_table = line.lstrip().startswith("|")
    line = _BREAK.sub(" " if in_table else "\n", line)
    line = _CELL_END.sub(" ", line)
    return _TAG.sub("", _ENDS_LINE.sub(" " if in_table else "\n", line))


def _without_fences(lines: list[str]) -> list[str]:
    kept: list[str] = []
    open_mark = ""
    for line in lines:
        fence = _FENCE.match(line)
        if open_mark:
            if fence and fence["mark"].startswith(open_mark) and not line.strip(" \t`~"):
                open_mark = ""
            else:
                kept.append(f"\\{line.lstrip()}" if line.lstrip().startswith("#") else line)
        elif fence:
            open_mark = fence["mark"]
        elif kept and (heading := _SETEXT.match(f"{kept[-1]}\n{line}")) and _alone(kept):
            level = "#" if heading["line"].startswith("=") else "##"
            kept[-1] = f"{level} {kept[-1].strip()}"
        else:
            kept.append(line)
    return kept


def _alone(kept: list[str]) -> bool:
    """A heading is underlined on a line of its own, not at the end of a paragraph."""
    return len(kept) == 1 or not kept[-2].strip()
