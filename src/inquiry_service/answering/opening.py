"""Opening an index read-only: everything fits its manifest and the encoder, or it is refused."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inquiry_service.answering.cards import Cards
from inquiry_service.answering.encoder import EncoderIdentity
from inquiry_service.answering.encoding import recipe_of
from inquiry_service.answering.folding import fold
from inquiry_service.answering.index import DenseIndex
from inquiry_service.answering.layout import Layout
from inquiry_service.answering.lexical import LexicalIndex
from inquiry_service.answering.manifest import Manifest
from inquiry_service.answering.named_questions import NamedQuestions, Nearness
from inquiry_service.answering.places import Home, home_of
from inquiry_service.answering.reading.typos import OFTEN, Spelling
from inquiry_service.answering.succession import Succession
from inquiry_service.answering.texts import Text
from inquiry_service.answering.vectors import Vectors
from inquiry_service.answering.writing import mapped_array
from inquiry_service.errors import IndexUnusable
from inquiry_service.knowledge.document import Provenance
from inquiry_service.knowledge.shelf import Shelf
from inquiry_service.knowledge.synonyms import Entry, Glossary

_WIDENED = 20_000
"""Sentences whose vectors are held in full width, 30 MB."""
_REMEMBERED = 10_000
"""Passages that stay in memory once they were measured, about 100 MB."""


@dataclass(frozen=True)
class OpenIndex:
    """An index in memory or mapped from disk. Nothing in it changes after opening."""

    manifest: Manifest
    dense: DenseIndex
    lexical: LexicalIndex
    shelf: Shelf
    vectors: Vectors
    owners: NDArray[np.int32]
    """For each passage ordinal, the row of its document in `documents`."""
    documents: tuple[Provenance, ...]
    asked: NamedQuestions
    """What documents say they answer."""
    asked_here: NDArray[np.int32]
    """Rows of `asked` that are asked of one passage, passage after passage."""
    asked_here_starts: NDArray[np.int64]
    denied: NamedQuestions
    """What documents say they do not answer."""
    home: Home
    glossary: Glossary
    sentences: NDArray[np.floating[Any]]
    """Vectors of the sentences of passages that have several, passage after passage."""
    sentence_starts: NDArray[np.int64]
    _read: dict[int, Text] = field(default_factory=dict, repr=False, compare=False)

    def near(self, vector: Vectors) -> Nearness:
        """How near a question is to those that documents name."""
        return Nearness.of(self.asked.similarity(vector), self.denied.similarity(vector))

    @cached_property
    def asked_in_general(self) -> NDArray[np.bool_]:
        """Which rows of `asked` are asked of a whole document, not of one of its passages."""
        general = np.ones(len(self.asked.owners), bool)
        general[self.asked_here] = False
        return general

    def texts(self, ordinals: Sequence[int]) -> list[Text]:
        """The passages at these ordinals, in this order; those read lately are at hand."""
        found = {ordinal: self._read.get(ordinal) for ordinal in ordinals}
        missing = [ordinal for ordinal, text in found.items() if text is None]
        if missing:
            read = self._texts_read(missing)
            if len(self._read) + len(read) > _REMEMBERED:
                self._read.clear()
            self._read.update(read)
            found |= read
        return [text for ordinal in ordinals if (text := found[ordinal]) is not None]

    def _texts_read(self, ordinals: Sequence[int]) -> dict[int, Text]:
        passages = zip(ordinals, self.shelf.passages(ordinals), strict=True)
        return {
            ordinal: Text.of(passage, self.documents[self.owners[ordinal]])
            for ordinal, passage in passages
        }

    def likeness_of_sentences(self, ordinals: Sequence[int], vector: Vectors) -> list[list[float]]:
        """For each passage the cosines of its sentences, in order; none when it has but one."""
        starts = self.sentence_starts[ordinals].tolist()
        ends = self.sentence_starts[np.asarray(ordinals) + 1].tolist()
        rows = [row for start, end in zip(starts, ends, strict=True) for row in range(start, end)]
        cosines = iter((self.sentences[rows].astype(np.float32, copy=False) @ vector).tolist())
        return [list(islice(cosines, end - start)) for start, end in zip(starts, ends, strict=True)]

    def ordinals_of(self, document_id: str) -> NDArray[np.int64]:
        """The passages of one document, in order; none for an unknown one."""
        return np.flatnonzero(self.owners == self._document_rows.get(document_id, -1))

    @cached_property
    def _document_rows(self) -> Mapping[str, int]:
        return {document.document_id: row for row, document in enumerate(self.documents)}

    @cached_property
    def spelling(self) -> Spelling:
        """The words of this library and its glossary by their sound."""
        names = [name for entry in self.glossary.entries for name in entry.names]
        return Spelling(partial(self.lexical.words, OFTEN), names, self.lexical.knows)

    @cached_property
    def cards(self) -> Cards:
        """The curated cards with the questions they answer."""
        return Cards(self.documents, self.asked, self.denied)

    @cached_property
    def succession(self) -> Succession:
        """Which of the documents has a newer one on the same matter."""
        return Succession(self.documents)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Each title, folded, with the document that bears it; not those of several documents."""
        counted = Counter(fold(document.title) for document in self.documents)
        return {
            title: document.document_id
            for document in self.documents
            if counted[title := fold(document.title)] == 1
        }


