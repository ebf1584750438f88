"""Typed parts of a reply. Each has a plain-text form, so any medium can show every part."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence or two in plain Chinese."""

    text: str
    kind: Literal["text"] = "text"

    def plain(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote and where it stands; `url` may be relative to the service's public address.

    `source_line` is title, number or year and path in one line; `note` says what must be known
    with it (digest, repealed); `passage` is the text around the quote, shown on request.
    """

    quote: str
    source_line: str
    url: str
    passage: str = ""
    note: str = ""
    kind: Literal["citation"] = "citation"

    def plain(self) -> str:
        note = f"\n（{self.note}）" if self.note else ""
        return f"“{self.quote}”\n——{self.source_line}{note}\n{self.url}"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: what is shown and what is sent when it is chosen."""

    label: str
    send: str


@dataclass(frozen=True, slots=True)
class Choices:
    """A short list to choose from; a text medium numbers it from 1."""

    prompt: str
    options: tuple[Option, ...]
    kind: Literal["choices"] = "choices"

    def plain(self) -> str:
        lines = [f"{number}. {option.label}" for number, option in enumerate(self.options, 1)]
        return "\n".join(filter(None, [self.prompt, *lines]))


@dataclass(frozen=True, slots=True)
class Link:
    """A way on: a page of this service, or an address outside."""

    label: str
    url: str
    kind: Literal["link"] = "link"

    def plain(self) -> str:
        return f"{self.label}：{self.url}"


Reply = Text | Citation | Choices | Link


def to_json(replies: Iterable[Reply]) -> list[dict[str, Any]]:
    return [asdict(reply) for reply in replies]


def from_json(parts: Sequence[Mapping[str, Any]]) -> tuple[Reply, ...]:
    """The inverse of `to_json`. Raises `ValueError` for a kind or field that is not known."""
    return tuple(_one(part) for part in parts)


def _one(part: Mapping[str, Any]) -> Reply:
    kinds: dict[str, type[Reply]] = {"text": Text, "citation": Citation, "link": Link}
    try:
        facts = dict(part)
        kind = facts.pop("kind")
        if kind == "choices":
            options = tuple(Option(**_texts(option)) for option in facts.pop("options"))
            return Choices(options=options, **_texts(facts))
        return kinds[kind](**_texts(facts))
    except (KeyError, TypeError) as fault:
        raise ValueError("not a reply part") from fault


def _texts(facts: Mapping[str, Any]) -> dict[str, Any]:
    if not all(isinstance(value, str) for value in facts.values()):
        raise TypeError("a reply part is made of texts")
    return dict(facts)


def plain(replies: Iterable[Reply]) -> str:
    """All parts as one text, parts apart by a blank line."""
    return "\n\n".join(reply.plain() for reply in replies)
