"""Web pages: the article of a government site without its menus, and what the page says of it."""

import codecs
import email
import email.policy
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from inquiry_service.knowledge.readers.extracted import Attached, Extracted, Unreadable
from inquiry_service.knowledge.readers.limits import MAX_NESTING
from inquiry_service.knowledge.readers.pages.article import (
    article_of,
    drop_clutter,
    is_hidden,
    marked,
)
from inquiry_service.knowledge.readers.pages.metadata import title_by, told_by
from inquiry_service.knowledge.readers.pages.text import markdown_of

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "hz-gb-2312"})
_ATTACHMENT = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|wps|et|pdf|ofd|zip|rar|7z|txt|csv|jpe?g|png)(?:[?#].*)?$",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(r"[^/\\]+$")
_FEW = 30


def read_html(data: bytes, name: str) -> Extracted:  # noqa: ARG001 - as every reader
    """The article with its title, publication data and attachments.

    Raises:
        Unreadable: no text in the page, or nested beyond all reason.
    """
    page = LexborHTMLParser(marked(_markup(data)))
    body = page.body
    if body is None:
        raise Unreadable("网页里没有内容，请重新保存这个网页")
    _refuse_deep(body)
    # What the page says stands partly in what is dropped next: read it first.
    title = title_by(page)
    told = told_by(page)
    drop_clutter(body)
    article = article_of(body)
    attachments = tuple(_attachments(article, body))
    pictures = len(article.css("img"))
    text = markdown_of(article)
    if not text.strip():
        raise Unreadable(_nothing(pictures))
    few = pictures and len(text) < _FEW * pictures
    warnings = (f"网页里有 {pictures} 张图片，图片里的文字没有读入",) if few else ()
    return Extracted(_with_title(title, text), told, attachments=attachments, warnings=warnings)


def _nothing(pictures: int) -> str:
    if pictures:
        return "网页正文是图片，没有文字；请放入原文件，或把图片单独存出来识别"
    return "网页里没有找到正文（可能由脚本生成），请在浏览器里打开后另存，或复制成 Markdown"


def _with_title(title: str, text: str) -> str:
    """The page's title above the article, unless the article begins with it itself."""
    if not title:
        return text
    squeezed = re.sub(r"[\s#]+", "", text[: 4 * len(title) + 40])
    if not squeezed.startswith("".join(title.split())):
        return f"# {title}\n\n{text}"
    return text


def _markup(data: bytes) -> str:
    if b"multipart/related" in data[:8192].lower() and not data.lstrip().startswith(b"<"):
        return _from_mhtml(data)
    return decode_markup(data)


def _from_mhtml(data: bytes) -> str:
    """The page inside a web archive (.mht), which Word also calls .doc."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            return decode_markup(content if isinstance(content, bytes) else b"")
    raise Unreadable("网页存档里没有网页，请在浏览器里另存为 HTML")


def decode_markup(data: bytes) -> str:
    """By byte order mark, else by what the page declares, else as UTF-8 or GB18030.

    A page declared wrongly is read as what it is; single broken bytes do not cost the page.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    for encoding in (*_declared(data), "utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode(next(_declared(data), "utf-8"), "replace")


def _declared(data: bytes) -> Iterator[str]:
    found = _CHARSET.search(data[:4096])
    if found is None:
        return
    label = found[1].decode("ascii", "ignore").lower()
    if label in _CHINESE:
        yield "gb18030"
        return
    try:
        known = codecs.lookup(label).name
    except LookupError:
        return
    # An encoding in which any bytes at all are text would hide that the page is declared wrongly.
    if known in {"utf-8", "big5", "big5hkscs"}:
        yield known


def _refuse_deep(body: LexborNode) -> None:
    node: LexborNode | None = body
    depth = 0
    while node is not None:
        if node.child is not None:
            node, depth = node.child, depth + 1
            if depth > MAX_NESTING:
                raise Unreadable("网页嵌套过深，不像正常的网页，没有采用")
            continue
        while node is not None and node.next is None and depth > 0:
            node, depth = node.parent, depth - 1
        node = node.next if node is not None and depth > 0 else None


def _attachments(article: LexborNode, body: LexborNode) -> Iterator[Attached]:
    """Files that the article links to; failing these, files linked anywhere on the page."""
    seen: set[str] = set()
    for scope in (article, body):
        for link in scope.css("a[href]"):
            address = (link.attributes.get("href") or "").strip()
            if _ATTACHMENT.search(address) and address not in seen and not is_hidden(link):
                seen.add(address)
                yield Attached(_name_of(link, address), address)
        if seen:
            return


def _name_of(link: LexborNode, address: str) -> str:
    told = link.text(strip=True) or (link.attributes.get("title") or "").strip()
    last = _FILE_NAME.search(address)
    return " ".join(told.split()) or (last[0] if last else address)
