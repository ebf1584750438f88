"""What a page says about its article.

The publication tags are those of the technical standard for government websites (政府网站发展指引):
ArticleTitle, PubDate, ContentSource, ColumnName, SiteName, Url. The sheet above a disclosed
document (索引号, 发布机构, 成文日期, 文号) is recognised by its labels, in a table or a list. What
neither tells may stand in JSON-LD.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from inquiry_service.knowledge.readers.pages.linked_data import linked_data

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_BODY = re.compile(
    r"(?:政府|局|厅|委员会|办公室|委|中心|部|署|院|协会)(?:[（(][^）)]{2,12}[）)])?$"
)
_LABELS = {
    "发布机构": "issuer",
    "发文机关": "issuer",
    "发文单位": "issuer",
    "发文机构": "issuer",
    "发布单位": "issuer",
    "公开主体": "issuer",
    "制发机关": "issuer",
    "文号": "document_number",
    "发文字号": "document_number",
    "文件编号": "document_number",
    "发布文号": "document_number",
    "公开日期": "published",
    "发布日期": "published",
    "发布时间": "published",
    "发文日期": "published",
    "成文日期": "made",
    "生成日期": "made",
    "生效日期": "effective",
    "施行日期": "effective",
    "实施日期": "effective",
    "失效日期": "expires",
    "废止日期": "expires",
    "主题分类": "topic",
    "主题": "topic",
    "标题": "title",
    "名称": "title",
    "信息名称": "title",
    "有效性": "validity",
    "时效性": "validity",
    "效力状态": "validity",
    "文件状态": "validity",
}
_DAYS = frozenset({"published", "made", "effective", "expires"})
_SPACES = re.compile(r"[\s\u3000]+")
_LABEL = re.compile(rf"^\W*({'|'.join(sorted(_LABELS, key=len, reverse=True))})\s*[】\]]?\s*[:：]?")
_INDEX = re.compile(r"索\s*引\s*号")
_SHEET_TAGS = "table,ul,ol,dl,div"
_MAX_SHEET = 1_200
_MAX_VALUE = 120
_STATES = (
    (re.compile("废止"), "repealed"),
    (re.compile("失效|无效"), "expired"),
    (re.compile("修改|修订"), "amended"),
    (re.compile("有效"), "in_force"),
)
_SITE_SUFFIX = re.compile(
    r"(?:\s*_+\s*[^_]{2,30}|\s*[-|–—]+\s*[^-_|–—]{0,24}(?:网站?|政府|门户|局|厅|委员会|委|平台))$"
)


def title_by(page: LexborHTMLParser) -> str:
    """ArticleTitle, else the title of the sheet, of JSON-LD, the only h1, the window's."""
    told = _tags(page).get("articletitle", "")
    listed = dict(_from_sheet(page)).get("title", "")
    headings = [node.text(strip=True) for node in page.css("h1")]
    heading = headings[0] if len(headings) == 1 else ""
    window = page.css_first("title")
    named = _without_site(window.text(strip=True)) if window else ""
    linked = _shown(page, _without_site(linked_data(page).get("title", "")))
    found = (told, listed, linked, heading, named)
    return next((" ".join(title.split()) for title in found if title.strip()), "")


def _without_site(title: str) -> str:
    while (shorter := _SITE_SUFFIX.sub("", title)) not in {title, ""}:
        title = shorter
    return title


def _shown(page: LexborHTMLParser, title: str) -> str:
    """A title that the page itself does not show is that of a template."""
    texts = page.body.traverse(include_text=True) if page.body and title else ()
    shown = (node.text() for node in texts if node.tag == "-text" and not _is_script(node.parent))
    return title if "".join(title.split()) in _SPACES.sub("", "".join(shown)) else ""


def _is_script(node: LexborNode | None) -> bool:
    return node is not None and node.tag == "script"


def told_by(page: LexborHTMLParser) -> dict[str, str]:
    """Front-matter field and value: from the sheet, else from the tags, else from JSON-LD."""
    tags, sheet = dict(_from_tags(_tags(page))), dict(_from_sheet(page))
    told = dict(_from_linked_data(linked_data(page))) | tags | sheet
    told.pop("title", None)  # the title stands above the text
    return told


def _tags(page: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in page.css("meta[name]"):
        name = (tag.attributes.get("name") or "").strip().lower()
        content = " ".join((tag.attributes.get("content") or "").split())
        if content:
            found.setdefault(name, content)
    return found


def _from_tags(tags: dict[str, str]) -> Iterator[tuple[str, str]]:
    if day := day_in(tags.get("pubdate", "") or tags.get("firstpublishedtime", "")):
        yield "published", day
    if _BODY.search(tags.get("contentsource", "")):
        yield "issuer", tags["contentsource"]
    if tags.get("url", "").startswith(("http://", "https://")):
        yield "source", tags["url"]
    column = tags.get("columnname", "")
    if "解读" in column:
        yield "kind", "explanation"


def _from_linked_data(said: dict[str, str]) -> Iterator[tuple[str, str]]:
    if day := day_in(said.get("published", "")):
        yield "published", day
    issuers = said.get("issuers", "").split("\n")
    if issuer := next((name for name in issuers if _BODY.search(name)), ""):
        yield "issuer", issuer


def day_in(text: str) -> str | None:
    """The first date, as front matter writes it."""
    found = _DAY.search(text)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else None


def _from_sheet(page: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """From the smallest block that holds 索引号 and some of the other labels."""
    sheets = [
        (len(text), order, node)
        for order, node in enumerate(page.css(_SHEET_TAGS))
        if len(text := node.text()) < 4 * _MAX_SHEET
        and len(_SPACES.sub("", text)) < _MAX_SHEET
        and _INDEX.search(text)
        and sum(label in _SPACES.sub("", text) for label in _LABELS) > 1
    ]
    if not sheets:
        return
    seen: set[str] = set()
    for label, value in _pairs(min(sheets, key=lambda sheet: sheet[:2])[2]):
        field = _LABELS[label]
        known = _value(field, value)
        if known and field not in seen:
            seen.add(field)
            yield field, known


def _pairs(sheet: LexborNode) -> Iterator[tuple[str, str]]:
    """A label and what follows it in the same piece of text, or in the next one."""
    pieces = [" ".join(node.split()) for node in _pieces(sheet)]
    pieces = [piece for piece in pieces if piece]
    for at, piece in enumerate(pieces):
        found = _LABEL.match(_SPACES.sub("", piece)) if len(piece) < _MAX_VALUE else None
        if found is None:
            continue
        rest = _SPACES.sub("", piece)[found.end() :]
        following = pieces[at + 1] if at + 1 < len(pieces) else ""
        if rest:
            yield found[1], piece.split(rest[0], 1)[-1] and piece[piece.index(rest[0]) :]
        elif not _LABEL.match(_SPACES.sub("", following)) and not _INDEX.match(following):
            yield found[1], following


def _pieces(sheet: LexborNode) -> Iterator[str]:
    """The text of the sheet, cell by cell or item by item."""
    yield from sheet.text(separator="\n").split("\n")


def _value(field: str, value: str) -> str | None:
    value = value.strip(" \u3000：:")
    if not value or len(value) > _MAX_VALUE or value in {"无", "暂无", "-", "—", "/"}:
        return None
    if field in _DAYS:
        return day_in(value)
    if field == "validity":
        return next((state for words, state in _STATES if words.search(value)), None)
    return value
