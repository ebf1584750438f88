"""Whether a quote answers a question: rules a clerk can read, then the confidence.

Rules come first: a contradiction in year, place, body or document number is never outweighed by a
likeness of words.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from inquiry_service.answering.answer import Status
from inquiry_service.answering.confidence import Features, confidence_of

ANSWER_AT = 0.75
"""A quote at or above this confidence is given as the answer."""
CLARIFY_AT = 0.3
"""Between this and `ANSWER_AT` two different documents are offered to choose from."""
OFFER_AT = 0.1
"""Below this a document is not even offered to whoever says too little."""
CHOSEN_AT = 0.25
"""The same when the person named the document: it remains to find the place in it."""
HOPELESS_AT = 0.1
"""Below this nothing here is near, however familiar the words are."""
FAMILIAR_AT = 0.4
"""Below this share of known content words a question is not about what is published here."""
TOO_CLOSE = 0.12
"""Two documents whose confidences differ by less are equally good readings of a question."""


class Agreement(StrEnum):
    """How something named in the question stands to a candidate."""

    AGREES = "agrees"
    SILENT = "silent"
    CONTRADICTS = "contradicts"


class Evidence(NamedTuple):
    """One candidate as the judge sees it."""

    features: Features
    year: Agreement = Agreement.SILENT
    place: Agreement = Agreement.SILENT
    body: Agreement = Agreement.SILENT
    number: Agreement = Agreement.SILENT
    article: Agreement = Agreement.SILENT
    matter: Agreement = Agreement.SILENT
    contrast: Agreement = Agreement.SILENT
    limit: Agreement = Agreement.SILENT
    day: Agreement = Agreement.SILENT
    everyday: bool = False
    """Whether the question sounds like nobody's office hours: weather, cooking, football."""
    in_force: bool = True
    """False for repealed or expired text that was not asked for as such."""
    denied: bool = False
    """Whether its document says that it does not answer this question."""
    document_id: str = ""
    variant: str = ""
    """What tells this candidate from its like: the year of a report, else nothing."""
    sort: str = ""
    """Kind and matter of its document: those of one sort differ in year, region or body alone."""
    region: str = ""
    issuer: str = ""
    at_home: bool = True
    """Whether it holds where the publishing bureau is."""
    superseded: bool = False
    """Whether a newer text in force took its place, and the older one was not asked for."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The ending, the rule that led to it, and which candidates it is about."""

    status: Status
    rule: str
    confidence: float
    chosen: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Manner:
    """What is known of the question itself, whatever was found for it."""

    familiar: float = 1.0
    """The share of its content words that stand anywhere in the library."""
    to_the_machine: bool = False
    public_affair: bool = True
    near: bool = False
    """Whether something published here is asked in nearly these words."""
    words: int = 2
    """How many content words it has."""
    chosen: bool = False
    """Whether the person named the one document that is to answer."""


_MOST_CHOICES = 3


def objection_to(evidence: Evidence) -> str | None:
    """The rule by which a candidate cannot answer, whatever its words; `None` when it may."""
    contradicts = Agreement.CONTRADICTS
    foreign = evidence.matter is contradicts
    rules = (
        (foreign and evidence.everyday, "everyday_matter"),
        (foreign, "matter_of_another_body"),
        (evidence.denied, "said_not_to_answer"),
        (evidence.number is contradicts, "other_document_number"),
        (evidence.article is contradicts, "other_article"),
        (evidence.year is contradicts, "other_year"),
        (evidence.place is contradicts, "other_region"),
        (evidence.body is contradicts, "other_body"),
        (not evidence.in_force, "no_longer_in_force"),
        (evidence.superseded, "a_newer_text_holds"),
        (evidence.day is contradicts, "other_day"),
        (evidence.contrast is contradicts, "the_opposite"),
        (evidence.limit is contradicts, "no_limit_told"),
    )
    return next((rule for objects, rule in rules if objects), None)


def judge(candidates: Sequence[Evidence], manner: Manner) -> Verdict:
    """Decide the ending. `candidates` come best first."""
    if manner.to_the_machine:
        return Verdict(Status.OUT_OF_SCOPE, "small_talk_or_orders", 0.0)
    if not candidates:
        return Verdict(Status.UNMATCHED, "nothing_found", 0.0)
    objections = [objection_to(candidate) for candidate in candidates]
    confidences = [confidence_of(candidate.features) for candidate in candidates]
    allowed = _of_the_year(candidates, objections, confidences)
    if manner.chosen:
        return _of_the_chosen(confidences, objections, allowed)
    if _says_too_little(manner):
        return _ask_what_is_meant(candidates, confidences, allowed)
    best = _surest(candidates, confidences, allowed)
    names_something = manner.words > 0 or manner.near
    if best is not None and confidences[best] >= ANSWER_AT and names_something:
        return _answer_or_ask_back(candidates, confidences, allowed, best)
    return _not_sure(candidates, confidences, objections, allowed, manner)


def _of_the_chosen(
    confidences: Sequence[float], objections: Sequence[str | None], allowed: Sequence[int]
) -> Verdict:
    """Who chose a document gets its best quote, and is never asked back again."""
    best = max(allowed, key=lambda at: (confidences[at], -at), default=None)
    if best is None:
        return Verdict(Status.UNMATCHED, objections[0] or "", min(confidences[0], CLARIFY_AT))
    if confidences[best] >= CHOSEN_AT:
        return Verdict(Status.ANSWERED, "chosen_document", confidences[best], (best,))
    return Verdict(Status.UNMATCHED, "not_sure_enough", confidences[best])


