"""Whether the year, place, body and number that a question names are those of a candidate.

These are the rules a clerk reads when asking why something was not answered. Each tells whether
the candidate agrees, is silent, or contradicts; the judge refuses whatever contradicts.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypedDict

from inquiry_service.answering.conditions import (
    Insistence,
    is_everyday,
    matter_agreement,
)
from inquiry_service.answering.judgement import Agreement
from inquiry_service.answering.places import (
    NATIONWIDE,
    Home,
    covers,
    names_in,
    same_field,
)
from inquiry_service.answering.question import Asks, Question, years_in
from inquiry_service.knowledge.document import Kind, Provenance
from inquiry_service.knowledge.expressions.references import (
    find_articles,
    find_document_numbers,
    same_document_number,
)

_articles_in = lru_cache(maxsize=1024)(find_articles)
_COUNTS = frozenset({Asks.NUMBER, Asks.COUNT, Asks.MONEY})
_YEAR_OF_ORDER = re.compile(r"令\d{4}年第")
_YEAR_OF_MAKING = re.compile(r"\d{4}年(?:第?\w?次)?(?:修订|修正|修改|公布|通过)")


class Agreements(TypedDict):
    """One finding for each thing that a question can name."""

    year: Agreement
    place: Agreement
    body: Agreement
    number: Agreement
    article: Agreement
    matter: Agreement
    contrast: Agreement
    limit: Agreement
    everyday: bool
    day: Agreement
    at_home: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What a candidate tells: its document, its folded text with title and path, its quote."""

    provenance: Provenance
    head: str
    """Title and path."""
    context: str
    quote: str


def agreements(
    question: Question, insistence: Insistence, told: Told, home: Home, today: date
) -> Agreements:
    return Agreements(
        year=year_agreement(question, told, today),
        place=place_agreement(question, told, home),
        body=body_agreement(question, told, home),
        number=number_agreement(question, told),
        article=article_agreement(question, told),
        matter=_matter(question, told, home),
        contrast=insistence.contrast(told.quote),
        limit=insistence.limit(told.quote),
        everyday=is_everyday(question),
        day=insistence.day(told.quote),
        at_home=holds_at_home(told.provenance, home),
    )


def _matter(question: Question, told: Told, home: Home) -> Agreement:
    """Whose matter it is can only be told where it is known whose library this is."""
    return matter_agreement(question, told.context) if home.fields else Agreement.SILENT


def year_agreement(question: Question, told: Told, today: date) -> Agreement:
    """A report speaks for its year alone; a rule speaks for any year unless it names others.

    What was counted or paid in a year, and what will be in a year to come, can only be told by a
    text about that year.
    """
    if not question.years:
        return Agreement.SILENT
    asked = set(question.years)
    provenance = told.provenance
    if provenance.kind is Kind.REPORT:
        own = {provenance.year} if provenance.year else set()
        return _verdict(bool(asked & (own | set(years_in(told.context)))))
    named = set(years_in(_YEAR_OF_MAKING.sub("", f"{told.head} {told.quote}")))
    if asked & named:
        return Agreement.AGREES
    if named or (question.asks in _COUNTS and _is_official(provenance)):
        return Agreement.CONTRADICTS
    if asked & set(years_in(told.context)):
        return Agreement.AGREES
    return Agreement.CONTRADICTS if max(asked) > today.year else Agreement.SILENT


def place_agreement(question: Question, told: Told, home: Home) -> Agreement:
    """What holds in a wider region holds in ours; another region must be named by the text."""
    places = question.named.places
    if not places or _comes_here(question, home):
        # another region's text answers only who asks for that region
        elsewhere = home.place is not None and not holds_at_home(told.provenance, home)
        return Agreement.CONTRADICTS if elsewhere else Agreement.SILENT
    foreign = [place for place in places if place != home.place]
    if not foreign:
        return Agreement.AGREES
    region = _region_of(told.provenance)
    named = f"{told.provenance.title}{told.provenance.issuer or ''}"
    if told.provenance.kind is not Kind.REPORT:  # a report speaks for its issuer alone
        named += told.quote
    if all(_speaks_for(place, region, named, home) for place in foreign):
        return Agreement.AGREES
    if region is None and all(place in told.context for place in foreign):
        return Agreement.AGREES
    return Agreement.CONTRADICTS if region or home.place else Agreement.SILENT


def _comes_here(question: Question, home: Home) -> bool:
    """我们是江苏的企业，到桐乡来收粮食: the other place is only where somebody comes from."""
    return any(f"{way}{home.place}" in question.text for way in "到来往") if home.place else False


def holds_at_home(provenance: Provenance, home: Home) -> bool:
    """Whether the document's region is ours or a wider one; none told counts as ours."""
    region = _region_of(provenance)
    return region is None or home.place is None or covers(region, home.place)


def body_agreement(question: Question, told: Told, home: Home) -> Agreement:
    """A body that is not ours must be named by the text; by the issuer, when it is a report."""
    bodies = question.named.bodies
    if not bodies:
        return Agreement.SILENT
    foreign = [body for body in bodies if not any(same_field(body, field) for field in home.fields)]
    if not foreign:
        return Agreement.AGREES if home.fields else Agreement.SILENT
    named = told.context
    if told.provenance.kind is Kind.REPORT:
        named = f"{told.provenance.title}{told.provenance.issuer or ''}"
    if all(_names_field(body, named) for body in foreign):
        return Agreement.AGREES
    return Agreement.CONTRADICTS


def number_agreement(question: Question, told: Told) -> Agreement:
    """A question that names a document number is about that document."""
    if not question.document_numbers:
        return Agreement.SILENT
    provenance = told.provenance
    sources = f"{provenance.document_number or ''} {provenance.source or ''} {told.context}"
    there = find_document_numbers(sources)
    return _verdict(
        all(
            any(_names_number(asked, number) for number in there)
            for asked in question.document_numbers
        )
    )


def _names_number(asked: str, number: str) -> bool:
    """Who leaves out the year of an order, 商务部4号令, may mean that of any year."""
    if not _YEAR_OF_ORDER.search(asked):
        number = _YEAR_OF_ORDER.sub("令第", number)
    return same_document_number(asked, number)


def _is_official(provenance: Provenance) -> bool:
    """Whether it is told whose text this is; an entry of a test corpus tells nothing."""
    return bool(provenance.issuer or provenance.region or provenance.document_number)


def article_agreement(question: Question, told: Told) -> Agreement:
    """A named article must be the one quoted, or one that the document says it is drawn from."""
    asked = set(_articles_in(question.text))
    if not asked:
        return Agreement.SILENT
    quoted = set(_articles_in(told.quote))
    if quoted:
        return _verdict(bool(asked & quoted))
    sources = f"{told.context} {told.provenance.source or ''}"
    return _verdict(bool(asked & set(_articles_in(sources))))


def _verdict(agrees: bool) -> Agreement:
    return Agreement.AGREES if agrees else Agreement.CONTRADICTS


def _region_of(provenance: Provenance) -> str | None:
    """The document's region; an issuer without a place is a national one."""
    if provenance.region:
        return provenance.region
    if provenance.issuer:
        places = names_in(provenance.issuer).places
        return "".join(places) or NATIONWIDE
    return None


def _speaks_for(place: str, region: str | None, named: str, home: Home) -> bool:
    if place in named:
        return True
    ours = home.place is not None and covers(place, home.place)
    return ours and region is not None and covers(region, place)


def _names_field(body: str, text: str) -> bool:
    return body in text or any(same_field(body, field) for field in names_in(text).bodies)
