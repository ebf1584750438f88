"""What an index is built from, in order, and the version that follows from it."""

import hashlib
from dataclasses import dataclass

from inquiry_service.answering.encoding import Input, input_of
from inquiry_service.knowledge.document import Document
from inquiry_service.knowledge.synonyms import Glossary

_VERSION_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that is encoded or kept, in order."""

    documents: tuple[Document, ...]
    library_digest: str
    glossary: Glossary
    inputs: list[Input]
    """What is encoded for each passage."""
    asked: list[tuple[str, str]]
    """document_id and question, for every question that a document names or puts itself."""
    denied: list[tuple[str, str]]
    """The same for every question that a document says it does not answer."""
    asked_here: list[list[int]]
    """For each passage the rows of `asked` that are asked of it, not of its document alone."""

    @classmethod
    def of(
        cls, documents: tuple[Document, ...], library_digest: str, glossary: Glossary
    ) -> "Content":
        asked = [(d.document_id, text) for d in documents for text in d.questions]
        rows = {one: row for row, one in enumerate(asked)}
        return cls(
            documents,
            library_digest,
            glossary,
            inputs=[input_of(d.provenance, p) for d in documents for p in d.passages],
            asked=asked,
            denied=[
                (d.document_id, text) for d in documents for text in d.provenance.not_questions
            ],
            asked_here=[
                [rows[d.document_id, text] for text in d.asked_of(p)]
                for d in documents
                for p in d.passages
            ],
        )

    @property
    def named(self) -> dict[str, list[tuple[str, str]]]:
        """All questions that documents name, by what they are named for."""
        return {"asked": self.asked, "denied": self.denied}

    @property
    def questions(self) -> list[str]:
        """Each question that any document names, once: what is encoded as a question."""
        return list(dict.fromkeys(text for pairs in self.named.values() for _, text in pairs))

    def version(self, recipe: str) -> str:
        """The same content and way of encoding make the same version, whenever they are built."""
        digest = hashlib.sha256()
        for part in (recipe, self.library_digest, self.glossary):
            digest.update(repr(part).encode() + b"\x00")
        for document in self.documents:
            digest.update(repr(document.provenance).encode())
            for passage in document.passages:
                digest.update(f"{passage.passage_id}{passage.path}".encode())
        return digest.hexdigest()[:_VERSION_LENGTH]
