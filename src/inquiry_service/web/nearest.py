"""What is published near a request's content, shown before filing (条例第三十六条第（一）项)."""

from dataclasses import dataclass

from inquiry_service.answering.answer import Answer
from inquiry_service.answering.asking import MAX_QUESTION, ask
from inquiry_service.errors import InquiryError
from inquiry_service.redaction import redact
from inquiry_service.web.parts import WebParts

MOST = 3


@dataclass(frozen=True, slots=True)
class Near:
    """One published thing: a quotation where it answers, else a title."""

    title: str
    url: str
    passage_id: str
    quote: str = ""


def nearest_published(parts: WebParts, description: str) -> list[Near]:
    """At most three, best first. Filing never depends on it: an engine at fault finds nothing."""
    try:
        answer = ask(parts.library(), redact(description)[:MAX_QUESTION], today=parts.today)
    except InquiryError:
        return []
    return _found(answer)[:MOST]


def _found(answer: Answer) -> list[Near]:
    quoted = [
        Near(c.title, c.url, c.passage_id, quote=(answer.quote or "") if at == 0 else "")
        for at, c in enumerate(answer.citations)
    ]
    return list({near.url: near for near in quoted}.values())
