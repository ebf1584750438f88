"""What is published near a request's content, shown before filing (条例第三十六条第（一）项)."""

import logging
from dataclasses import dataclass

from inquiry_service.answering.answer import Citation
from inquiry_service.answering.asking import MAX_QUESTION, AnswerEngine, quotes_near
from inquiry_service.disclosure.looking.publications import published_near
from inquiry_service.errors import BadInput
from inquiry_service.knowledge.document import Kind
from inquiry_service.redaction import redact
from inquiry_service.web.parts import WebParts

MOST = 3
_LOOKED_AT = 8
"""Of these the answered requests come first: somebody wanted the same and was given it."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Near:
    """One published passage with the words in it that may be meant."""

    title: str
    url: str
    passage_id: str
    quote: str
    note: str
    answered_request: bool = False
    was_asked_for: bool = False


def nearest_published(parts: WebParts, description: str) -> list[Near]:
    """At most three, also when the engine is not sure: the applicant judges.

    What was published because several asked for it comes first (条例第四十四条), then published
    answers to earlier requests, then the nearest. Of requests themselves nothing is shown.
    Filing never depends on it: what is at fault finds nothing.
    """
    return [*_asked_for(parts, description), *_in_library(parts, description)][:MOST]


def _asked_for(parts: WebParts, description: str) -> list[Near]:
    try:
        found = published_near(parts.office, description)
    except Exception as fault:  # a register that cannot be read must not close the form
        log.warning("what was published could not be looked up: %s", type(fault).__name__)
        return []
    return [
        Near(
            one.title,
            one.address,
            passage_id="",
            quote="",
            note=f"{one.published_on}公开",
            was_asked_for=True,
        )
        for one in found
    ]


def _in_library(parts: WebParts, description: str) -> list[Near]:
    engine = parts.engine.current
    if engine is None:
        return []
    wish = redact(description)[:MAX_QUESTION]
    try:
        found = quotes_near(engine, wish, today=parts.today, most=_LOOKED_AT)
        listed = [_near(engine, cited, quote) for cited, quote in found]
    except BadInput:  # nothing in it that could be looked for
        return []
    except Exception as fault:  # a part broke: the form stays open
        log.warning("nothing could be looked up before filing: %s", type(fault).__name__)
        return []
    return sorted(listed, key=lambda near: not near.answered_request)[:MOST]


def _near(engine: AnswerEngine, cited: Citation, quote: str) -> Near:
    kind = engine.shelf.provenance(cited.document_id).kind
    return Near(
        cited.title,
        cited.url,
        cited.passage_id,
        quote,
        note=cited.document_number or (f"{cited.year}年" if cited.year else ""),
        answered_request=kind is Kind.ANSWERED_REQUEST,
    )
