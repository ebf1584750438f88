"""Whether each text still holds: from the register and from what the texts say. Pure.

同时废止《…》 in one text is a claim about another; the register is a claim that a clerk made. A
claim never makes a text valid again that was marked by hand, and contradictions are told.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from inquiry_service.knowledge.document import Document, Kind, Provenance, Validity
from inquiry_service.knowledge.standing.naming import Name, NameIndex, name_of, names_in
from inquiry_service.knowledge.standing.periods import term_of

_SENTENCE = re.compile(r"[^。\n]+")
_REPEALS = re.compile("同时废止|予以废止|即行废止|一并废止|相应废止|同时失效|自行废止|停止执行")
_BEGINS = re.compile("^.*?起(?:施行|实施|执行|生效|试行)[^，,；;]{0,12}[，,；;]")
_ITSELF = re.compile("本[^，。；]{1,8}(?:废止|失效)|(?:届|期)满")
_REPEALING_TITLE = re.compile("(?:关于|决定)[^修改]*废止[^修改]*(?:决定|通知|公告)$")
_AMENDING_TITLE = re.compile("关于修[改订正]《(?P<title>[^《》]{2,60})》的")
_LONGEST_WORDS = 60
_STRENGTH = (Validity.IN_FORCE, Validity.AMENDED, Validity.EXPIRED, Validity.REPEALED)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register, with where a clerk took it from."""

    name: Name
    validity: Validity
    source: str
    by: str | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class _Claim:
    name: Name
    validity: Validity
    reason: str
    by: str | None = None
    since: date | None = None
    registered: bool = False
    claimant: Provenance | None = None

    def may_be_about(self, document: Provenance) -> bool:
        """Never about the claimant itself, nor about what is newer than it."""
        if self.claimant is None:
            return True
        if self.claimant.document_id == document.document_id or _same_text(self.claimant, document):
            return False
        begins, of_claimant = _day(document), _day(self.claimant)
        return begins is None or of_claimant is None or begins < of_claimant


@dataclass(frozen=True, slots=True)
class Folded:
    """The documents with what is known of their validity, and where that is contradictory."""

    documents: tuple[Document, ...]
    contradictions: tuple[tuple[str, str], ...] = ()
    """document_id and what to put right."""


def fold(
    documents: Sequence[Document], register: Sequence[Entry] = (), *, today: date | None = None
) -> Folded:
    """Every document with its validity, who changed it, since when, and why.

    Until the day of a repeal to come the text stays in force; without `today` every repeal has
    taken place.
    """
    index = NameIndex(document.provenance for document in documents)
    claims = [*_registered(register, documents, index), *_claims_of(documents)]
    made, about_each = _by_claimant(claims), _by_target(claims, index)
    folded: list[Document] = []
    contradictions: list[tuple[str, str]] = []
    for document in documents:
        about = about_each[document.document_id]
        own = made[document.document_id]
        provenance = _with_own_term(document, _with_replaced(document.provenance, own))
        contradictions += [
            (document.document_id, told) for told in _contradicting(provenance, about)
        ]
        provenance = _applied(provenance, about, today)
        folded.append(replace(document, provenance=provenance))
    return Folded(tuple(folded), tuple(contradictions))


def _by_claimant(claims: Sequence[_Claim]) -> defaultdict[str, list[_Claim]]:
    made: defaultdict[str, list[_Claim]] = defaultdict(list)
    for claim in claims:
        if claim.claimant:
            made[claim.claimant.document_id].append(claim)
    return made


def _by_target(claims: Sequence[_Claim], index: NameIndex) -> defaultdict[str, list[_Claim]]:
    about: defaultdict[str, list[_Claim]] = defaultdict(list)
    for claim in claims:
        for document in index.meant_by(claim.name):
            if claim.may_be_about(document):
                about[document.document_id].append(claim)
    return about


def _registered(
    register: Sequence[Entry], documents: Sequence[Document], index: NameIndex
) -> Iterator[_Claim]:
    ids = {document.document_id for document in documents}
    for entry in register:
        by = _known_as(entry.by, ids, index) if entry.by else None
        reason = f"效力登记：{entry.source}"
        yield _Claim(entry.name, entry.validity, reason, by, entry.since, registered=True)


def _known_as(written: str, ids: set[str], index: NameIndex) -> str:
    """The document_id of a text that is in the library, else its name as it was written."""
    named = index.meant_by(name_of(written))
    return named[0].document_id if named and written not in ids else written


