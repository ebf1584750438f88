"""Which policy an explanation explains, by number and by title. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from inquiry_service.knowledge.document import Document, Kind, Provenance
from inquiry_service.knowledge.standing.naming import Name, NameIndex, bare_title, names_in

_MARKED = re.compile("《(.+)》")
_PLAIN = re.compile(
    "(?:关于|一图读懂|图解)?(.{4,60}?)(?:的|有关)?(?:政策|文件|内容)?(?:解读|问答|说明|图解|答记者问)"
)
_OPENING = 800
"""Characters at the beginning of an explanation in which it names what it explains."""


@dataclass(frozen=True, slots=True)
class Paired:
    """The documents, explanations with their policy, and those for which several would do."""

    documents: tuple[Document, ...]
    unsure: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """document_id of an explanation, and the document_ids of the policies it may explain."""


def pair(documents: Sequence[Document]) -> Paired:
    """Explanations that do not say what they explain get the one policy that fits."""
    policies = NameIndex(d.provenance for d in documents if d.provenance.kind is Kind.POLICY)
    paired: list[Document] = []
    unsure: list[tuple[str, tuple[str, ...]]] = []
    for document in documents:
        fitting = _fitting(document, policies) if _is_open(document.provenance) else ()
        if len(fitting) > 1:
            unsure.append((document.document_id, fitting))
        paired.append(_explaining(document, fitting[0]) if len(fitting) == 1 else document)
    return Paired(tuple(paired), tuple(unsure))


def _is_open(provenance: Provenance) -> bool:
    return provenance.kind is Kind.EXPLANATION and provenance.explains is None


def _explaining(document: Document, policy: str) -> Document:
    return replace(document, provenance=replace(document.provenance, explains=policy))


def _fitting(document: Document, policies: NameIndex) -> tuple[str, ...]:
    """By the surest name first; all policies that it means."""
    for name in _explained(document):
        found = tuple(policy.document_id for policy in policies.meant_by(name))
        if found:
            return found
    return ()


def _explained(document: Document) -> Iterator[Name]:
    title = document.provenance.title
    found = _MARKED.search(title) or _PLAIN.match(title)
    wanted = found[1] if found else ""
    opening = list(names_in(document.text[:_OPENING]))
    alike = [n for n in opening if n.title and bare_title(n.title) == bare_title(wanted)]
    yield from (name for name in alike if name.number)
    if wanted:
        yield Name(wanted)
        return
    yield from (name for name in opening[:1] if name.number)
