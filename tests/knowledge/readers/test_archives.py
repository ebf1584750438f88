"""A ZIP is a folder: every member a document of its own, and nothing leaves it."""

import io
import stat
import zipfile
from pathlib import Path

import pytest

from inquiry_service.knowledge.findings import Finding
from inquiry_service.knowledge.library import Library, load_library
from office_files import NOTICE, word, workbook, zipped

TEXT = "某市粮食工作通知\n\n正文在这里。\n".encode()


def load(folder: Path, data: bytes, name: str = "资料.zip") -> Library:
    (folder / name).write_bytes(data)
    return load_library([folder])


def places(library: Library) -> list[str]:
    return list(library.origins.values())


def reasons(library: Library) -> dict[str, str]:
    return {finding.where: finding.message for finding in library.findings}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_members_are_documents_named_as_the_archive_names_them(
    tmp_path: Path, encoding: str
) -> None:
    members = {"通知/甲.txt": TEXT, "说明.docx": word(), "目录.xlsx": workbook()}
    library = load(tmp_path, zipped(members, name_encoding=encoding))
    assert places(library) == ["资料.zip/目录.xlsx", "资料.zip/说明.docx", "资料.zip/通知/甲.txt"]
    titles = [document.provenance.title for document in library.documents]
    assert titles == ["目录", NOTICE, "某市粮食工作通知"]


def test_what_systems_add_and_what_is_no_document_is_left_alone(tmp_path: Path) -> None:
    members = {"__MACOSX/._甲.txt": b"x", "Thumbs.db": b"x", "README.md": b"x", "甲.txt": TEXT}
    library = load(tmp_path, zipped(members))
    assert (places(library), library.findings) == (["资料.zip/甲.txt"], ())


def test_a_side_car_inside_the_archive_is_used(tmp_path: Path) -> None:
    members = {"甲.txt": TEXT, "甲.txt.yaml": "issuer: 某市粮食局\nyear: 2020\n".encode()}
    [document] = load(tmp_path, zipped(members)).documents
    assert (document.provenance.issuer, document.provenance.year) == ("某市粮食局", 2020)


def test_archives_inside_are_opened_to_the_second_level(tmp_path: Path) -> None:
    third = zipped({"丙.txt": TEXT})
    second = zipped({"乙.txt": TEXT, "三.zip": third})
    library = load(tmp_path, zipped({"二.zip": second}))
    assert places(library) == ["资料.zip/二.zip/乙.txt"]
    told = reasons(library)["资料.zip/二.zip/三.zip"]
    assert told == "压缩包套了 2 层以上，请解压后放入"


@pytest.mark.parametrize(
    "name", ["../外.txt", "/etc/外.txt", "C:/外.txt", "甲/../../外.txt", "..\\外.txt"]
)
def test_names_that_lead_out_are_refused_and_the_rest_goes_on(tmp_path: Path, name: str) -> None:
    library = load(tmp_path, zipped({name: TEXT, "甲.txt": TEXT}))
    assert places(library) == ["资料.zip/甲.txt"]
    [finding] = library.findings
    assert (finding.severity, "指向压缩包之外" in finding.message) == ("error", True)


def test_a_link_inside_is_refused(tmp_path: Path) -> None:
    entry = zipfile.ZipInfo("链接.txt")
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    library = load(tmp_path, buffer.getvalue())
    assert reasons(library) == {"资料.zip/链接.txt": "是指向别处的链接，没有采用"}


def test_a_bomb_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    members = {"bomb.txt": bytes(64 * 1024 * 1024), "甲.txt": TEXT}
    library = load(tmp_path, zipped(members))
    assert places(library) == ["资料.zip/甲.txt"]
    assert "疑似压缩炸弹" in reasons(library)["资料.zip/bomb.txt"]


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(5_001):
            archive.writestr(f"{number}.txt", b"")
    assert "超过 5000 个" in reasons(load(tmp_path, buffer.getvalue()))["资料.zip"]


def test_a_password_is_named(tmp_path: Path) -> None:
    data = bytearray(zipped({"甲.txt": TEXT}))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert reasons(load(tmp_path, bytes(data))) == {"资料.zip/甲.txt": "压缩包有密码，请解压后放入"}


@pytest.mark.parametrize("cut", [10, 60, -30])
def test_a_truncated_archive_is_one_finding(tmp_path: Path, cut: int) -> None:
    library = load(tmp_path, zipped({"甲.txt": TEXT, "乙.txt": TEXT * 2})[:cut])
    told = "文件不完整或已损坏，请重新取得这个文件"
    assert library.findings == (Finding("资料.zip", "error", told),)


def test_a_damaged_member_is_one_finding_and_the_rest_goes_on(tmp_path: Path) -> None:
    data = bytearray(zipped({"甲.txt": TEXT, "乙.txt": TEXT * 2}))
    data[data.index(TEXT[:3]) if TEXT[:3] in data else 50] ^= 0xFF
    library = load(tmp_path, bytes(data))
    assert len(library.documents) == 1
    assert len(library.findings) == 1


def test_an_empty_archive_is_worth_a_warning(tmp_path: Path) -> None:
    assert reasons(load(tmp_path, zipped({}))) == {"资料.zip": "压缩包里没有文档"}


def test_other_kinds_of_archives_are_named(tmp_path: Path) -> None:
    library = load(tmp_path, b"Rar!\x1a\x07\x01\x00rest", "资料.rar")
    assert "不是 ZIP" in reasons(library)["资料.rar"]
