"""The head of a Markdown document is read strictly, and every fault is told at once."""

import re
from datetime import date

import pytest

from inquiry_service.knowledge.document import Attachment, Kind, Provenance, Validity
from inquiry_service.knowledge.readers.front_matter import (
    MAX_HEAD,
    BadFrontMatter,
    parse_front_matter,
    split_front_matter,
)
from inquiry_service.knowledge.readers.strict_yaml import BadYaml, load_yaml

MINIMAL = "title: 粮食收购企业备案\nkind: catalogue\n"
FULL = """
id: catalogue-grain
title: 粮食收购企业备案
kind: catalogue
issuer: 国务院
document_number: 国务院令第740号
published: 2021-02-15
effective: 2021-04-15
expires: 2031-04-14
year: 2020
topic: 粮食
region: 全国
validity: amended
source: 《粮食流通管理条例》第九条
digest: true
explains: policy-grain
questions: [粮食收购要办什么手续, 收粮食要备案吗, 收粮食要备案吗]
"""


def parsed(head: str) -> Provenance:
    return parse_front_matter(head, fallback_id="from-file").provenance


def fault_of(head: str) -> str:
    with pytest.raises(BadFrontMatter) as caught:
        parse_front_matter(head, fallback_id="from-file")
    return str(caught.value)


def test_questions_for_a_section_stand_under_its_heading() -> None:
    head = MINIMAL + "section_questions:\n  谁办: [找谁, 哪里办]\n  时限:\n    - 几天\n"
    assert parsed(head).section_questions == (
        ("谁办", "找谁"),
        ("谁办", "哪里办"),
        ("时限", "几天"),
    )


def test_every_field_arrives_in_the_provenance() -> None:
    assert parsed(FULL) == Provenance(
        document_id="catalogue-grain",
        title="粮食收购企业备案",
        kind=Kind.CATALOGUE_ENTRY,
        issuer="国务院",
        document_number="国务院令第740号",
        published=date(2021, 2, 15),
        effective=date(2021, 4, 15),
        expires=date(2031, 4, 14),
        year=2020,
        topic="粮食",
        region="全国",
        validity=Validity.AMENDED,
        source="《粮食流通管理条例》第九条",
        digest=True,
        explains="policy-grain",
        questions=("粮食收购要办什么手续", "收粮食要备案吗"),
    )


MORE = """
title: 粮食收购管理办法
kind: policy
made: 2023-05-06
level: 县
amended_by: 某政发〔2024〕1号
repealed_by: [某政发〔2025〕2号, policy-new]
replaces: 粮食收购暂行办法
attachments:
  - 收购备案表
  - name: 台账样式
    address: files/ledger.xlsx
"""


def test_what_changed_a_text_and_what_is_attached_arrive_too() -> None:
    told = parsed(MORE)
    assert (told.made, told.level) == (date(2023, 5, 6), "县")
    assert told.amended_by == ("某政发〔2024〕1号",)
    assert told.repealed_by == ("某政发〔2025〕2号", "policy-new")
    assert told.replaces == ("粮食收购暂行办法",)
    ledger = Attachment("台账样式", "files/ledger.xlsx")
    assert told.attachments == (Attachment("收购备案表"), ledger)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("level: 镇", "level “镇”不在可选值之内（国家、省、市、县）"),
        ("attachments: 附件", "attachments 应当是列表"),
        ("attachments: [{file: a}]", "每项只能写 name 和 address"),
        ("attachments: [{address: a}]", "应当是文字"),
        ("made: 去年", "made “去年”不是日期"),
    ],
)
def test_a_wrong_value_of_these_is_told(line: str, said: str) -> None:
    assert said in fault_of(f"{MINIMAL}{line}\n")


def test_title_and_kind_are_enough() -> None:
    assert parsed(MINIMAL) == Provenance("from-file", "粮食收购企业备案", Kind.CATALOGUE_ENTRY)


def test_a_field_left_empty_is_a_field_not_given() -> None:
    assert parsed(MINIMAL + "expires:\nid:\n") == parsed(MINIMAL)


def test_the_year_of_publication_is_the_year_when_no_other_is_given() -> None:
    assert parsed(MINIMAL + "published: 2021-02-15\n").year == 2021


def test_a_source_that_tells_only_the_year_of_publication_is_believed() -> None:
    found = parsed(MINIMAL + "published: 2021\n")
    assert (found.published, found.year) == (None, 2021)


def test_a_quoted_date_and_a_quoted_year_are_as_good() -> None:
    found = parsed(MINIMAL + 'effective: "2021-04-15"\nyear: "2020"\n')
    assert (found.effective, found.year) == (date(2021, 4, 15), 2020)


