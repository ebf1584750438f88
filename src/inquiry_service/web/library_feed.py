"""What is new in the library, as an Atom feed (RFC 4287)."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, time
from xml.etree import ElementTree as ET

from inquiry_service.moments import CHINA
from inquiry_service.web.library_catalogue import Entry
from inquiry_service.web.listing import KIND_LABELS, VALIDITY_LABELS, cited_as

ATOM = "http://www.w3.org/2005/Atom"
MOST = 50
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
_NEVER = date(1970, 1, 1)


def feed_of(
    entries: Iterable[Entry], *, today: date, public_url: str, path: str, bureau: str, title: str
) -> bytes:
    """The newest documents. Those whose day is unknown or to come are not news yet.

    An id depends on the bureau and the document alone, so it survives a change of address.
    """
    dated = [(day, entry) for entry in entries if (day := _since(entry, today))]
    dated.sort(key=lambda pair: (-pair[0].toordinal(), pair[1].document.title))
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "zh-CN"})
    _add(feed, "id", _urn(bureau, path))
    _add(feed, "title", title)
    _add(feed, "updated", _moment(dated[0][0] if dated else _NEVER))
    _add(feed, "link", rel="self", type="application/atom+xml", href=public_url + path)
    _add(feed, "link", rel="alternate", type="text/html", href=f"{public_url}/documents")
    _add(_add(feed, "author"), "name", bureau)
    for day, entry in dated[:MOST]:
        _entry(feed, entry, day, public_url, bureau)
    told: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return told


def _since(entry: Entry, today: date) -> date | None:
    """The day a document became news: its publication, or when it came into force."""
    day = entry.document.published or entry.document.effective
    return day if day is not None and day <= today else None


def _entry(feed: ET.Element, entry: Entry, day: date, public_url: str, bureau: str) -> None:
    document = entry.document
    item = _add(feed, "entry")
    _add(item, "id", _urn(bureau, document.document_id))
    _add(item, "title", document.title)
    _add(item, "updated", _moment(day))
    if document.published:
        _add(item, "published", _moment(document.published))
    href = f"{public_url}/documents/{document.document_id}"
    _add(item, "link", rel="alternate", type="text/html", href=href)
    _add(item, "category", term=document.kind.value, label=KIND_LABELS[document.kind])
    if document.issuer:
        _add(_add(item, "author"), "name", document.issuer)
    _add(item, "summary", f"{cited_as(document)}（{VALIDITY_LABELS[entry.validity]}）")


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, tag, attributes)
    child.text = text
    return child


def _urn(bureau: str, name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{bureau}\n{name}").urn


def _moment(day: date) -> str:
    return datetime.combine(day, time(), CHINA).isoformat()
