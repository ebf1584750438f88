"""Which part of a page is the article: by the containers that site systems use, else by density."""

import re

from selectolax.lexbor import LexborNode

_NEVER = frozenset(
    {
        *("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas"),
        *("audio", "video", "button", "select", "input", "textarea", "nav", "footer"),
    }
)
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search"})
_FRAMES = frozenset({"body", "html", "table", "tbody", "tr", "td", "th"})
_MARK = "between-marks"
_CONTAINERS = (
    *(f".{_MARK}", "#UCAP-CONTENT", "#zoom", "#Zoom", "#fontzoom", "#zoomcon", "#ivs_content"),
    *(".TRS_UEDITOR", ".TRS_Editor", ".trs_editor_view", ".Custom_UnionStyle", "#vsb_content"),
    *(".wp_articlecontent", ".v_news_content", ".xxgk_content", ".xxgk-content", "#info_content"),
    *(".zwgk_content", ".zwxl-article", ".gkxx_content", ".arti_content", ".pages_content"),
    *("#artibody", "#article-content", ".article-content", ".article_content", ".Article_content"),
    *(".article-con", ".article_con", ".articleCon", ".art-con", ".bt-content", ".con_text"),
    *(".conTxt", ".content_text", ".text_content", ".xl_content", ".news_content", ".news-content"),
    *(".detail-content", ".details-content", ".detail_content", ".detail-news", ".txtcontent"),
    *(".txt-content", "[itemprop=articleBody]", ".article-body", ".article_body"),
    *(".ewb-article-info", "article", "#article", ".article", "main", "#content", ".content"),
)
"""From the most telling to the most general."""
_TELLING = (
    f".{_MARK}",
    "#U",
    "#ivs",
    "#info",
    "#z",
    "#Z",
    "#f",
    ".TRS",
    ".trs",
    ".wp_",
    ".v_",
    "#vsb",
    ".xxgk",
    ".Custom",
)
"""How the selectors begin that never name anything but an article."""
_CLUTTER = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|crumbs?|curpos|currentpos|weizhi|location|share|"
    r"bdshare\w*|bshare|jiathis\w*|social|print|fontsize|font-size|toolbar|tools?|qrcode|ewm|erweima|"
    r"pagination|pager|prevnext|related|recommend|sidebar|copyright|footer|foot|topbar|login|search|"
    r"skip|wzawza|hits|close)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BEGIN = re.compile(r"<!--\s*ZJEG_RSS\.content\.begin\s*-->")
_END = re.compile(r"<!--\s*ZJEG_RSS\.content\.end\s*-->")
"""Comments by which a site system common in Zhejiang marks the article."""
_MAX_CLUTTER = 400
"""Characters: a block named like a menu that holds more than this is read as text."""
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|$)",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s+")
_ENOUGH = 0.4
_SHORTEST = 10
_MANY_LINKS = 0.3
_BLOCKS = "div,section,article,main,td,body,form,center"


def marked(markup: str) -> str:
    """The page with an element around the article where comments mark its begin and end."""
    if len(_BEGIN.findall(markup)) != 1 or len(_END.findall(markup)) != 1:
        return markup
    return _END.sub("</div>", _BEGIN.sub(f'<div class="{_MARK}">', markup))


def is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    style = attributes.get("style")
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or bool(style and _HIDDEN_STYLE.search(style))
    )


def drop_clutter(body: LexborNode) -> None:
    """Remove what is never text, what is not shown, and blocks named like menus."""
    # Children before parents: what stands in a removed element must not be touched again.
    for node in reversed(list(body.traverse())):
        if node.tag != "body" and (node.tag in _NEVER or is_hidden(node) or _is_clutter(node)):
            node.decompose()


def _is_clutter(node: LexborNode) -> bool:
    attributes = node.attributes
    if attributes.get("role") in _ROLES:
        return True
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return (
        node.tag not in _FRAMES
        and _CLUTTER.search(named) is not None
        and length(node) < _MAX_CLUTTER
        and node.css_first("h1") is None
    )


def article_of(body: LexborNode) -> LexborNode:
    """The container with the article, or the whole page when nothing on it stands out."""
    whole = _own(body)
    for selector in _CONTAINERS:
        found = max(body.css(selector), key=_own, default=None)
        if found is None:
            continue
        text = _own(found)
        if text >= _ENOUGH * whole or (text >= _SHORTEST and selector.startswith(_TELLING)):
            return found
    best = max([body, *body.css(_BLOCKS)], key=_density)
    while best.parent is not None and best.tag != "body" and not _is_menu(best.parent):
        best = best.parent
    return best


def length(node: LexborNode) -> int:
    return len(_SPACE.sub("", node.text()))


def _own(node: LexborNode) -> int:
    """Characters that are not the words of links: menus are all links."""
    linked = sum(length(link) for link in node.css("a"))
    return max(0, length(node) - linked)


def _is_menu(node: LexborNode) -> bool:
    """Whether a good part of the words are links: more than the article stands in it."""
    words = length(node)
    return words - _own(node) > _MANY_LINKS * words


def _density(block: LexborNode) -> float:
    """Text in the block's own paragraphs counts in full, deeper text hardly."""
    near = 0
    child = block.child
    while child is not None:
        if child.tag in {"p", "-text", "table", "h1", "h2", "h3", "h4", "ul", "ol", "span", "font"}:
            near += _own(child) if child.tag != "-text" else len(_SPACE.sub("", child.text()))
        child = child.next
    return near
