"""A text that another repeals does not answer silently, and the reason can be read."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from inquiry_service.errors import KnowledgeFault
from inquiry_service.knowledge.document import Document, Kind, Provenance, Validity
from inquiry_service.knowledge.library import load_library
from inquiry_service.knowledge.splitting import split
from inquiry_service.knowledge.standing.naming import Name, name_of, names_in
from inquiry_service.knowledge.standing.pairs import pair
from inquiry_service.knowledge.standing.register import load_register
from inquiry_service.knowledge.standing.validity import Entry, fold

OLD = Provenance(
    "old",
    "粮食收购管理办法",
    Kind.POLICY,
    document_number="某政发〔2010〕3号",
    made=date(2010, 2, 1),
)
NEW = Provenance(
    "new",
    "粮食收购管理办法",
    Kind.POLICY,
    document_number="某政发〔2023〕12号",
    effective=date(2023, 6, 1),
)
REPEALING = (
    "第一条　收购者应当备案。\n第九条　本办法自2023年6月1日起施行。"
    "2010年2月1日公布的《粮食收购管理办法》（某政发〔2010〕3号）同时废止。"
)


def document(provenance: Provenance, text: str = "第一条　收购者应当备案。") -> Document:
    return Document(provenance, text, split(provenance.document_id, text))


def folded(
    *documents: Document, register: tuple[Entry, ...] = (), today: date | None = None
) -> dict[str, Provenance]:
    told = fold(documents, register, today=today).documents
    return {each.document_id: each.provenance for each in told}


def test_what_another_text_repeals_is_repealed_with_the_words_that_do_it() -> None:
    told = folded(document(OLD), document(NEW, REPEALING))
    assert told["old"].validity is Validity.REPEALED
    assert told["old"].repealed_by == ("new",)
    assert told["old"].expires == date(2023, 5, 31)
    assert told["old"].validity_reason is not None
    assert "同时废止" in told["old"].validity_reason
    assert told["new"].validity is Validity.IN_FORCE
    assert told["new"].replaces == ("某政发〔2010〕3号",)


def test_a_repeal_to_come_leaves_the_text_in_force_until_then() -> None:
    documents = (document(OLD), document(NEW, REPEALING))
    before = folded(*documents, today=date(2023, 5, 31))["old"]
    assert (before.validity, before.expires) == (Validity.IN_FORCE, date(2023, 5, 31))
    assert folded(*documents, today=date(2023, 6, 1))["old"].validity is Validity.REPEALED


@pytest.mark.parametrize(
    "sentence",
    [
        "原《粮食收购管理办法》同时废止。",
        "同时废止《粮食收购管理办法》（某政发〔2010〕3号）。",
        "某政发〔2010〕3号文件同时废止。",
        "《储备办法》（某政发〔2009〕1号）、《粮食收购管理办法》（某政发〔2010〕3号）予以废止。",
    ],
)
def test_repeals_are_known_in_every_dress(sentence: str) -> None:
    text = f"第一条　甲。\n本办法自2023年6月1日起施行，{sentence}"
    assert folded(document(OLD), document(NEW, text))["old"].validity is Validity.REPEALED


@pytest.mark.parametrize(
    "text",
    [
        "根据《粮食收购管理办法》（某政发〔2010〕3号）制定本办法。",
        "《粮食收购管理办法》（某政发〔2015〕9号）同时废止。",
        "《储备粮管理办法》同时废止。",
        "有效期满后，本办法自行废止。",
    ],
)
def test_what_is_only_cited_or_is_another_stays_in_force(text: str) -> None:
    assert folded(document(OLD), document(NEW, text))["old"].validity is Validity.IN_FORCE


def test_an_older_text_cannot_repeal_a_newer_one_of_the_same_title() -> None:
    older = document(OLD, "第九条　原《粮食收购管理办法》同时废止。")
    untold = replace(NEW, document_number=None)
    assert folded(older, document(untold))["new"].validity is Validity.IN_FORCE


def test_a_list_of_repealed_texts_repeals_each_of_them() -> None:
    decision = Provenance(
        "decision", "某市人民政府关于废止部分文件的决定", Kind.POLICY, published=date(2022, 1, 1)
    )
    text = "决定废止下列文件：\n1.《粮食收购管理办法》（某政发〔2010〕3号）\n2.《储备办法》"
    assert folded(document(OLD), document(decision, text))["old"].repealed_by == ("decision",)


def test_a_decision_to_amend_amends_and_leaves_in_force_what_it_amends() -> None:
    decision = Provenance(
        "change", "关于修改《粮食收购管理办法》的决定", Kind.POLICY, published=date(2022, 1, 1)
    )
    told = folded(document(OLD), document(decision, "第三条修改为：“收购者应当备案。”"))["old"]
    assert (told.validity, told.amended_by) == (Validity.AMENDED, ("change",))
    assert told.expires is None


def test_the_notice_that_printed_a_text_goes_with_it() -> None:
    notice = replace(OLD, title="某市人民政府关于印发粮食收购管理办法的通知", document_number=None)
    told = folded(document(notice), document(NEW, REPEALING))
    assert told["old"].validity is Validity.REPEALED


def test_digests_of_one_regulation_do_not_repeal_one_another() -> None:
    first = replace(NEW, document_id="a", title="粮食收购管理办法（摘编）", digest=True)
    told = folded(document(first, REPEALING), document(replace(first, document_id="b"), REPEALING))
    assert [each.validity for each in told.values()] == [Validity.IN_FORCE] * 2


def test_the_register_tells_who_repealed_a_text_and_since_when() -> None:
    entry = Entry(
        Name(number="某政发〔2010〕3号"),
        Validity.REPEALED,
        "某政发〔2023〕12号",
        by="某政发〔2023〕12号",
        since=date(2023, 6, 1),
    )
    told = folded(document(OLD), document(NEW), register=(entry,))["old"]
    assert (told.validity, told.repealed_by) == (Validity.REPEALED, ("new",))
    assert told.validity_reason == "效力登记：某政发〔2023〕12号"


def test_the_register_goes_before_the_words_of_texts_and_the_difference_is_told() -> None:
    entry = Entry(Name(number="某政发〔2010〕3号"), Validity.IN_FORCE, "某市清理结果")
    found = fold([document(OLD), document(NEW, REPEALING)], [entry])
    assert found.documents[0].provenance.validity is Validity.IN_FORCE
    [(document_id, told)] = found.contradictions
    assert document_id == "old"
    assert "效力登记：某市清理结果认为有效" in told


def test_what_was_marked_by_hand_stays_and_the_difference_is_told() -> None:
    marked = replace(OLD, validity=Validity.EXPIRED)
    found = fold([document(marked), document(NEW, REPEALING)])
    assert found.documents[0].provenance.validity is Validity.EXPIRED
    assert "请核对" in found.contradictions[0][1]


def test_a_text_that_names_its_term_expires() -> None:
    text = "第九条　本办法自2023年6月1日起施行，有效期五年。"
    told = folded(document(NEW, text))["new"]
    assert told.expires == date(2028, 5, 31)
    assert told.validity_reason == "本文：“第九条　本办法自2023年6月1日起施行，有效期五年。”"
    given = replace(NEW, expires=date(2025, 1, 1))
    assert folded(document(given, text))["new"] == given


def test_a_term_counts_from_the_day_that_is_given() -> None:
    told = folded(document(NEW, "第九条　本办法自公布之日起施行，试行两年。"))["new"]
    assert told.expires == date(2025, 5, 31)


def test_texts_that_say_nothing_are_as_they_were() -> None:
    told = folded(document(OLD), document(NEW))
    assert told == {"old": OLD, "new": NEW}


REGISTER = """
- document_number: 某政发[2010]3号
  validity: repealed
  by: 某政发〔2023〕12号
  since: 2023-06-01
  source: 某政发〔2023〕12号第九条
