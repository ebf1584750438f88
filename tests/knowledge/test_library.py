"""A library is every readable document of its sources, and a finding for every other file."""

import shutil
from pathlib import Path

import pytest

from inquiry_service.errors import KnowledgeFault
from inquiry_service.knowledge.library import Finding, Library, load_library


def put(folder: Path, name: str, title: str = "公开指南", body: str = "正文在这里。") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: {title}\nkind: guide\n---\n{body}\n", encoding="utf-8")
    return path


def ids(library: Library) -> list[str]:
    return [document.document_id for document in library.documents]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "knowledge"
    for name in ("policies/b.md", "guide/a.md", "policies/a-first.md"):
        put(source, name, title=name)
    return source


def test_documents_come_in_the_order_of_their_paths(folder: Path) -> None:
    library = load_library([folder])
    assert ids(library) == ["a", "a-first", "b"]
    assert library.findings == ()
    assert library.origins["b"] == "policies/b.md"


def test_the_same_files_give_the_same_library_wherever_they_lie(
    folder: Path, tmp_path: Path
) -> None:
    copied = shutil.copytree(folder, tmp_path / "elsewhere" / "copy")
    assert load_library([folder]) == load_library([copied])


def test_the_digest_changes_with_text_head_and_order(folder: Path, tmp_path: Path) -> None:
    digests = {load_library([folder]).digest}
    put(folder, "guide/a.md", title="guide/a.md", body="正文改了。")
    digests.add(load_library([folder]).digest)
    put(folder, "guide/a.md", title="标题改了", body="正文改了。")
    digests.add(load_library([folder]).digest)
    other = put(tmp_path / "other", "z.md")
    digests.add(load_library([folder, other]).digest)
    digests.add(load_library([other, folder]).digest)
    assert len(digests) == 5


def test_what_is_no_document_is_left_alone(folder: Path) -> None:
    expected = load_library([folder])
    for name in (
        "README.md",
        "policies/readme.txt",
        ".hidden.md",
        ".git/x.md",
        "evaluation/questions.md",
        "calendar/2026.yaml",
        "glossary.yaml",
        "~$draft.md",
    ):
        put(folder, name)
    assert load_library([folder]) == expected


def test_a_kind_of_file_that_holds_no_document_is_a_warning(folder: Path) -> None:
    (folder / "LICENCE").write_text("text")
    (folder / "style.css").write_text("body {}")
    findings = load_library([folder]).findings
    assert [(f.where, f.severity) for f in findings] == [
        ("LICENCE", "warning"),
        ("style.css", "warning"),
    ]
    assert "没有扩展名的文件暂不支持" in findings[0].message
    assert "暂不支持 .css 文件" in findings[1].message


def test_one_bad_file_is_one_error_and_the_rest_goes_on(folder: Path) -> None:
    (folder / "guide/bad.md").write_text("---\ntitle: 甲\nkind: law\nyear: 1\n---\n正文")
    (folder / "guide/empty.txt").write_text("")
    (folder / "guide/binary.txt").write_bytes(bytes(range(32)))
    library = load_library([folder])
    assert ids(library) == ["a", "a-first", "b"]
    assert [(f.where, f.severity) for f in library.findings] == [
        ("guide/bad.md", "error"),
        ("guide/binary.txt", "error"),
        ("guide/empty.txt", "error"),
    ]


def test_of_two_documents_given_one_id_the_first_stays(folder: Path, tmp_path: Path) -> None:
    own = put(tmp_path / "own", "other.md", title="本局的文件")
    own.write_text(own.read_text("utf-8").replace("---\ntitle", "---\nid: b\ntitle"), "utf-8")
    library = load_library([folder, tmp_path / "own"])
    assert ids(library) == ["a", "a-first", "b"]
    assert library.documents[2].provenance.title == "policies/b.md"
    message = "编号 b 已被 policies/b.md 使用，本文件没有采用；请改用别的 id"
    assert library.findings == (Finding("other.md", "error", message),)


def test_of_two_files_with_one_name_both_are_used(folder: Path) -> None:
    put(folder, "reports/b.md", title="同名的另一份", body="另一份正文。")
    library = load_library([folder])
    assert library.findings == ()
    *_, first, second = library.documents
    assert (first.document_id, first.provenance.title) == ("b", "policies/b.md")
    assert second.document_id.startswith("b-")
    assert {p.document_id for p in second.passages} == {second.document_id}
    assert ids(load_library([folder])) == ids(library)


def test_the_same_text_in_two_files_is_used_once_and_told(folder: Path) -> None:
    put(folder, "policies/copy.md", title="policies/b.md")
    library = load_library([folder])
    assert ids(library) == ["a", "a-first", "b"]
    told = "标题和正文与 policies/b.md 相同，只采用前一份"
    assert library.findings == (Finding("policies/copy.md", "warning", told),)


def test_a_single_file_is_a_source_too(folder: Path) -> None:
    assert ids(load_library([folder / "guide/a.md"])) == ["a"]


def test_an_empty_folder_is_worth_a_warning(tmp_path: Path) -> None:
    library = load_library([tmp_path])
    assert (library.documents, [f.message for f in library.findings]) == ((), ["里面没有文档"])


def test_a_source_that_does_not_exist_stops_the_work(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeFault, match="没有这个文件夹或文件"):
        load_library([tmp_path / "nowhere"])


def test_a_link_to_a_folder_is_not_followed(folder: Path) -> None:
    (folder / "guide/loop").symlink_to(folder)
    assert ids(load_library([folder])) == ["a", "a-first", "b"]


def test_a_link_out_of_the_source_is_not_followed_and_told_of(folder: Path, tmp_path: Path) -> None:
    outside = put(tmp_path / "elsewhere", "private.md")
    (folder / "guide/link.md").symlink_to(outside)
    (folder / "guide/folder").symlink_to(outside.parent)
    library = load_library([folder])
    assert ids(library) == ["a", "a-first", "b"]
    told = "链接指向文件夹之外，没有采用"
    assert library.findings == (
        Finding("guide/folder", "warning", told),
        Finding("guide/link.md", "warning", told),
    )


def test_a_link_within_the_source_is_read(folder: Path, tmp_path: Path) -> None:
    (folder / "guide/a.md").rename(folder / "kept.md")
    (folder / "guide/a.md").symlink_to(folder / "kept.md")
    (folder / "guide/itself.md").symlink_to(folder / "guide/itself.md")
    (tmp_path / "named").symlink_to(folder)
    library = load_library([tmp_path / "named"])
    assert ids(library) == ["a", "a-first", "b"]
    told = "标题和正文与 guide/a.md 相同，只采用前一份"
    assert Finding("kept.md", "warning", told) in library.findings


def test_a_file_that_is_named_itself_may_be_a_link(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "named.md").symlink_to(folder / "guide/a.md")
    assert ids(load_library([tmp_path / "named.md"])) == ["named"]


def test_a_finding_reads_as_one_line() -> None:
    assert str(Finding("a.md", "error", "没有正文")) == "错误 a.md：没有正文"
    assert str(Finding("a.md", "warning", "没有标题")) == "提醒 a.md：没有标题"
