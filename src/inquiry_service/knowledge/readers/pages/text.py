"""The elements of an article as Markdown-flavoured text: headings, paragraphs, lists, tables."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from inquiry_service.knowledge.readers.gfm import Cell, one_line, table

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "menu",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "details",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")
_INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\x00-\x08\x0b-\x1f\x7f]"
)
_BETWEEN_CHINESE = re.compile(
    "(?<=[\u3000-\u9fff\uff00-\uffef]) ?\n ?(?=[\u3000-\u9fff\uff00-\uffef])"
)
_NUMBERED = re.compile(r"[（(]?[\d一二三四五六七八九十]{1,3}[）).、．]|第|[-•·①-⑳]")
_LAYOUT_CELL = 600
"""Characters: a cell this long holds paragraphs, and its table is there for the looks."""
_TEXT = "-text"
_FURNITURE = re.compile(
    "浏览次数|浏览量|点击数|点击率|阅读次数|访问次数|访问量|字体[：:]|字号[：:]|打印本页|关闭窗口|"
    "【打印】|【关闭】|分享到|扫一扫"
)
_MAX_FURNITURE = 90


def markdown_of(article: LexborNode) -> str:
    """Blocks apart by a blank line. Elements that are not shown must be gone already."""
    writer = _Writer()
    writer.children(article)
    writer.end_block()
    return "\n\n".join(writer.blocks)


class _Writer:
    """Walks the elements; words gather in `_line` until a block ends."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self._line: list[str] = []

    def children(self, node: LexborNode) -> None:
        child = node.child
        while child is not None:
            self.element(child)
            child = child.next

    def element(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag == _TEXT:
            self._line.append(_words(node))
        elif tag == "br":
            self._line.append("\v")
        elif tag == "table" and not _for_looks(node):
            self._table(node)
        elif tag in _HEADINGS:
            self._marked(node, f"{'#' * _HEADINGS[tag]} ")
        elif tag == "li":
            self._item(node)
        elif tag == "pre":
            self._preformatted(node)
        elif tag in _BLOCKS:
            self.end_block()
            self.children(node)
            self.end_block()
        elif not tag.startswith(("-", "!")):
            self.children(node)

    def end_block(self) -> None:
        lines = [_tidy(line) for line in "".join(self._line).split("\v")]
        self._line.clear()
        text = "\n".join(line for line in lines if line)
        if text and not (len(text) <= _MAX_FURNITURE and _FURNITURE.search(text)):
            self.blocks.append(text)

    def _marked(self, node: LexborNode, mark: str) -> None:
        """A heading is one line, whatever stands in it."""
        self.end_block()
        text = one_line(_inner(node))
        if text:
            self.blocks.append(mark + text)

    def _item(self, node: LexborNode) -> None:
        """An item gets a dash, unless its text begins with a number of its own."""
        self.end_block()
        before = len(self.blocks)
        self.children(node)
        self.end_block()
        if len(self.blocks) > before:
            first = self.blocks[before]
            if not _NUMBERED.match(first) and not first.startswith(("#", "|")):
                self.blocks[before] = f"- {first}"

    def _preformatted(self, node: LexborNode) -> None:
        """Lines are kept: old pages set whole notices in one `pre`."""
        self.end_block()
        lines = (_tidy(line) for line in (node.text() or "").split("\n"))
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
        if text:
            self.blocks.append(text)

    def _table(self, node: LexborNode) -> None:
        self.end_block()
        caption = node.css_first("caption")
        if caption is not None and (words := one_line(_inner(caption))):
            self.blocks.append(words)
        text = table([list(_cells(row)) for row in node.css("tr")])
        if text:
            self.blocks.append(text)


def _for_looks(node: LexborNode) -> bool:
    """A table that places paragraphs on the page: one column, or tables or long text in it."""
    rows = node.css("tr")
    widest = max((len(list(_cell_nodes(row))) for row in rows), default=0)
    if widest <= 1 or len(node.css("table")) > 1:
        return True
    return any(len(cell.text(strip=True)) > _LAYOUT_CELL for cell in node.css("td"))


def _cell_nodes(row: LexborNode) -> Iterator[LexborNode]:
    child = row.child
    while child is not None:
        if child.tag in {"td", "th"}:
            yield child
        child = child.next


def _cells(row: LexborNode) -> Iterator[Cell]:
    for node in _cell_nodes(row):
        yield Cell(
            one_line(_inner(node)),
            rows=_span(node, "rowspan"),
            columns=_span(node, "colspan"),
            head=node.tag == "th",
        )


def _span(node: LexborNode, name: str) -> int:
    value = (node.attributes.get(name) or "").strip()
    return int(value[:6]) if value.isascii() and value.isdigit() else 1


def _inner(node: LexborNode) -> str:
    writer = _Writer()
    writer.children(node)
    writer.end_block()
    return " ".join(writer.blocks)


def _words(node: LexborNode) -> str:
    """A line end in the source between two Chinese characters is no space."""
    text = _INVISIBLE.sub("", node.text() or "").replace("\v", " ")
    return _SPACES.sub(" ", _BETWEEN_CHINESE.sub("", text))


def _tidy(line: str) -> str:
    return _SPACES.sub(" ", _INVISIBLE.sub("", line)).strip(" \u3000")
