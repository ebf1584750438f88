"""What is published near a request's content, shown before filing (条例第三十六条第（一）项)."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from inquiry_service.answering.answer import Answer
from inquiry_service.answering.asking import MAX_QUESTION, ask
from inquiry_service.errors import BadInput
from inquiry_service.redaction import redact
from inquiry_service.web.parts import WebParts

MOST = 3


@dataclass(frozen=True, slots=True)
class Near:
    """One published thing: a quotation where it answers, else a title or a published question."""

    title: str
    url: str
    passage_id: str = ""
    quote: str = ""
    note: str = ""


def nearest_published(parts: WebParts, description: str) -> list[Near]:
    """At most three, best first. Filing never depends on it: an engine at fault finds nothing."""
    try:
        wish = redact(description)[:MAX_QUESTION]
        answer = ask(parts.engine.current, wish, today=parts.today)
    except BadInput:  # nothing in it that could be looked for
        return []
    return list({near.url: near for near in _found(answer)}.values())[:MOST]


def _found(answer: Answer) -> Iterator[Near]:
    for at, cited in enumerate(answer.citations):
        yield Near(
            cited.title,
            cited.url,
            cited.passage_id,
            quote=(answer.quote or "") if at == 0 else "",
            note=cited.document_number or (f"{cited.year}年" if cited.year else ""),
        )
    for choice in (*answer.choices, *answer.nearest):
        yield Near(choice.label, f"/chat?{urlencode({'q': choice.question})}")
