"""What is known of a file: by its side-car, by itself, by its first lines, in this order."""

from datetime import date
from pathlib import Path

import pytest

from inquiry_service.errors import KnowledgeFault
from inquiry_service.knowledge.document import Attachment, Kind, Validity
from inquiry_service.knowledge.library import load_library
from inquiry_service.knowledge.readers import read, read_file
from office_files import page, word

TITLE = "某市粮食局关于做好备案的通知"
NOTICE = page(
    "<table><tr><td>索引号</td><td>1</td><td>发布机构</td><td>某市商务局</td></tr>"
    "<tr><td>文号</td><td>某商〔2021〕3号</td><td>成文日期</td><td>2021年3月4日</td></tr>"
    "<tr><td>有效性</td><td>废止</td></tr></table>"
    f"<h1>{TITLE}</h1><div id=zoom><p>各镇人民政府：请按要求备案。</p>"
    "<p><a href='/a.docx'>备案表</a></p></div>",
    '<meta name="PubDate" content="2021-03-05">',
)


def written(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_page_tells_what_it_is(tmp_path: Path) -> None:
    provenance = read_file(written(tmp_path, "notice.html", NOTICE), tmp_path).provenance
    assert (provenance.title, provenance.issuer) == (TITLE, "某市商务局")
    assert provenance.document_number == "某商〔2021〕3号"
    assert (provenance.made, provenance.published) == (date(2021, 3, 4), date(2021, 3, 5))
    assert (provenance.validity, provenance.year) == (Validity.REPEALED, 2021)
    assert provenance.attachments == (Attachment("备案表", "/a.docx"),)


@pytest.mark.parametrize("name", ["notice.html.yaml", "notice.yaml", "notice.yml"])
def test_a_side_car_goes_before_what_the_file_tells(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, "notice.html", NOTICE)
    written(tmp_path, name, "id: own-id\nkind: guide\nissuer: 某市粮食局\nvalidity: in_force\n")
    document = read_file(path, tmp_path)
    provenance = document.provenance
    assert (document.document_id, provenance.kind) == ("own-id", Kind.GUIDE)
    assert (provenance.issuer, provenance.validity) == ("某市粮食局", Validity.IN_FORCE)
    assert (provenance.title, provenance.made) == (TITLE, date(2021, 3, 4))


def test_a_side_car_with_a_fault_names_it(tmp_path: Path) -> None:
    path = written(tmp_path, "notice.html", NOTICE)
    side_car = written(tmp_path, "notice.yaml", "kind: law\nyear: x\n")
    with pytest.raises(KnowledgeFault, match=r"kind “law”.*year “x”"):
        read_file(path, tmp_path)
    side_car.write_text("kinds: guide\n", encoding="utf-8")
    [finding] = read(path, tmp_path).findings
    assert finding.message == "不认识的字段 kinds，已忽略，请检查拼写"


def test_a_side_car_alone_is_worth_a_warning(tmp_path: Path) -> None:
    written(tmp_path, "gone.pdf.yaml", "title: 甲\n")
    [finding] = load_library([tmp_path]).findings
    assert (finding.severity, finding.message) == ("warning", "旁边没有它要说明的文件，已跳过")


def test_a_text_may_have_a_side_car_too(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", "这是一句正文，没有标题。")
    written(tmp_path, "a.yaml", "title: 粮食收购备案说明\n")
    reading = read(path, tmp_path)
    assert reading.document.provenance.title == "粮食收购备案说明"
    assert reading.findings == ()


def test_a_word_file_tells_by_its_first_lines(tmp_path: Path) -> None:
    content = word("某市粮食局关于备案的通知", "某粮〔2020〕5号", "各镇人民政府：", "请备案。")
    provenance = read_file(written(tmp_path, "a.docx", content), tmp_path).provenance
    assert (provenance.title, provenance.issuer) == ("某市粮食局关于备案的通知", "某市粮食局")
    assert provenance.document_number == "某粮〔2020〕5号"


def test_what_the_format_warns_of_is_a_finding(tmp_path: Path) -> None:
    reading = read(written(tmp_path, "a.doc", NOTICE), tmp_path)
    assert reading.document.provenance.title == TITLE
    assert "内容其实是网页" in reading.findings[0].message


@pytest.mark.parametrize("text", ["- a\n- b\n", "a: [b\n"])
def test_a_side_car_of_another_form_is_said_to_be_the_side_car(tmp_path: Path, text: str) -> None:
    written(tmp_path, "a.txt", "粮食收购备案说明\n\n正文一段。")
    written(tmp_path, "a.yaml", text)
    [finding] = load_library([tmp_path]).findings
    assert finding.where == "a.txt"
    assert finding.message.startswith("旁边的 yaml 说明")
