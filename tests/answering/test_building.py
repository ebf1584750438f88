"""Building and opening an index: incremental, atomic, and refused when it does not fit."""

import fcntl
import json
import logging
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from answering.answering_house import GLOSSARY, TODAY, filing_only, small_library
from inquiry_service.answering.answer import Status
from inquiry_service.answering.asking import AnswerEngine, EngineHolder, ask
from inquiry_service.answering.building import build_index
from inquiry_service.answering.encoder import Progress, Vectors
from inquiry_service.answering.layout import Layout
from inquiry_service.answering.manifest import Manifest
from inquiry_service.answering.twins import HashingEncoder
from inquiry_service.errors import IndexUnusable, KnowledgeFault
from inquiry_service.knowledge.library import Library, library_of


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return small_library(tmp_path / "source")


class PowerCut(Exception):
    """Stands for a build that is killed in the middle."""


class FailingEncoder(HashingEncoder):
    """Encodes some batches and then dies, as a process does that is killed."""

    def __init__(self, batches: int) -> None:
        super().__init__()
        self._left = batches

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        self._left -= 1
        if self._left < 0:
            raise PowerCut
        return super().encode_passages(texts, progress=progress)


def test_the_same_content_has_the_same_version_wherever_it_is_built(
    library: Library, tmp_path: Path
) -> None:
    one = build_index(library, HashingEncoder(), tmp_path / "one")
    two = build_index(library, HashingEncoder(), tmp_path / "two")
    assert one == two
    assert one.passages == sum(len(document.passages) for document in library.documents)


def test_other_content_another_encoder_or_glossary_make_another_version(
    library: Library, tmp_path: Path
) -> None:
    versions = {
        build_index(library, HashingEncoder(), tmp_path / "a").index_version,
        build_index(filing_only(library), HashingEncoder(), tmp_path / "b").index_version,
        build_index(library, HashingEncoder(64), tmp_path / "c").index_version,
        build_index(library, HashingEncoder(), tmp_path / "d", glossary=GLOSSARY).index_version,
    }
    assert len(versions) == 4


def test_building_again_changes_nothing(library: Library, tmp_path: Path) -> None:
    first = build_index(library, HashingEncoder(), tmp_path / "index")
    again = build_index(library, HashingEncoder(), tmp_path / "index")
    assert again.unchanged
    assert again.index_version == first.index_version


def test_only_what_is_new_is_encoded(library: Library, tmp_path: Path) -> None:
    build_index(filing_only(library), HashingEncoder(), tmp_path / "index")
    report = build_index(library, HashingEncoder(), tmp_path / "index")
    assert report.reused == 2
    assert report.encoded == report.passages - 2


