"""Pages as a visitor without scripts meets them: their words, links and forms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Protocol

VOID = {"input", "link", "meta", "img", "br", "hr"}
UNSEEN = {"head", "script", "style"}


class Answer(Protocol):
    """What a test client brings back, whichever library it is made with."""

    @property
    def status_code(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def headers(self) -> Mapping[str, str]: ...


@dataclass
class Form:
    """What would be sent: the values of its controls as the page sets them."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    radios: dict[str, list[str]] = field(default_factory=dict)
    controls: dict[str, dict[str, str | None]] = field(default_factory=dict)


class Page(HTMLParser):
    """`words` is the visible text; `ids` every id, `links` every href in the body."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.texts: dict[str, str] = {}
        self.words = ""
        self.title = ""
        self._open: list[tuple[str, str]] = []
        self._area: str | None = None
        self._select: str | None = None
        self.feed(html)
        self.words = " ".join(self.words.split())

    def form(self, action: str) -> Form:
        [found] = [form for form in self.forms if form.action == action]
        return found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in VOID:
            self._open.append((tag, given.get("id") or ""))
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if tag == "form":
            self.forms.append(Form(str(given.get("action")), str(given.get("method"))))
        if self.forms and given.get("name"):
            self._control(tag, str(given["name"]), given)
        if tag == "option" and self._select and "selected" in given:
            self.forms[-1].fields[self._select] = given.get("value") or ""

    def _control(self, tag: str, name: str, given: dict[str, str | None]) -> None:
        form, value = self.forms[-1], given.get("value") or ""
        form.controls[name] = given
        if tag == "textarea":
            self._area, form.fields[name] = name, ""
        elif tag == "select":
            self._select, form.fields[name] = name, ""
        elif given.get("type") == "radio":
            form.radios.setdefault(name, []).append(value)
            if "checked" in given:
                form.fields[name] = value
        elif given.get("type") != "checkbox" or "checked" in given:
            form.fields[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            fields = self.forms[-1].fields
            fields[self._area] = fields[self._area].removeprefix("\n")
            self._area = None
        if tag == "select":
            self._select = None
        while self._open:
            closed, _ = self._open.pop()
            if closed == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1].fields[self._area] += data
        if any(tag == "title" for tag, _ in self._open):
            self.title += data
        if not any(tag in UNSEEN for tag, _ in self._open):
            self.words += f" {data}"
        for _, name in self._open:
            if name:
                self.texts[name] = self.texts.get(name, "") + data
