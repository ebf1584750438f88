"""Files become documents; what a text tells about itself is recognised, and no more."""

from pathlib import Path

import pytest

from inquiry_service.errors import KnowledgeFault
from inquiry_service.knowledge.document import Kind, Provenance
from inquiry_service.knowledge.readers import read, read_entry, read_file
from inquiry_service.knowledge.readers.decoding import MAX_BYTES
from inquiry_service.knowledge.readers.metadata import issuer_of, kind_of, recognise, title_of
from inquiry_service.knowledge.readers.reading import identifier_from

REAL_REPORT = Path(__file__).parents[2] / "knowledge" / "reports" / "annual-report-2017.txt"
FILING = (
    "---\ntitle: 粮食收购企业备案\nkind: catalogue\n---\n"
    "# 粮食收购企业备案\n\n## 谁办\n\n县级部门。\n"
)
YEARLY = (
    "某市商务局（粮食局）2017年度\n\n政府信息公开工作报告\n"
    "根据《关于印发实施方案的通知》（某政办发〔2017〕52号）编制。\n\n一、概况\n\n共收到申请5件。\n"
)


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def reason_for(folder: Path, name: str, content: str | bytes) -> str:
    path = written(folder, name, content)
    with pytest.raises(KnowledgeFault) as caught:
        read_file(path, folder)
    assert caught.value.facts["where"] == name
    return str(caught.value.facts["reason"])


def recognised(text: str) -> Provenance:
    return recognise(text, document_id="x", fallback_title="文件名")


def test_markdown_with_front_matter_becomes_a_document(tmp_path: Path) -> None:
    document = read_file(written(tmp_path, "catalogue/grain-filing.md", FILING), tmp_path)
    assert document.provenance == Provenance(
        "grain-filing", "粮食收购企业备案", Kind.CATALOGUE_ENTRY
    )
    assert [(p.path, p.text) for p in document.passages] == [(("谁办",), "县级部门。")]
    assert "title:" not in document.text


def test_markdown_without_front_matter_takes_its_title_from_its_heading(tmp_path: Path) -> None:
    document = read_file(written(tmp_path, "a.md", "# 某市2020年公开指南\n\n正文。\n"), tmp_path)
    assert document.provenance.title == "某市2020年公开指南"
    assert document.passages[0].path == ()


def test_a_plain_yearly_report_tells_what_it_is(tmp_path: Path) -> None:
    document = read_file(written(tmp_path, "annual-report-2017.txt", YEARLY), tmp_path)
    assert document.provenance == Provenance(
        document_id="annual-report-2017",
        title="某市商务局（粮食局）2017年度政府信息公开工作报告",
        kind=Kind.REPORT,
        issuer="某市商务局（粮食局）",
        year=2017,
        topic="政府信息公开",
        region="某市",
        level="市",
    )
    assert [p.path for p in document.passages] == [(), ("一、概况",)]


def test_a_number_that_is_only_cited_is_not_the_documents_own() -> None:
    assert recognised(YEARLY).document_number is None


def test_a_number_on_its_own_line_under_the_title_is_the_documents_own() -> None:
    found = recognised("某市人民政府关于印发方案的通知\n某政发〔2018〕3号\n\n各镇人民政府：")
    assert (found.document_number, found.year) == ("某政发〔2018〕3号", 2018)
    assert (found.issuer, found.kind) == ("某市人民政府", Kind.POLICY)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("某局2017年度\n\n政府信息公开工作报告\n正文。", "某局2017年度政府信息公开工作报告"),
        ("某市粮食流通管理办法\n\n第一条　正文。", "某市粮食流通管理办法"),
        ("某市粮食流通管理办法（试行）\n正文。", "某市粮食流通管理办法（试行）"),
        ("招商简介\n正文在这里。", "招商简介"),
        ("# 公开指南\n正文。", "公开指南"),
        ("这是一句正文，没有标题。", ""),
        ("一、概况\n正文。", ""),
        ("第一条　正文。", ""),
        ("字" * 80, ""),
        ("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |", ""),
        ("", ""),
    ],
)
def test_the_title_is_what_the_first_lines_spell(text: str, title: str) -> None:
    assert title_of(text) == title


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("桐乡市商务局（粮食局）2017年度政府信息公开工作报告", "桐乡市商务局（粮食局）"),
        ("2017年度桐乡市商务局政府信息公开工作报告", "桐乡市商务局"),
        ("桐乡市人民政府办公室关于印发方案的通知", "桐乡市人民政府办公室"),
        ("国家粮食和物资储备局关于加强管理的通知", "国家粮食和物资储备局"),
        ("粮食流通管理条例", None),
        ("关于印发方案的通知", None),
    ],
)
def test_the_issuer_stands_at_the_head_of_the_title(title: str, issuer: str | None) -> None:
    assert issuer_of(title) == issuer


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("某局2017年度政府信息公开工作报告", Kind.REPORT),
        ("某局2017年政府信息公开年报", Kind.REPORT),
        ("《粮食流通管理条例》政策解读", Kind.EXPLANATION),
        ("政府信息公开指南", Kind.GUIDE),
        ("政府信息公开目录", Kind.CATALOGUE_ENTRY),
        ("粮食流通管理条例", Kind.POLICY),
    ],
)
def test_the_kind_is_told_by_the_title(title: str, kind: Kind) -> None:
    assert kind_of(title) is kind