def test_an_unknown_field_is_a_warning_that_names_it() -> None:
    front = parse_front_matter(MINIMAL + "isuer: 国务院\n", fallback_id="x")
    assert front.warnings == ("不认识的字段 isuer，已忽略，请检查拼写",)
    assert front.provenance.issuer is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("kind: law", "kind “law”不在可选值之内"),
        ("kind: 5", "kind “5”不在可选值之内"),
        ("validity: valid", "validity “valid”不在可选值之内"),
        ("id: Grain_1", "id “Grain_1”只能用小写字母、数字和连字符"),
        ("id: 粮食", "id “粮食”只能用"),
        ("id: -a", "首尾不能是连字符"),
        ("id: 2021", "id “2021”只能用"),
        ("explains: Policy", "explains “Policy”只能用"),
        ("effective: 2021年4月15日", "effective “2021年4月15日”不是日期"),
        ("effective: 2021-04", "effective “2021-04”不是日期"),
        ("effective: 2021", "effective “2021”不是日期"),
        ("effective: 2021-04-15 10:00:00", "不是日期"),
        ("published: 下周", "published “下周”不是日期"),
        ("year: 17", "year “17”不是年份"),
        ("year: 2017年", "year “2017年”不是年份"),
        ("year: true", "year “True”不是年份"),
        ("digest: 是", "digest 应当是 true 或 false"),
        ("title: 2017", "title 应当是文字"),
        ('title: "  "', "title 应当是文字"),
        ("issuer: [a, b]", "issuer 应当是文字"),
        ("questions: 怎么办", "questions 应当是列表"),
        ("section_questions: [怎么办]", "section_questions 应当按标题分列"),
        ("section_questions: {谁办: 找谁}", "section_questions 应当是列表"),
        ("questions: [1, 2]", "questions 应当是文字"),
    ],
)
def test_a_wrong_value_names_its_field_and_what_it_should_be(line: str, said: str) -> None:
    name = line.split(":", maxsplit=1)[0]
    rest = "".join(f"{kept}\n" for kept in MINIMAL.splitlines() if not kept.startswith(name))
    assert said in fault_of(rest + line)


def test_all_faults_are_told_at_once() -> None:
    said = fault_of("kind: law\nyear: 17\n")
    assert "kind" in said
    assert "year" in said
    assert "缺少 title" in said


@pytest.mark.parametrize("head", ["", "- a\n- b", "只有一句话", "12"])
def test_a_head_that_is_no_mapping_says_so(head: str) -> None:
    assert "字段: 值" in fault_of(head)


@pytest.mark.parametrize(
    ("yaml", "said"),
    [
        ("title: [", "第 1 行"),
        ("a: b: c", "第 1 行"),
        ("title: 甲\ntitle: 乙", "第 2 行：“title”写了两次"),
        ("a: &x [1]\nb: *x", "不支持 YAML 别名"),
        ("d: 2021-13-45", "格式不对"),
        ("a: !!python/object:os.system {}", "格式不对"),
        ("a: 1\n---\nb: 2", "格式不对"),
        ("a: \x07", "格式不对"),
        ("? [a]\n: 1", "格式不对"),
    ],
)
def test_yaml_that_is_no_good_is_told_with_its_line(yaml: str, said: str) -> None:
    with pytest.raises(BadYaml, match=re.escape(said)):
        load_yaml(yaml)


def test_deep_nesting_is_refused_like_any_other_fault() -> None:
    with pytest.raises(BadYaml):
        load_yaml("[" * 5000)


def test_a_fault_of_form_in_the_head_is_a_front_matter_fault() -> None:
    assert "第 2 行" in fault_of("title: 甲\ntitle: 乙\n")


def test_the_head_is_what_stands_between_the_fences() -> None:
    assert split_front_matter("---\ntitle: 甲\n---\n正文\n") == ("\ntitle: 甲\n", "\n正文\n")


def test_a_text_without_fences_has_no_head() -> None:
    assert split_front_matter("# 标题\n---\n正文") == (None, "# 标题\n---\n正文")


def test_a_head_that_is_never_closed_is_refused() -> None:
    with pytest.raises(BadFrontMatter, match="没有对应的结束行"):
        split_front_matter("---\ntitle: 甲\n正文")


def test_a_head_of_unreasonable_length_is_refused() -> None:
    with pytest.raises(BadFrontMatter, match="过长"):
        split_front_matter("---\n" + "a: b\n" * MAX_HEAD + "---\n")
