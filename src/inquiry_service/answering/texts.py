"""A passage with its document, and what can be told of it whatever is asked: made ready once."""

from dataclasses import dataclass

from inquiry_service.answering.folding import fold
from inquiry_service.answering.stretches import Sentence, sentences_of
from inquiry_service.answering.succession import matter_of
from inquiry_service.knowledge.document import Kind, Passage, Provenance


@dataclass(frozen=True, slots=True)
class Text:
    """One passage as it is measured. What is folded is named so; the rest is verbatim."""

    passage: Passage
    provenance: Provenance
    folded_title: str
    folded_head: str
    """Title and path."""
    folded_context: str
    """Title, path and passage."""
    folded_questions: str
    """How people ask for the document and this passage: their words count as its own."""
    headings: frozenset[str]
    sort: str
    """Kind and matter of the document: those of one sort differ in year, region or body alone."""
    variant: str
    """The year of a report: it tells one from its like."""
    sentences: tuple[Sentence, ...]

    @classmethod
    def of(cls, passage: Passage, provenance: Provenance) -> "Text":
        head = fold(" ".join([provenance.title, *passage.path]))
        is_report = provenance.kind is Kind.REPORT and provenance.year
        return cls(
            passage=passage,
            provenance=provenance,
            folded_title=fold(provenance.title),
            folded_head=head,
            folded_context=f"{head} {fold(passage.text)}",
            folded_questions=fold(
                " ".join([*provenance.questions, *provenance.questions_for(passage.path)])
            ),
            headings=frozenset({provenance.title, *passage.path}),
            sort=f"{provenance.kind} {matter_of(provenance.title)}",
            variant=str(provenance.year) if is_report else "",
            sentences=sentences_of(passage.text),
        )