def open_index(directory: Path, identity: EncoderIdentity) -> OpenIndex:
    """Open the version in use. Raises `IndexUnusable` with what to do about it."""
    folder = Layout(directory).folder_in_use()
    manifest = Manifest.read(folder)
    manifest.check_encoder(identity)
    manifest.check_recipe(recipe_of(identity))
    manifest.check_files(folder)
    try:
        opened = _open(folder, manifest)
    except (OSError, ValueError, KeyError, RuntimeError) as fault:
        raise IndexUnusable(reason="索引文件读不出来，可能已经损坏") from fault
    if opened.dense.count != manifest.passages or len(opened.documents) != manifest.documents:
        raise IndexUnusable(reason="索引里的条数与清单不一致")
    return opened


def _open(folder: Path, manifest: Manifest) -> OpenIndex:
    shelf = Shelf.open(folder / "shelf.sqlite")
    documents = tuple(shelf.documents())
    rows = {document.document_id: row for row, document in enumerate(documents)}
    owners = np.load(folder / "owners.npy")
    vectors = mapped_array(folder / "vectors.npy")
    return OpenIndex(
        manifest=manifest,
        dense=DenseIndex.open(folder / "dense.faiss", manifest.dense_kind, vectors),
        lexical=LexicalIndex.open(folder / "lexical", manifest.passages),
        shelf=shelf,
        vectors=vectors,
        owners=owners,
        documents=documents,
        asked=_named_questions(folder, "asked", rows),
        asked_here=mapped_array(folder / "asked_here.npy"),
        asked_here_starts=mapped_array(folder / "asked_here_starts.npy"),
        denied=_named_questions(folder, "denied", rows),
        home=home_of(document.issuer or "" for document in documents),
        glossary=_glossary(folder),
        sentences=_sentences(folder / "sentences.npy"),
        sentence_starts=np.load(folder / "sentence_starts.npy"),
    )


def _sentences(path: Path) -> NDArray[np.floating[Any]]:
    """Few are held as they are compared: to widen them for every question costs more."""
    narrow = mapped_array(path)
    return narrow.astype(np.float32) if len(narrow) <= _WIDENED else narrow


def _glossary(folder: Path) -> Glossary:
    entries = json.loads((folder / "glossary.json").read_text(encoding="utf-8"))
    return Glossary(tuple(Entry(term, tuple(aliases)) for term, aliases in entries))


def _named_questions(folder: Path, name: str, rows: Mapping[str, int]) -> NamedQuestions:
    pairs = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return NamedQuestions.of(pairs, np.load(folder / f"{name}.npy"), rows)
