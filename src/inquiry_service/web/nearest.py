"""What is published near a request's content, shown before filing (条例第三十六条第（一）项)."""

import logging
from dataclasses import dataclass

from inquiry_service.answering.asking import MAX_QUESTION, quotes_near
from inquiry_service.errors import BadInput
from inquiry_service.redaction import redact
from inquiry_service.web.parts import WebParts

MOST = 3
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Near:
    """One published passage with the words in it that may be meant."""

    title: str
    url: str
    passage_id: str
    quote: str
    note: str


def nearest_published(parts: WebParts, description: str) -> list[Near]:
    """At most three, best first, also when the engine is not sure: the applicant judges.

    Filing never depends on it: an engine at fault finds nothing.
    """
    engine = parts.engine.current
    if engine is None:
        return []
    wish = redact(description)[:MAX_QUESTION]
    try:
        found = quotes_near(engine, wish, today=parts.today, most=MOST)
    except BadInput:  # nothing in it that could be looked for
        return []
    except Exception as fault:  # a part broke: the form stays open
        log.warning("nothing could be looked up before filing: %s", type(fault).__name__)
        return []
    return [
        Near(
            cited.title,
            cited.url,
            cited.passage_id,
            quote,
            note=cited.document_number or (f"{cited.year}年" if cited.year else ""),
        )
        for cited, quote in found
    ]
