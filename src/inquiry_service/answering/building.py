"""Building the index: read, embed what is new, write aside, and swap in one step.

A build never touches what is in use. It writes a folder of its own and, when that is complete,
replaces the one-line file `current`. Killed at any moment, the old index stays; passages that were
already encoded are kept in `unfinished/` and used by the next build.
"""

import fcntl
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from inquiry_service.answering.content import Content
from inquiry_service.answering.encoder import Encoder
from inquiry_service.answering.encoding import Input, encode, recipe_of
from inquiry_service.answering.index import kind_for
from inquiry_service.answering.kept import Kept, Unfinished
from inquiry_service.answering.layout import Layout
from inquiry_service.answering.manifest import INDEX_FORMAT, Manifest
from inquiry_service.answering.vectors import VectorStore, key_of
from inquiry_service.answering.writing import kept_in, write_index
from inquiry_service.errors import IndexUnusable, KnowledgeFault
from inquiry_service.knowledge.library import Library
from inquiry_service.knowledge.synonyms import Glossary
from inquiry_service.moments import now

Progress = Callable[[int, int], None]
"""Told how many texts (passages, then questions of documents) are encoded, and how many need it."""

BATCH = 64
"""Texts encoded between two writes to disk: what a kill may cost."""


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
        content = Content.of(documents, library.digest, glossary or Glossary())
        return _build(content, encoder, layout, progress, batch)


def _build(
    content: Content, encoder: Encoder, layout: Layout, progress: Progress | None, batch: int
) -> BuildReport:
    recipe = recipe_of(encoder.identity)
    version = content.version(recipe)
    documents, passages = len(content.documents), len(content.inputs)
    in_use = _whole_in_use(layout)
    if in_use and in_use[1].index_version == version:
        return BuildReport(version, documents, passages, 0, passages, unchanged=True)
    unfinished = Unfinished(layout.unfinished(recipe), encoder.identity.dimension)
    folder_before = in_use[0] if in_use and in_use[1].recipe == recipe else None
    before = kept_in(folder_before) if folder_before else Kept.nothing(unfinished.dimension)
    asked = _asked_before(unfinished, folder_before, content.named)
    missing = _missing(content.inputs, before, unfinished.kept())
    unasked = [text for text in content.questions if key_of(text, asked=True) not in asked]
    steps = _Steps(progress, len(missing) + len(unasked))
    _encode(missing, encoder, unfinished, steps, batch)
    _ask(unasked, encoder, asked, steps, batch)
    folder = layout.fresh_folder()
    files = write_index(folder, content, before, unfinished.kept(), asked)
    Manifest(
        index_version=version,
        index_format=INDEX_FORMAT,
        encoder=encoder.identity,
        recipe=recipe,
        dense_kind=kind_for(passages).value,
        library_digest=content.library_digest,
        documents=documents,
        passages=passages,
        files=files,
        created=now().isoformat(timespec="seconds"),
    ).write(folder)
    layout.put_in_use(folder, version)
    unfinished.discard()
    fresh = {one.key for one in missing}
    encoded = sum(one.key in fresh for one in content.inputs)
    return BuildReport(version, documents, passages, encoded, passages - encoded)


class _Steps:
    """Tells the caller how far encoding is."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0
        self.more(0)

    def more(self, count: int) -> None:
        self._done += count
        if self._progress is not None:
            self._progress(self._done, self._total)


def _missing(inputs: Sequence[Input], before: Kept, finished: Kept) -> list[Input]:
    """What has to be encoded, longest first: no thread is left alone with a long text at the end.

    Equal texts are encoded once.
    """
    known = before.rows().keys() | finished.rows().keys()
    missing = {one.key: one for one in inputs if one.key not in known}
    return sorted(missing.values(), key=lambda one: (-len(one.text), one.key))


def _encode(
    missing: Sequence[Input], encoder: Encoder, unfinished: Unfinished, steps: _Steps, batch: int
) -> None:
    """Encode, writing batch by batch."""
    for start in range(0, len(missing), batch):
        some = missing[start : start + batch]
        unfinished.add(*encode(some, encoder))
        steps.more(len(some))


def _ask(
    texts: Sequence[str], encoder: Encoder, asked: VectorStore, steps: _Steps, batch: int
) -> None:
    """Embed the questions that documents name, as questions."""
    for start in range(0, len(texts), batch):
        some = texts[start : start + batch]
        asked.add(some, encoder.encode_questions(some), asked=True)
        steps.more(len(some))


def _asked_before(unfinished: Unfinished, folder: Path | None, names: Iterable[str]) -> VectorStore:
    store = VectorStore(unfinished.folder / "asked", unfinished.dimension)
    if folder:
        for name in names:
            store.borrow(np.load(folder / f"{name}_keys.npy"), np.load(folder / f"{name}.npy"))
    return store


def _whole_in_use(layout: Layout) -> "tuple[Path, Manifest] | None":
    """The index in use, when every file of it is as it was written."""
    try:
        folder = layout.folder_in_use()
        manifest = Manifest.read(folder)
        manifest.check_files(folder, thoroughly=True)
    except IndexUnusable:
        return None
    return folder, manifest


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
