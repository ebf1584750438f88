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
from inquiry_service.answering.tokens import terms
from inquiry_service.answering.vectors import KEY_LENGTH, VectorStore, key_of
from inquiry_service.errors import IndexUnusable, KnowledgeFault
from inquiry_service.knowledge.document import Document, Passage, Provenance
from inquiry_service.knowledge.library import Library
from inquiry_service.knowledge.shelf import write_shelf
from inquiry_service.moments import now

Progress = Callable[[int, int], None]
"""Told the number of passages embedded so far, and of all that need it."""

_BATCH = 128
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
    library: Library, encoder: Encoder, directory: Path, *, progress: Progress | None = None
) -> BuildReport:
    """Make the library searchable under `directory`, and the index in use from then on.

    Raises `KnowledgeFault` when there is nothing to index or another build is running.
    """
    documents = tuple(library.documents)
    if not any(document.passages for document in documents):
        raise KnowledgeFault(where=str(directory), reason="没有可以建立索引的内容")
    layout = Layout(directory)
    with _only_builder(layout):
        return _build(documents, library.digest, encoder, layout, progress)


def passage_input(provenance: Provenance, passage: Passage) -> str:
    """What is embedded and counted for a passage: where it stands, then what it says."""
    places = [provenance.title, *(part for part in passage.path if part != provenance.title)]
    return f"{' > '.join(places)}\n{passage.text}"


def _build(
    documents: Sequence[Document],
    library_digest: str,
    encoder: Encoder,
    layout: Layout,
    progress: Progress | None,
) -> BuildReport:
    version = _version_of(documents, library_digest, encoder)
    inputs = [passage_input(d.provenance, p) for d in documents for p in d.passages]
    if _in_use_and_whole(layout, version):
        return BuildReport(version, len(documents), len(inputs), 0, len(inputs), unchanged=True)
    store = _vectors_at_hand(layout, encoder)
    asked = [(d.document_id, text) for d in documents for text in d.provenance.questions]
    encoded = _embed(inputs, [text for _, text in asked], encoder, store, progress)
    folder = layout.fresh_folder()
    _write_vectors(folder, inputs, asked, store)
    _write_texts(folder, documents, inputs)
    Manifest(
        index_version=version,
        index_format=INDEX_FORMAT,
        encoder=encoder.identity,
        library_digest=library_digest,
        documents=len(documents),
        passages=len(inputs),
        files=marks_of(folder),
        created=now().isoformat(timespec="seconds"),
    ).write(folder)
    layout.put_in_use(folder, version)
    store.discard()
    return BuildReport(version, len(documents), len(inputs), encoded, len(inputs) - encoded)


def _embed(
    inputs: Sequence[str],
    asked: Sequence[str],
    encoder: Encoder,
    store: VectorStore,
    progress: Progress | None,
) -> int:
    """Embed what the store does not hold yet, batch by batch; returns how many passages."""
    report = progress or (lambda _done, _total: None)
    missing = [text for text in dict.fromkeys(inputs) if key_of(text) not in store]
    report(0, len(missing))
    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        store.add(batch, encoder.encode_passages(batch))
        report(start + len(batch), len(missing))
    new_asked = [text for text in dict.fromkeys(asked) if key_of(text, asked=True) not in store]
    for start in range(0, len(new_asked), _BATCH):
        batch = new_asked[start : start + _BATCH]
        store.add(batch, encoder.encode_questions(batch), asked=True)
    return len(missing)


def _write_vectors(
    folder: Path, inputs: Sequence[str], asked: Sequence[tuple[str, str]], store: VectorStore
) -> None:
    vectors = store.rows([key_of(text) for text in inputs])
    asked_keys = [key_of(text, asked=True) for _, text in asked]
    asked_vectors = store.rows(asked_keys)
    DenseIndex.build(vectors).save(folder / "dense.faiss")
    np.save(folder / "vectors.npy", vectors)
    np.save(folder / "asked.npy", asked_vectors)
    keys = [key_of(text) for text in inputs]
    np.save(folder / "keys.npy", _as_array(keys))
    np.save(folder / "asked_keys.npy", _as_array(asked_keys))
    text = json.dumps(asked, ensure_ascii=False)
    (folder / "asked.json").write_text(text, encoding="utf-8")


def _write_texts(folder: Path, documents: Sequence[Document], inputs: Sequence[str]) -> None:
    LexicalIndex.build([terms(text) for text in inputs]).save(folder / "lexical")
    owners = [at for at, document in enumerate(documents) for _ in document.passages]
    np.save(folder / "owners.npy", np.asarray(owners, dtype=np.int32))
    write_shelf(folder / "shelf.sqlite", documents)


def _as_array(keys: Sequence[bytes]) -> np.ndarray:
    return np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(len(keys), KEY_LENGTH)


def _version_of(documents: Sequence[Document], library_digest: str, encoder: Encoder) -> str:
    """The same documents, encoder and format make the same version, whenever they are built."""
    digest = hashlib.sha256()
    for part in (str(INDEX_FORMAT), repr(encoder.identity), library_digest):
        digest.update(part.encode() + b"\x00")
    for document in documents:
        digest.update(repr(document.provenance).encode())
        for passage in document.passages:
            digest.update(f"{passage.passage_id}{passage.path}".encode())
    return digest.hexdigest()[:_VERSION_LENGTH]


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
