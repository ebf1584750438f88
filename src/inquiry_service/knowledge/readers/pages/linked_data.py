"""What a page says of its article in JSON-LD: schema.org, and the form that Baidu asks for."""

import json
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

_SCRIPTS = 'script[type="application/ld+json"]'
_ARTICLES = ("Article", "Report", "Legislation", "Announcement", "Posting", "DigitalDocument")
_TITLES = ("headline", "title", "name")
_DAYS = ("datePublished", "pubDate", "dateCreated")
_ISSUERS = ("legislationPassedBy", "sourceOrganization", "author", "publisher", "creator")
_MOST = 50
"""Nodes that are looked at; a page describes one article."""
_DEEP = 4


def linked_data(page: LexborHTMLParser) -> dict[str, str]:
    """title, published, and issuers one a line, as the first node about an article tells them."""
    for node in _articles(page):
        said = {
            "title": _first(node, _TITLES),
            "published": _first(node, _DAYS),
            "issuers": "\n".join(name for field in _ISSUERS for name in _names(node.get(field))),
        }
        if said["title"]:
            return {field: value for field, value in said.items() if value}
    return {}


def _articles(page: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    seen = 0
    for script in page.css(_SCRIPTS):
        try:
            told = json.loads(script.text(), strict=False)
        except (ValueError, RecursionError):
            continue  # broken or hostile: the page is read without it
        for node in _nodes(told, _DEEP):
            seen += 1
            if seen > _MOST:
                return
            if _is_article(node):
                yield node


def _nodes(told: Any, deep: int) -> Iterator[dict[str, Any]]:
    if isinstance(told, list):
        for each in told if deep else ():
            yield from _nodes(each, deep - 1)
    elif isinstance(told, dict):
        yield told
        if deep:
            yield from _nodes(told.get("@graph"), deep - 1)
            yield from _nodes(told.get("mainEntity"), deep - 1)


def _is_article(node: dict[str, Any]) -> bool:
    """By its type; Baidu's form has none, and a day."""
    kinds = node.get("@type")
    if not kinds:
        return bool(_first(node, _DAYS))
    told = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.endswith(_ARTICLES) for kind in told)


def _first(node: dict[str, Any], fields: tuple[str, ...]) -> str:
    values = (node.get(field) for field in fields)
    written = (" ".join(value.split()) for value in values if isinstance(value, str))
    return next(filter(None, written), "")


def _names(value: Any) -> Iterator[str]:
    """A name, the name of an organisation, or several of either."""
    for each in value if isinstance(value, list) else [value]:
        name = each.get("name") if isinstance(each, dict) else each
        if isinstance(name, str) and name.strip():
            yield " ".join(name.split())