- title: 《储备办法》
  validity: in_force
  source: 某市清理结果
"""


def test_the_register_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "register.yaml"
    path.write_text(REGISTER, encoding="utf-8")
    first, second = load_register(path)
    assert first.name == Name(number="某政发〔2010〕3号")
    assert (first.validity, first.since) == (Validity.REPEALED, date(2023, 6, 1))
    assert second == Entry(Name("储备办法"), Validity.IN_FORCE, "某市清理结果")
    assert load_register(tmp_path / "none.yaml") == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a: b", "应当是列表"),
        ("- title: 甲\n  validity: repealed", "source"),
        ("- validity: repealed\n  source: 乙", "document_number 或 title"),
        ("- title: 甲\n  validity: gone\n  source: 乙", "in_force、amended、repealed、expired"),
        ("- title: 甲\n  validity: repealed\n  source: 乙\n  since: 去年", "since"),
        ("- title: 甲\n  number: 1", "只能写这些字段"),
    ],
)
def test_a_fault_in_the_register_names_the_entry(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "register.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeFault) as caught:
        load_register(path)
    assert said in str(caught.value.facts["reason"])


def test_a_folder_is_loaded_with_its_register_and_its_pairs(tmp_path: Path) -> None:
    (tmp_path / "register.yaml").write_text(REGISTER, encoding="utf-8")
    old = "粮食收购管理办法\n某政发〔2010〕3号\n\n第一条　收购者应当备案，并接受检查。"
    (tmp_path / "old.txt").write_text(old, encoding="utf-8")
    explaining = "《粮食收购管理办法》政策解读\n\n备案是登记，不是许可。"
    (tmp_path / "new.txt").write_text(explaining, encoding="utf-8")
    library = load_library([tmp_path])
    told = {each.document_id: each.provenance for each in library.documents}
    assert told["old"].validity is Validity.REPEALED
    assert told["old"].repealed_by == ("某政发〔2023〕12号",)
    assert told["new"].explains == "old"
    assert library.findings == ()


def test_what_is_contradictory_is_a_finding_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "register.yaml").write_text(REGISTER, encoding="utf-8")
    marked = "---\ntitle: 储备办法\nkind: policy\nvalidity: expired\n---\n第一条　储备。"
    (tmp_path / "a.md").write_text(marked, encoding="utf-8")
    [finding] = load_library([tmp_path]).findings
    assert (finding.where, finding.severity) == ("a.md", "warning")
    assert "请核对" in finding.message


def test_texts_are_named_by_title_number_or_both() -> None:
    said = "《甲办法》（某政发〔2010〕3号）、《乙〈丙〉办法》和某政发〔2011〕4号"
    assert list(names_in(said)) == [
        Name("甲办法", "某政发〔2010〕3号"),
        Name("乙〈丙〉办法"),
        Name(number="某政发〔2011〕4号"),
    ]
    assert name_of("某政发[2010]3号") == Name(number="某政发〔2010〕3号")
    assert name_of("《甲办法》") == Name("甲办法")


EXPLAINING = Provenance("ex", "《粮食收购管理办法》政策解读", Kind.EXPLANATION)


@pytest.mark.parametrize(
    "title",
    [
        "《粮食收购管理办法》政策解读",
        "关于《粮食收购管理办法》的政策解读",
        "粮食收购管理办法解读",
        "一图读懂《粮食收购管理办法》政策",
    ],
)
def test_an_explanation_finds_its_policy_by_title(title: str) -> None:
    paired = pair([document(NEW), document(replace(EXPLAINING, title=title))])
    assert paired.documents[1].provenance.explains == "new"


def test_a_number_at_the_beginning_decides_between_two_of_one_title() -> None:
    text = "现对《粮食收购管理办法》（某政发〔2010〕3号）解读如下。"
    paired = pair([document(OLD), document(NEW), document(EXPLAINING, text)])
    assert paired.documents[2].provenance.explains == "old"


def test_two_policies_that_fit_are_told_and_none_is_chosen() -> None:
    paired = pair([document(OLD), document(NEW), document(EXPLAINING)])
    assert paired.documents[2].provenance.explains is None
    assert paired.unsure == (("ex", ("old", "new")),)


def test_what_is_given_by_hand_stays() -> None:
    given = replace(EXPLAINING, explains="old")
    assert pair([document(NEW), document(given)]).documents[1].provenance == given