def test_progress_rises_to_the_whole(library: Library, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    build_index(
        library, HashingEncoder(), tmp_path / "index", progress=lambda *at: steps.append(at)
    )
    assert steps[0][0] == 0
    assert steps[-1][0] == steps[-1][1] > 0
    assert steps == sorted(steps)


def test_a_killed_build_leaves_the_old_index_answering(library: Library, tmp_path: Path) -> None:
    directory = tmp_path / "index"
    before = build_index(filing_only(library), HashingEncoder(), directory)
    with pytest.raises(PowerCut):
        build_index(library, FailingEncoder(0), directory)
    assert AnswerEngine.open(directory, HashingEncoder()).index_version == before.index_version
    after = build_index(library, HashingEncoder(), directory)
    assert AnswerEngine.open(directory, HashingEncoder()).index_version == after.index_version


def test_vectors_of_a_broken_build_are_not_computed_again(library: Library, tmp_path: Path) -> None:
    directory = tmp_path / "index"
    with pytest.raises(PowerCut):
        build_index(library, FailingEncoder(2), directory, batch=4)
    finished = build_index(library, HashingEncoder(), directory)
    assert finished.reused == 8
    assert finished.encoded == finished.passages - 8
    assert not list((directory / "unfinished").iterdir())


_BUILD_AND_STALL = """
import sys, time
from pathlib import Path
from inquiry_service.answering.building import build_index
from inquiry_service.answering.twins import HashingEncoder
from inquiry_service.knowledge.library import load_library

def stall(done, total):
    if done >= 8:
        print("now", flush=True)
        time.sleep(600)

source, index = map(Path, sys.argv[1:])
build_index(load_library([source]), HashingEncoder(), index, batch=4, progress=stall)
"""


def test_a_process_that_is_killed_loses_nothing_it_had_written(
    library: Library, tmp_path: Path
) -> None:
    directory = tmp_path / "index"
    command = [sys.executable, "-c", _BUILD_AND_STALL, str(tmp_path / "source"), str(directory)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as building:
        assert building.stdout is not None
        assert building.stdout.readline() == "now\n"
        building.kill()
    [unfinished] = (directory / "unfinished").iterdir()
    with (unfinished / "vectors").open("ab") as torn:
        torn.write(b"half a row")
    finished = build_index(library, HashingEncoder(), directory)
    assert finished.reused == 8
    assert _content(directory) == _content_built_afresh(library, tmp_path / "afresh")


def test_an_index_that_grew_is_the_index_built_at_once(library: Library, tmp_path: Path) -> None:
    directory = tmp_path / "index"
    build_index(filing_only(library), HashingEncoder(), directory)
    build_index(library, HashingEncoder(), directory)
    assert _content(directory) == _content_built_afresh(library, tmp_path / "afresh")
    smaller = filing_only(library)
    report = build_index(smaller, HashingEncoder(), directory)
    assert (report.encoded, report.reused) == (0, 2)
    assert _content(directory) == _content_built_afresh(smaller, tmp_path / "smaller")


def test_changing_documents_makes_the_very_files_of_a_clean_build(
    library: Library, tmp_path: Path
) -> None:
    directory = tmp_path / "index"
    first, *middle, last = library.documents
    changed = replace(first, provenance=replace(first.provenance, title="另一个标题"))
    for documents in (
        library.documents,
        (changed, *middle, last),
        (last, changed),
        (*middle, last),
    ):
        build_index(library_of(documents), HashingEncoder(), directory, glossary=GLOSSARY)
        clean = tmp_path / f"clean-{len(documents)}-{documents[0].document_id}"
        build_index(library_of(documents), HashingEncoder(), clean, glossary=GLOSSARY)
        assert _files(directory) == _files(clean)


def _files(directory: Path) -> dict[str, bytes]:
    """What lies on disk, but for the manifest, which tells when."""
    folder = Layout(directory).folder_in_use()
    names = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.*")}
    return {name: path.read_bytes() for name, path in names.items() if name != "manifest.json"}


def _content_built_afresh(library: Library, directory: Path) -> dict[str, Any]:
    build_index(library, HashingEncoder(), directory)
    return _content(directory)


def _content(directory: Path) -> dict[str, Any]:
    """What an index says."""
    index = AnswerEngine.open(directory, HashingEncoder()).index
    return {
        "version": index.manifest.index_version,
        "vectors": index.vectors.tobytes(),
        "owners": index.owners.tolist(),
        "sentences": [index.sentences.tobytes(), index.sentence_starts.tolist()],
        "scores": index.lexical.scores(["公开", "备案", "备案·", "2017"]).tobytes(),
        "words": index.lexical.words(1),
    }


def test_two_builds_at_once_are_kept_apart(library: Library, tmp_path: Path) -> None:
    directory = tmp_path / "index"
    directory.mkdir()
    with (directory / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(KnowledgeFault) as refused:
            build_index(library, HashingEncoder(), directory)
    assert "另一次建立索引还没有结束" in refused.value.message


def test_nothing_to_index_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeFault) as refused:
        build_index(library_of([]), HashingEncoder(), tmp_path / "index")
    assert "没有可以建立索引的内容" in refused.value.message


def test_the_version_before_is_kept_and_older_ones_go(library: Library, tmp_path: Path) -> None:
    directory = tmp_path / "index"
    versions = [
        build_index(library_of(library.documents[:count]), HashingEncoder(), directory)
        for count in (1, 2, 3)
    ]
    kept = {folder.name for folder in (directory / "versions").iterdir()}
    assert kept == {report.index_version for report in versions[1:]}


def test_no_index_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable) as refused:
        AnswerEngine.open(tmp_path / "nowhere", HashingEncoder())
    assert "还没有建立索引" in refused.value.message
    assert "inquiry-service knowledge build" in refused.value.message


def test_another_encoder_is_refused_with_both_named(library: Library, tmp_path: Path) -> None:
    build_index(library, HashingEncoder(), tmp_path / "index")
    with pytest.raises(IndexUnusable) as refused:
        AnswerEngine.open(tmp_path / "index", HashingEncoder(64))
    assert "256 维" in refused.value.message
    assert "64 维" in refused.value.message


@pytest.mark.parametrize(
    "name",
    [
        "dense.faiss",
        "vectors.npy",
        "sentences.npy",
        "lexical/shares.npy",
        "shelf.sqlite",
        "owners.npy",
        "glossary.json",
        "asked.json",
    ],
)
@pytest.mark.parametrize("fault", ["missing", "truncated"])
def test_a_missing_or_truncated_file_is_refused(
    library: Library, tmp_path: Path, name: str, fault: str
) -> None:
    build_index(library, HashingEncoder(), tmp_path / "index")
    path = Layout(tmp_path / "index").folder_in_use() / name
    content = path.read_bytes()
    path.unlink()
    if fault == "truncated":
        path.write_bytes(content[:-1])
    with pytest.raises(IndexUnusable) as refused:
        AnswerEngine.open(tmp_path / "index", HashingEncoder())
    assert name in refused.value.message


def test_a_file_of_the_right_size_with_other_content_is_refused(
    library: Library, tmp_path: Path
) -> None:
    build_index(library, HashingEncoder(), tmp_path / "index")
    path = Layout(tmp_path / "index").folder_in_use() / "dense.faiss"
    path.write_bytes(b"x" * path.stat().st_size)
    with pytest.raises(IndexUnusable):
        AnswerEngine.open(tmp_path / "index", HashingEncoder())


def test_a_damaged_index_is_mended_by_building_again(library: Library, tmp_path: Path) -> None:
    directory = tmp_path / "index"
    first = build_index(library, HashingEncoder(), directory)
    (Layout(directory).folder_in_use() / "vectors.npy").unlink()
    again = build_index(library, HashingEncoder(), directory)
    assert not again.unchanged
    assert AnswerEngine.open(directory, HashingEncoder()).index_version == first.index_version


@pytest.mark.parametrize(
    "manifest", ["", "[]", "{}", '{"index_format": 0}', '{"index_format": 5}', "not json"]
)
def test_a_manifest_that_says_something_else_is_refused(
    library: Library, tmp_path: Path, manifest: str
) -> None:
    build_index(library, HashingEncoder(), tmp_path / "index")
    folder = Layout(tmp_path / "index").folder_in_use()
    (folder / "manifest.json").write_text(manifest)
    with pytest.raises(IndexUnusable):
        AnswerEngine.open(tmp_path / "index", HashingEncoder())


def test_an_index_encoded_in_another_way_is_refused_and_encoded_afresh(
    library: Library, tmp_path: Path
) -> None:
    build_index(library, HashingEncoder(), tmp_path / "index")
    path = Layout(tmp_path / "index").folder_in_use() / "manifest.json"
    told = json.loads(path.read_text())
    path.write_text(json.dumps(told | {"recipe": "another"}))
    with pytest.raises(IndexUnusable) as refused:
        AnswerEngine.open(tmp_path / "index", HashingEncoder())
    assert "另一个版本的程序" in refused.value.message
    shorter = library_of(library.documents[:2])
    assert build_index(shorter, HashingEncoder(), tmp_path / "index").reused == 0
    assert AnswerEngine.open(tmp_path / "index", HashingEncoder())


def test_the_manifest_tells_what_the_index_is(library: Library, tmp_path: Path) -> None:
    report = build_index(library, HashingEncoder(), tmp_path / "index")
    folder = Layout(tmp_path / "index").folder_in_use()
    manifest = Manifest.read(folder)
    manifest.check_files(folder, thoroughly=True)
    assert manifest.index_version == report.index_version
    assert manifest.library_digest == library.digest
    assert manifest.encoder == HashingEncoder().identity
    assert json.loads((folder / "manifest.json").read_text())["passages"] == report.passages


def test_the_holder_takes_up_a_newer_index(library: Library, tmp_path: Path) -> None:
    holder = EngineHolder(tmp_path / "index", HashingEncoder())
    build_index(filing_only(library), HashingEncoder(), tmp_path / "index")
    first = holder.current
    assert first is holder.current
    build_index(library, HashingEncoder(), tmp_path / "index")
    second = holder.current
    assert first is not None
    assert second is not None
    assert second.index_version != first.index_version


def test_the_holder_without_an_index_says_why(tmp_path: Path) -> None:
    holder = EngineHolder(tmp_path / "index", HashingEncoder())
    assert holder.current is None
    assert "还没有建立索引" in str(holder.fault)


def test_the_holder_keeps_the_last_index_that_was_good(library: Library, tmp_path: Path) -> None:
    holder = EngineHolder(tmp_path / "index", HashingEncoder())
    build_index(library, HashingEncoder(), tmp_path / "index")
    good = holder.current
    (tmp_path / "index" / "current").write_text("gone\n")
    assert holder.current is good
    assert "gone" in str(holder.fault)


@pytest.mark.parametrize("pointer", [b"\xff\xfe\x00", b"\x00", b"..\n", b"x" * 5000, b"two\nlines"])
def test_a_damaged_pointer_is_an_unusable_index_until_the_next_build(
    library: Library, tmp_path: Path, pointer: bytes
) -> None:
    index = tmp_path / "index"
    build_index(library, HashingEncoder(), index)
    (index / "current").write_bytes(pointer)
    holder = EngineHolder(index, HashingEncoder())
    answer = ask(holder.current, "粮食收购企业向哪里备案？", today=TODAY)
    assert holder.current is None
    assert answer.status is Status.FAILED
    assert "current" in str(holder.fault)
    assert "knowledge build" in str(holder.fault)
    build_index(library, HashingEncoder(), index)
    assert holder.current is not None


def test_a_pointer_that_is_a_folder_is_an_unusable_index(tmp_path: Path) -> None:
    (tmp_path / "current").mkdir()
    holder = EngineHolder(tmp_path, HashingEncoder())
    assert holder.current is None
    assert isinstance(holder.fault, IndexUnusable)


def test_the_log_tells_the_operator_what_to_do_once_for_each_change(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    holder = EngineHolder(tmp_path / "index", HashingEncoder())
    for _ in range(3):
        assert holder.current is None
    first, *more = [record.getMessage() for record in caplog.records]
    assert not more
    assert "还没有建立索引" in first
    assert "请运行 inquiry-service knowledge build" in first
    build_index(library, HashingEncoder(64), tmp_path / "index")
    for _ in range(3):
        assert holder.current is None
    _, second = [record.getMessage() for record in caplog.records]
    assert "或把模型设置改回原来的模型" in second


def test_passages_come_in_the_order_asked_for_and_the_same_the_second_time(
    library: Library, tmp_path: Path
) -> None:
    build_index(library, HashingEncoder(), tmp_path / "index")
    index = AnswerEngine.open(tmp_path / "index", HashingEncoder()).index
    for ordinals in ([2, 0, 1], [1, 1, 2], [0], []):
        passages = [text.passage for text in index.texts(ordinals)]
        assert passages == index.shelf.passages(ordinals)


def test_what_a_first_question_would_make_is_made_at_opening(
    library: Library, tmp_path: Path
) -> None:
    build_index(library, HashingEncoder(), tmp_path / "index")
    engine = EngineHolder(tmp_path / "index", HashingEncoder()).current
    assert engine is not None
    assert {"titles", "spelling", "cards", "succession"} <= vars(engine.index).keys()