def test_a_text_without_a_title_goes_by_its_file_name_and_says_so(tmp_path: Path) -> None:
    reading = read(written(tmp_path, "说明.txt", "这是一句正文，没有标题。"), tmp_path)
    assert reading.document.provenance.title == "说明"
    [finding] = reading.findings
    assert (finding.where, finding.severity) == ("说明.txt", "warning")
    assert "没有认出标题" in finding.message


def test_an_unknown_field_is_a_finding_and_the_document_is_read(tmp_path: Path) -> None:
    content = FILING.replace("kind:", "isuer: 国务院\nkind:")
    reading = read(written(tmp_path, "a.md", content), tmp_path)
    assert [f.message for f in reading.findings] == ["不认识的字段 isuer，已忽略，请检查拼写"]
    assert len(reading.document.passages) == 1


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_front_matter_is_found_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    document = read_file(written(tmp_path, "a.md", FILING.encode(encoding)), tmp_path)
    assert document.provenance.title == "粮食收购企业备案"


def test_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    unix = read_file(written(tmp_path, "a.md", FILING), tmp_path)
    windows = read_file(written(tmp_path, "a.md", FILING.replace("\n", "\r\n")), tmp_path)
    assert unix == windows


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.md", "---\ntitle: 甲\n正文", "没有对应的结束行"),
        ("a.md", "---\nkind: law\ntitle: 甲\n---\n正文", "kind “law”"),
        ("a.md", "---\ntitle: 甲\nkind: policy\n---\n\n", "没有正文"),
        ("a.txt", "", "没有正文"),
        ("a.txt", " \n\u3000\n", "没有正文"),
        ("a.txt", b"%PDF-1.4", "PDF"),
        ("a.txt", b"\x00\x01\x02\x03", "请"),
        ("a.txt", b"a" * (MAX_BYTES + 1), "上限"),
        ("a.pdf", b"%PDF-1.4", "PDF 已损坏"),
        ("a.mp4", b"anything", "暂不支持 .mp4 文件"),
    ],
)
def test_a_bad_file_says_what_is_wrong(
    tmp_path: Path, name: str, content: str | bytes, said: str
) -> None:
    assert said in reason_for(tmp_path, name, content)


def test_a_file_that_is_gone_says_so(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeFault, match=r"gone\.txt：读不了这个文件"):
        read_file(tmp_path / "gone.txt", tmp_path)


@pytest.mark.parametrize(
    ("stem", "identifier"),
    [
        ("annual-report-2017", "annual-report-2017"),
        ("Annual_Report 2017", "annual-report-2017"),
        ("a", "a"),
    ],
)
def test_a_latin_file_name_is_the_identifier(stem: str, identifier: str) -> None:
    assert identifier_from(stem) == identifier


def test_chinese_file_names_get_identifiers_that_stay_apart() -> None:
    names = ["2017年报", "2018年报", "指南", "目录", "x" * 200, "---"]
    identifiers = [identifier_from(name) for name in names]
    assert len(set(identifiers)) == len(names)
    assert identifiers == [identifier_from(name) for name in names]
    assert all(i.isascii() and i == i.lower() and "--" not in i for i in identifiers)


def test_an_entry_of_a_corpus_keeps_its_own_id() -> None:
    document = read_entry("gd-0_A/1:中", "临时价格干预", "事项名称：甲；实施主体：乙。")
    assert document.document_id == "gd-0_A/1:中"
    assert {p.document_id for p in document.passages} == {"gd-0_A/1:中"}
    assert document.provenance.title == "临时价格干预"


def test_an_entry_without_text_is_found_by_its_title() -> None:
    assert [p.text for p in read_entry("1", "只有标题", " ").passages] == ["只有标题"]


def test_an_entry_in_short_paragraphs_is_one_passage() -> None:
    text = "当事人可以申请。\n逾期不申请的，视为放弃。"
    assert [p.text for p in read_entry("1", "某法第十四条", text).passages] == [text]


def test_the_bureaus_real_report_of_2017() -> None:
    document = read_file(REAL_REPORT, REAL_REPORT.parent)
    provenance = document.provenance
    assert provenance.title == "桐乡市商务局（粮食局）2017年度政府信息公开工作报告"
    assert (provenance.year, provenance.kind) == (2017, Kind.REPORT)
    assert (provenance.issuer, provenance.region) == ("桐乡市商务局（粮食局）", "桐乡市")
    assert (provenance.document_number, provenance.published) == (None, None)
    by_path = {p.path: p.text for p in document.passages}
    requests = by_path["三、依申请公开政府信息情况", "（一）依申请公开政府信息的办理情况"]
    assert requests == "2017年度本局共收到依政府申请公开信息5件,均及时给予答复。"
    assert "488条" in by_path["二、主动公开政府信息的情况", "（一）主动公开主要内容"]
    assert len(document.passages) == 14
