"""The shelf gives back what was put on it, to many readers at once."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from inquiry_service.errors import IndexUnusable, NotFound
from inquiry_service.knowledge.document import (
    Attachment,
    Document,
    Kind,
    Passage,
    Provenance,
    Validity,
)
from inquiry_service.knowledge.shelf import Shelf, write_shelf
from inquiry_service.knowledge.splitting import split

FULL = Provenance(
    document_id="report-2017",
    title="某局2017年度报告",
    kind=Kind.REPORT,
    issuer="某局",
    document_number="某政办发〔2017〕52号",
    published=date(2018, 1, 10),
    effective=date(2018, 1, 10),
    expires=date(2030, 1, 1),
    year=2017,
    topic="信息公开",
    region="某市",
    validity=Validity.AMENDED,
    source="某局网站",
    digest=True,
    explains="policy",
    questions=("收到多少件", "公开多少条"),
    section_questions=(("依申请公开", "收到几件"),),
    made=date(2018, 1, 9),
    level="县",
    amended_by=("某政办发〔2020〕1号",),
    repealed_by=("某办法",),
    replaces=("report-2016",),
    attachments=(Attachment("附表.xlsx", "files/table.xlsx"), Attachment("附件2")),
    validity_reason="某办法第九条",
)


def document(provenance: Provenance, text: str) -> Document:
    return Document(provenance, text, split(provenance.document_id, text))


DOCUMENTS = (
    document(FULL, "一、概况\n\n收到5件。\n\n二、收费\n\n没有收费。"),
    document(Provenance("空格 与/斜线", "乙", Kind.GUIDE), "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |"),
    document(Provenance("a-last", "丙", Kind.POLICY), "正文。"),
)
PASSAGES = [passage for document in DOCUMENTS for passage in document.passages]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "索引 #1?" / "shelf.sqlite"
    path.parent.mkdir()
    write_shelf(path, DOCUMENTS)
    return path


@pytest.fixture
def shelf(path: Path) -> Iterator[Shelf]:
    with closing(Shelf.open(path)) as shelf:
        yield shelf


def test_documents_come_back_whole_and_in_order(shelf: Shelf) -> None:
    assert shelf.documents() == [document.provenance for document in DOCUMENTS]
    assert [shelf.document(d.document_id) for d in DOCUMENTS] == list(DOCUMENTS)


def test_positions_count_over_all_documents(shelf: Shelf) -> None:
    assert shelf.count == len(PASSAGES) == 4
    assert [shelf.passage(position) for position in range(shelf.count)] == PASSAGES


def test_passages_come_in_the_order_asked_for_even_twice(shelf: Shelf) -> None:
    assert shelf.passages([2, 0, 2]) == [PASSAGES[2], PASSAGES[0], PASSAGES[2]]
    assert shelf.passages([]) == []


def test_the_passages_of_a_document_are_in_reading_order(shelf: Shelf) -> None:
    assert shelf.passages_of("report-2017") == DOCUMENTS[0].passages
    assert shelf.passages_of("nothing") == ()


def test_a_passage_is_found_by_its_address(shelf: Shelf) -> None:
    assert shelf.passage_by_id(PASSAGES[1].passage_id) == PASSAGES[1]


def test_a_provenance_comes_back_with_dates_and_kinds(shelf: Shelf) -> None:
    assert shelf.provenance("report-2017") == FULL


def test_page_and_question_of_a_passage_come_back(tmp_path: Path) -> None:
    passage = Passage("0" * 16, "d", 0, (), "五件。", page=3, question="收到几件？")
    kept = Document(Provenance("d", "甲", Kind.GUIDE, questions=("几件",)), "五件。", (passage,))
    write_shelf(tmp_path / "shelf.sqlite", [kept])
    with closing(Shelf.open(tmp_path / "shelf.sqlite")) as shelf:
        assert shelf.document("d") == kept
        assert shelf.document("d").questions == ("几件", "收到几件？")


def test_what_is_not_on_the_shelf_is_not_found(shelf: Shelf) -> None:
    with pytest.raises(NotFound, match="这份文件"):
        shelf.document("nothing")
    with pytest.raises(NotFound, match="这份文件"):
        shelf.provenance("nothing")
    with pytest.raises(NotFound, match="这段内容"):
        shelf.passage(4)
    with pytest.raises(NotFound, match="这段内容"):
        shelf.passages([0, -1, 2])
    with pytest.raises(NotFound, match="这段内容"):
        shelf.passage_by_id("0" * 16)


def test_many_passages_are_fetched_in_several_queries(tmp_path: Path) -> None:
    passages = tuple(Passage(f"{n:016}", "many", n, (), f"第{n}段。") for n in range(1200))
    write_shelf(
        tmp_path / "shelf.sqlite", [Document(Provenance("many", "多", Kind.CARD), "", passages)]
    )
    with closing(Shelf.open(tmp_path / "shelf.sqlite")) as shelf:
        assert shelf.passages(range(1199, -1, -1)) == list(reversed(passages))


def test_many_threads_read_at_once_and_get_their_own_answers(shelf: Shelf) -> None:
    positions = [n % len(PASSAGES) for n in range(400)]
    with ThreadPoolExecutor(max_workers=16) as threads:
        found = list(threads.map(shelf.passage, positions))
    assert found == [PASSAGES[position] for position in positions]


def test_writing_returns_the_number_of_passages_and_replaces(path: Path) -> None:
    assert write_shelf(path, DOCUMENTS[2:]) == 1
    with closing(Shelf.open(path)) as shelf:
        assert [p.document_id for p in shelf.documents()] == ["a-last"]


def test_an_empty_shelf_can_be_opened(tmp_path: Path) -> None:
    write_shelf(tmp_path / "s", [])
    with closing(Shelf.open(tmp_path / "s")) as shelf:
        assert (shelf.count, shelf.documents()) == (0, [])


def test_a_shelf_on_a_read_only_volume_can_be_read(path: Path) -> None:
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        with closing(Shelf.open(path)) as shelf:
            assert shelf.count == len(PASSAGES)
        assert [entry.name for entry in path.parent.iterdir()] == ["shelf.sqlite"]
    finally:
        path.parent.chmod(0o755)


def test_nothing_can_be_written_through_a_shelf(shelf: Shelf) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        shelf._rows("DELETE FROM passages")


def test_a_missing_shelf_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match=r"缺少文件 shelf\.sqlite.*knowledge build"):
        Shelf.open(tmp_path / "shelf.sqlite")


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100])
def test_a_damaged_shelf_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "s").write_bytes(content)
    with pytest.raises(IndexUnusable, match="已损坏"):
        Shelf.open(tmp_path / "s")


def test_a_truncated_shelf_is_damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(IndexUnusable, match="已损坏"):
        Shelf.open(path)


def test_a_shelf_of_another_format_says_what_to_do(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(IndexUnusable, match="格式是旧的"):
        Shelf.open(path)
