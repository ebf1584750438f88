"""Building the index: read, embed what is new, write aside, and swap in one step.

A build never touches what is in use. It writes a folder of its own and, when that is complete,
replaces the one-line file `current`. Killed at any moment, the old index stays; vectors that were
already computed are kept in `unfinished/` and used by the next build.
"""

import fcntl
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from inquiry_service.answering.encoder import Encoder
from inquiry_service.answering.index import DenseIndex
from inquiry_service.answering.layout import Layout
from inquiry_service.answering.lexical import LexicalIndex
from inquiry_service.answering.manifest import INDEX_FORMAT, Manifest, marks_of
from inquiry_service.answering.quoting import sentence_spans
from inquiry_service.answering.tokens import terms
from inquiry_service.answering.vectors import KEY_LENGTH, VectorStore, key_of
from inquiry_service.errors import IndexUnusable, KnowledgeFault
from inquiry_service.knowledge.document import Document, Passage, Provenance
from inquiry_service.knowledge.library import Library
from inquiry_service.knowledge.shelf import write_shelf
from inquiry_service.knowledge.synonyms import Glossary
from inquiry_service.moments import now

Progress = Callable[[int, int], None]
"""Told how many texts (passages and their sentences) are embedded, and how many need it."""

BATCH = 128
"""Texts embedded between two writes to disk: what a kill may cost."""
_VERSION_LENGTH = 16


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `unchanged` means that the index in use already had this content."""

    index_version: str
    documents: int
    passages: int
    encoded: int
    reused: int
    unchanged: bool = False


def build_index(
    library: Library,
    encoder: Encoder,
    directory: Path,
    *,
    glossary: Glossary | None = None,
    progress: Progress | None = None,
    batch: int = BATCH,
) -> BuildReport:
    """Make the library searchable under `directory`, and the index in use from then on.

    The glossary becomes part of the index, so that the same index always gives the same answer.

    Raises `KnowledgeFault` when there is nothing to index or another build is running.
    """
    documents = tuple(library.documents)
    if not any(document.passages for document in documents):
        raise KnowledgeFault(where=str(directory), reason="没有可以建立索引的内容")
    layout = Layout(directory)
    with _only_builder(layout):
        content = _Content.of(documents, library.digest, glossary or Glossary())
        return _build(content, encoder, layout, progress, batch)


def passage_input(provenance: Provenance, passage: Passage) -> str:
    """What is embedded and counted for a passage: where it stands, then what it says."""
    places = [provenance.title, *(part for part in passage.path if part != provenance.title)]
    return f"{' > '.join(places)}\n{passage.text}"


@dataclass(frozen=True, slots=True)
class _Content:
    """Everything that is embedded or kept, in order."""

    documents: tuple[Document, ...]
    library_digest: str
    glossary: Glossary
    inputs: list[str]
    """What is embedded for each passage."""
    sentences: list[list[str]]
    """For each passage its sentences; none when it has but one."""
    asked: list[tuple[str, str]]
    """document_id and question, for every question that a document names itself."""

    @classmethod
    def of(
        cls, documents: tuple[Document, ...], library_digest: str, glossary: Glossary
    ) -> "_Content":
        pairs = [(d.provenance, p) for d in documents for p in d.passages]
        return cls(
            documents,
            library_digest,
            glossary,
            inputs=[passage_input(provenance, passage) for provenance, passage in pairs],
            sentences=[sentence_inputs(passage) for _, passage in pairs],
            asked=[(d.document_id, text) for d in documents for text in d.provenance.questions],
        )

    def version(self, encoder: Encoder) -> str:
        """The same content, encoder and format make the same version, whenever they are built."""
        digest = hashlib.sha256()
        for part in (INDEX_FORMAT, encoder.identity, self.library_digest, self.glossary):
            digest.update(repr(part).encode() + b"\x00")
        for document in self.documents:
            digest.update(repr(document.provenance).encode())
            for passage in document.passages:
                digest.update(f"{passage.passage_id}{passage.path}".encode())
        return digest.hexdigest()[:_VERSION_LENGTH]


def sentence_inputs(passage: Passage) -> list[str]:
    """What is embedded for each sentence; a lone sentence is told by its passage already."""
    spans = sentence_spans(passage.text)
    return [passage.text[start:end] for start, end in spans] if len(spans) > 1 else []


def _build(
    content: _Content, encoder: Encoder, layout: Layout, progress: Progress | None, batch: int
) -> BuildReport:
    version = content.version(encoder)
    documents, passages = len(content.documents), len(content.inputs)
    if _in_use_and_whole(layout, version):
        return BuildReport(version, documents, passages, 0, passages, unchanged=True)
    store = _vectors_at_hand(layout, encoder)
    encoded = _embed(content, encoder, store, progress, batch)
    folder = layout.fresh_folder()
    _write_vectors(folder, content, store)
    _write_texts(folder, content)
    Manifest(
        index_version=version,
        index_format=INDEX_FORMAT,
        encoder=encoder.identity,
        library_digest=content.library_digest,
        documents=documents,
        passages=passages,
        files=marks_of(folder),
        created=now().isoformat(timespec="seconds"),
    ).write(folder)
    layout.put_in_use(folder, version)
    store.discard()
    return BuildReport(version, documents, passages, encoded, passages - encoded)


def _embed(
    content: _Content,
    encoder: Encoder,
    store: VectorStore,
    progress: Progress | None,
    batch: int,
) -> int:
    """Embed what the store does not hold yet, batch by batch; returns how many passages."""
    report = progress or (lambda _done, _total: None)
    sentences = (text for texts in content.sentences for text in texts)
    texts = dict.fromkeys([*content.inputs, *sentences])
    missing = [text for text in texts if key_of(text) not in store]
    done = 0
    report(done, len(missing))
    for some in _batches(missing, batch):
        store.add(some, encoder.encode_passages(some))
        done += len(some)
        report(done, len(missing))
    questions = dict.fromkeys(text for _, text in content.asked)
    unasked = [text for text in questions if key_of(text, asked=True) not in store]
    for some in _batches(unasked, batch):
        store.add(some, encoder.encode_questions(some), asked=True)
    return len(set(content.inputs).intersection(missing))


def _batches(texts: list[str], size: int) -> list[list[str]]:
    return [texts[start : start + size] for start in range(0, len(texts), size)]


def _write_vectors(folder: Path, content: _Content, store: VectorStore) -> None:
    keys = [key_of(text) for text in content.inputs]
    vectors = store.rows(keys)
    DenseIndex.build(vectors).save(folder / "dense.faiss")
    np.save(folder / "vectors.npy", vectors)
    np.save(folder / "keys.npy", _as_array(keys))
    sentence_keys = [key_of(text) for texts in content.sentences for text in texts]
    np.save(folder / "sentences.npy", store.rows(sentence_keys).astype(np.float16))
    np.save(folder / "sentence_keys.npy", _as_array(sentence_keys))
    counts = [len(texts) for texts in content.sentences]
    np.save(folder / "sentence_starts.npy", np.cumsum([0, *counts], dtype=np.int32))
    asked_keys = [key_of(text, asked=True) for _, text in content.asked]
    np.save(folder / "asked.npy", store.rows(asked_keys))
    np.save(folder / "asked_keys.npy", _as_array(asked_keys))


def _write_texts(folder: Path, content: _Content) -> None:
    LexicalIndex.build([terms(text) for text in content.inputs]).save(folder / "lexical")
    owners = [at for at, document in enumerate(content.documents) for _ in document.passages]
    np.save(folder / "owners.npy", np.asarray(owners, dtype=np.int32))
    write_shelf(folder / "shelf.sqlite", content.documents)
    _write_json(folder / "asked.json", content.asked)
    entries = [[entry.term, list(entry.aliases)] for entry in content.glossary.entries]
    _write_json(folder / "glossary.json", entries)


def _write_json(path: Path, listed: object) -> None:
    path.write_text(json.dumps(listed, ensure_ascii=False), encoding="utf-8")


def _as_array(keys: Sequence[bytes]) -> np.ndarray:
    return np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(len(keys), KEY_LENGTH)


def _in_use_and_whole(layout: Layout, version: str) -> bool:
    try:
        folder = layout.folder_in_use()
        manifest = Manifest.read(folder)
        manifest.check_files(folder, thoroughly=True)
    except IndexUnusable:
        return False
    return manifest.index_version == version


def _vectors_at_hand(layout: Layout, encoder: Encoder) -> VectorStore:
    """Vectors of the index in use and of a build that was broken off, when the encoder is ours."""
    store = VectorStore(layout.unfinished(encoder.identity), encoder.identity.dimension)
    try:
        folder = layout.folder_in_use()
        manifest = Manifest.read(folder)
        manifest.check_encoder(encoder.identity)
        manifest.check_files(folder, thoroughly=True)
    except IndexUnusable:
        return store
    store.borrow(np.load(folder / "keys.npy"), np.load(folder / "vectors.npy", mmap_mode="r"))
    store.borrow(np.load(folder / "sentence_keys.npy"), np.load(folder / "sentences.npy"))
    store.borrow(np.load(folder / "asked_keys.npy"), np.load(folder / "asked.npy"))
    return store


@contextmanager
def _only_builder(layout: Layout) -> Iterator[None]:
    """One build at a time for a directory; the system lets go of the lock when a build dies."""
    layout.root.mkdir(parents=True, exist_ok=True)
    with (layout.root / "build.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise KnowledgeFault(
                where=str(layout.root), reason="另一次建立索引还没有结束，请等它完成后再试"
            ) from None
        yield