def _claims_of(documents: Sequence[Document]) -> Iterator[_Claim]:
    for document in documents:
        if document.provenance.kind is Kind.POLICY:
            yield from claims_in(document)


def claims_in(document: Document) -> Iterator[_Claim]:
    """What a text says about others: that they are repealed, or that it changes them."""
    told = document.provenance
    amends = _AMENDING_TITLE.search(told.title)
    if amends:
        yield _claim(told, Name(amends["title"]), Validity.AMENDED, told.title)
    repeals_all = _REPEALING_TITLE.search(told.title) is not None
    for found in _SENTENCE.finditer(document.text):
        sentence = found[0].strip()
        if repeals_all or (_REPEALS.search(sentence) and not _ITSELF.search(sentence)):
            for name in names_in(_BEGINS.sub("", sentence)):
                yield _claim(told, name, Validity.REPEALED, sentence)


def _claim(claimant: Provenance, name: Name, validity: Validity, words: str) -> _Claim:
    said = words if len(words) <= _LONGEST_WORDS else f"{words[:_LONGEST_WORDS]}…"
    reason = f"《{claimant.title}》：“{said}”"
    since = claimant.effective or claimant.published or claimant.made
    return _Claim(name, validity, reason, claimant.document_id, since, claimant=claimant)


def _same_text(one: Provenance, other: Provenance) -> bool:
    """Several digests of one regulation carry its number."""
    return bool(one.document_number) and one.document_number == other.document_number


def _day(document: Provenance) -> date | None:
    day = document.effective or document.published or document.made
    return day or (date(document.year, 1, 1) if document.year else None)


def _with_replaced(provenance: Provenance, made: Sequence[_Claim]) -> Provenance:
    """What a text repeals is what it replaces, unless that was given by hand."""
    names = [c.name.number or c.name.title for c in made if c.validity is Validity.REPEALED]
    if provenance.replaces or not names:
        return provenance
    return replace(provenance, replaces=tuple(dict.fromkeys(name for name in names if name)))


def _with_own_term(document: Document, provenance: Provenance) -> Provenance:
    """有效期五年, in an official text that was not described by hand; a digest has no term."""
    if provenance.kind is not Kind.POLICY or provenance.digest:
        return provenance
    since = provenance.effective or provenance.published or provenance.made
    term = term_of(document.text, since)
    if term.expires is None or provenance.expires not in (None, term.expires):
        return provenance
    reason = f"本文：“{term.words[-1][:_LONGEST_WORDS]}”"
    return replace(
        provenance,
        expires=term.expires,
        effective=provenance.effective or term.effective,
        validity_reason=provenance.validity_reason or reason,
    )


def _contradicting(provenance: Provenance, about: Sequence[_Claim]) -> Iterator[str]:
    said = {claim.validity: claim for claim in reversed(about)}
    given = provenance.validity
    if given is not Validity.IN_FORCE:
        said.pop(given, None)
        for claim in said.values():
            yield f"说明中写的是 {given}，而{claim.reason}认为是 {claim.validity}，请核对"
        return
    in_force = said.pop(Validity.IN_FORCE, None)
    if in_force and said:
        other = max(said.values(), key=lambda claim: _STRENGTH.index(claim.validity))
        yield f"{in_force.reason}认为有效，而{other.reason}认为是 {other.validity}，请核对"


def _applied(provenance: Provenance, about: Sequence[_Claim], today: date | None) -> Provenance:
    if not about:
        return provenance
    registered = [claim for claim in about if claim.registered]
    chief = max(registered or about, key=lambda claim: _STRENGTH.index(claim.validity))
    given = provenance.validity
    if given not in (Validity.IN_FORCE, chief.validity) or chief.validity is Validity.IN_FORCE:
        return provenance
    to_come = today is not None and chief.since is not None and today < chief.since
    by = tuple(dict.fromkeys(c.by for c in about if c.by and c.validity is chief.validity))
    amended = chief.validity is Validity.AMENDED
    return replace(
        provenance,
        validity=given if to_come else chief.validity,
        validity_reason=provenance.validity_reason or chief.reason,
        amended_by=provenance.amended_by or (by if amended else ()),
        repealed_by=provenance.repealed_by or (() if amended else by),
        expires=provenance.expires or _eve(None if amended else chief.since),
    )


def _eve(since: date | None) -> date | None:
    return since - timedelta(days=1) if since else None