def _surest(
    candidates: Sequence[Evidence], confidences: Sequence[float], allowed: Sequence[int]
) -> int | None:
    """Of one document the passage goes first that tells what was asked, if it is sure enough."""
    best = max(allowed, key=lambda at: (confidences[at], -at), default=None)
    if best is None or not candidates[best].features.untold:
        return best
    telling = [
        at
        for at in allowed
        if confidences[at] >= ANSWER_AT
        and not candidates[at].features.untold
        and candidates[at].document_id == candidates[best].document_id
    ]
    return max(telling, key=lambda at: (confidences[at], -at), default=best)


def _nothing_in_common(manner: Manner, confidences: Sequence[float]) -> bool:
    surest = max(confidences)
    unlike = surest < CLARIFY_AT and manner.familiar < FAMILIAR_AT
    return (unlike or surest < HOPELESS_AT) and not (manner.public_affair or manner.near)


def _not_sure(
    candidates: Sequence[Evidence],
    confidences: Sequence[float],
    objections: Sequence[str | None],
    allowed: Sequence[int],
    manner: Manner,
) -> Verdict:
    """Several documents that might be meant are offered; else the reason why not is told."""
    if _nothing_in_common(manner, confidences):
        return Verdict(Status.OUT_OF_SCOPE, "nothing_in_common", max(confidences))
    rivals = _rivals(candidates, confidences, allowed)
    if len(rivals) > 1:
        return Verdict(Status.CLARIFY, "several_documents", confidences[rivals[0]], rivals)
    if not allowed:
        rule = objections[0] or ""
        status = Status.OUT_OF_SCOPE if rule == "everyday_matter" else Status.UNMATCHED
        return Verdict(status, rule, min(confidences[0], CLARIFY_AT))
    surest = max(confidences[at] for at in allowed)
    return Verdict(Status.UNMATCHED, "not_sure_enough", surest)


def _of_the_year(
    candidates: Sequence[Evidence],
    objections: Sequence[str | None],
    confidences: Sequence[float],
) -> list[int]:
    """Who may answer; when some of them tell of the year asked for, only those."""
    allowed = [at for at, objection in enumerate(objections) if objection is None]
    agreeing = [
        at
        for at in allowed
        if candidates[at].year is Agreement.AGREES and confidences[at] >= CLARIFY_AT
    ]
    return agreeing or allowed


def _says_too_little(manner: Manner) -> bool:
    """A bare 备案 or 找谁办 fits many documents equally well."""
    if manner.words == 0:
        return manner.public_affair
    return manner.words == 1 and manner.familiar == 1.0


def _ask_what_is_meant(
    candidates: Sequence[Evidence],
    confidences: Sequence[float],
    allowed: Sequence[int],
) -> Verdict:
    """Choices among the nearest documents; a single one is no choice, and is judged as usual."""
    nearest: dict[str, int] = {}
    for at in allowed:
        if confidences[at] >= OFFER_AT:
            nearest.setdefault(candidates[at].document_id, at)
    chosen = tuple(nearest.values())[:_MOST_CHOICES]
    if len(chosen) > 1:
        return Verdict(Status.CLARIFY, "says_too_little", confidences[chosen[0]], chosen)
    if chosen and confidences[chosen[0]] >= ANSWER_AT:
        return Verdict(Status.ANSWERED, "confident", confidences[chosen[0]], chosen)
    return Verdict(Status.UNMATCHED, "not_sure_enough", 0.0)


def _answer_or_ask_back(
    candidates: Sequence[Evidence],
    confidences: Sequence[float],
    allowed: Sequence[int],
    best: int,
) -> Verdict:
    """Equally good candidates that differ in year, region or body need the person to say which."""
    close = [at for at in [best, *allowed] if confidences[at] > confidences[best] - TOO_CLOSE]
    for rule, told in _DIMENSIONS:
        like: dict[str, int] = {}
        for at in close:
            value = told(candidates[at], candidates[best])
            if value:
                like.setdefault(value, at)
        if len(like) > 1 and told(candidates[best], candidates[best]):
            return Verdict(Status.CLARIFY, rule, confidences[best], tuple(like.values()))
    return Verdict(Status.ANSWERED, "confident", confidences[best], (best,))


def _year_of(one: Evidence, best: Evidence) -> str:
    return one.variant if best.year is Agreement.SILENT else ""


def _region_of(one: Evidence, best: Evidence) -> str:
    """Only regions that do not hold at home differ: a county's own text goes without saying."""
    unsaid = best.place is Agreement.SILENT and one.sort == best.sort and bool(best.sort)
    return one.region if unsaid and not best.at_home else ""


def _body_of(one: Evidence, best: Evidence) -> str:
    unsaid = best.body is Agreement.SILENT and one.sort == best.sort and bool(best.sort)
    return one.issuer if unsaid else ""


_DIMENSIONS: tuple[tuple[str, Callable[[Evidence, Evidence], str]], ...] = (
    ("several_years", _year_of),
    ("several_regions", _region_of),
    ("several_bodies", _body_of),
)


def _rivals(
    candidates: Sequence[Evidence], confidences: Sequence[float], allowed: Sequence[int]
) -> tuple[int, ...]:
    """One candidate per document among those that might be meant, surest first."""
    likely: dict[str, int] = {}
    for at in sorted(allowed, key=lambda at: -confidences[at]):
        if confidences[at] >= CLARIFY_AT:
            likely.setdefault(candidates[at].document_id, at)
    return tuple(likely.values())[:_MOST_CHOICES]
