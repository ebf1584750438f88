"""What happens to the process that reads, happens to nobody else."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from inquiry_service.knowledge.readers.confinement import Confinement
from inquiry_service.knowledge.readers.extracted import Extracted, Unreadable
from inquiry_service.knowledge.readers.html_pages import read_html
from inquiry_service.knowledge.readers.limits import LIMITS, MB, Format
from inquiry_service.knowledge.readers.worker import read_as, refusal
from office_files import NOTICE, billion_laughs, page, repacked, word, workbook

pytestmark = pytest.mark.thorough

PAGE = page(f"<h1>{NOTICE}</h1><p>正文。</p>")
DEEP = b"<html><body>" + b"<div>" * 200_000


@pytest.fixture
def confinement() -> Iterator[Confinement]:
    with Confinement() as opened:
        yield opened


def limited(form: Format, **changes: int) -> Confinement:
    return Confinement({**LIMITS, form: replace(LIMITS[form], **changes)})


def test_the_worker_reads_what_the_reader_reads(confinement: Confinement) -> None:
    for _ in range(2):
        assert confinement.read(Format.HTML, PAGE, "a.html") == read_html(PAGE, "a.html")


def test_a_refusal_comes_back_as_a_sentence_and_the_worker_goes_on(
    confinement: Confinement,
) -> None:
    with pytest.raises(Unreadable, match="没有找到正文"):
        confinement.read(Format.HTML, page(""), "a.html")
    assert confinement.read(Format.HTML, PAGE, "a.html").text.startswith(f"# {NOTICE}")


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    with limited(Format.HTML, seconds=5) as confinement:
        with pytest.raises(Unreadable, match="5 秒还没有读完"):
            confinement.read(Format.HTML, DEEP, "deep.html")
        assert confinement.read(Format.DOCX, word(), "a.docx").text.startswith(NOTICE)


def test_a_file_that_fills_the_memory_is_given_up_and_the_next_is_read() -> None:
    large = page("<p>正文。</p>" * 400_000)
    with limited(Format.HTML, memory=64 * MB) as confinement:
        with pytest.raises(Unreadable, match="过大"):
            confinement.read(Format.HTML, large, "large.html")
        assert confinement.read(Format.DOCX, word(), "a.docx").text.startswith(NOTICE)


def test_a_worker_that_dies_is_replaced(confinement: Confinement) -> None:
    confinement.read(Format.HTML, PAGE, "a.html")
    worker = confinement._worker
    assert worker is not None
    worker.kill()
    worker.wait()
    with pytest.raises(Unreadable, match="读取时出错中断"):
        confinement.read(Format.HTML, PAGE, "a.html")
    assert confinement.read(Format.HTML, PAGE, "a.html").text.startswith(f"# {NOTICE}")


def test_a_library_that_is_not_installed_is_not_the_fault_of_the_file() -> None:
    told = refusal(ModuleNotFoundError("No module named 'selectolax'", name="selectolax"))
    assert told["unreadable"] == (
        "本机没有装好读取这种格式的组件（selectolax），请重新运行 make setup"
    )


def test_nothing_is_left_behind(confinement: Confinement) -> None:
    confinement.read(Format.HTML, PAGE, "a.html")
    worker, scratch = confinement._worker, confinement._scratch
    assert worker is not None
    assert scratch is not None
    confinement.close()
    assert worker.poll() is not None
    assert not Path(scratch.name).exists()


def test_the_worker_is_given_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INQUIRY_SECRET_KEY", "a-secret-of-the-house")
    with Confinement() as confinement:
        confinement.read(Format.HTML, PAGE, "a.html")
        worker = confinement._worker
        assert worker is not None
        environment = Path(f"/proc/{worker.pid}/environ")
        if environment.exists():
            assert b"a-secret-of-the-house" not in environment.read_bytes()


def test_it_works_from_a_thread_of_a_service() -> None:
    found: list[Extracted] = []

    def read() -> None:
        with Confinement() as confinement:
            found.append(confinement.read(Format.DOCX, word(), "a.docx"))

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    thread.join()
    assert [extracted.text.startswith(NOTICE) for extracted in found] == [True]


def test_a_document_that_points_elsewhere_fetches_nothing(confinement: Confinement) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        there = f"http://127.0.0.1:{listening.getsockname()[1]}/x"
        link = f'<link rel=stylesheet href="{there}"><img src="{there}"><iframe src="{there}">'
        confinement.read(Format.HTML, page(f"{link}</iframe><p>正文。</p>"), "a.html")
        with pytest.raises(TimeoutError):
            listening.accept()


@pytest.mark.parametrize("form", [Format.DOCX, Format.XLSX])
def test_entities_are_refused_before_any_library_sees_them(form: Format) -> None:
    package, part = {
        Format.DOCX: (word(), "word/document.xml"),
        Format.XLSX: (workbook(), "xl/workbook.xml"),
    }[form]
    with pytest.raises(Unreadable, match="XML 声明"):
        read_as(form, repacked(package, {part: billion_laughs()}), "a")
    external = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    with pytest.raises(Unreadable, match="XML 声明"):
        read_as(form, repacked(package, {part: external.decode().encode("utf-16")}), "a")


def test_a_bomb_inside_an_office_file_is_refused() -> None:
    bomb = repacked(word(), {"word/media/a.bin": bytes(64 * MB)})
    with pytest.raises(Unreadable, match="压缩炸弹"):
        read_as(Format.DOCX, bomb, "a.docx")


def test_deep_nesting_inside_an_office_file_is_one_sentence(confinement: Confinement) -> None:
    nested = b"<w:p>" * 60_000
    with pytest.raises(Unreadable):
        confinement.read(Format.DOCX, repacked(word(), {"word/document.xml": nested}), "a.docx")
    tables = "<w:tbl><w:tr><w:tc>" * 3_000
    spaced = tables.replace(
        "<w:tbl>",
        '<w:tbl xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">',
        1,
    )
    data = repacked(word(), {"word/document.xml": spaced.encode()})
    with pytest.raises(Unreadable):
        confinement.read(Format.DOCX, data, "a.docx")
