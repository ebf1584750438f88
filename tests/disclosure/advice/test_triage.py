"""Triage: no ordinary request is flagged, and most of the others find the right door."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.disclosure.advice.triage import Kind, Sight, look_at

EXAMPLES: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "triage_examples.yaml").read_text("utf-8")
)
ORDINARY = EXAMPLES["ordinary"]
OTHERS = [
    (Kind[name.upper()], text)
    for name, texts in EXAMPLES.items()
    if name != "ordinary"
    for text in texts
]


def kinds(text: str) -> list[Kind]:
    return [sight.kind for sight in look_at(text)]


def sight(text: str) -> Sight:
    [found] = look_at(text)
    return found


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_request_is_left_in_peace(text: str) -> None:
    assert kinds(text) == []


def test_all_of_the_others_are_recognised() -> None:
    missed = [(kind.name, text) for kind, text in OTHERS if kind not in kinds(text)]
    assert missed == []
    mixed = [text for kind, text in OTHERS if kinds(text) != [kind]]
    assert mixed == ["孩子上小学学区怎么划"]  # a question, and another body's matter


def test_the_examples_are_many_and_more_than_half_of_them_are_ordinary() -> None:
    assert len(ORDINARY) > len(OTHERS) > 120
    assert {kind for kind, _ in OTHERS} == set(Kind)
    everything = [*ORDINARY, *(text for _, text in OTHERS)]
    assert len(set(everything)) == len(everything)


def test_a_complaint_is_told_the_right_door_and_that_it_may_still_be_filed() -> None:
    found = sight("某健身店卷款跑路，要求你们查处并退还我的卡费")
    assert found.article == "第三十九条第一款"
    assert found.sentence == (
        "您写的内容像是投诉、举报或者信访事项。这类事项不按政府信息公开申请处理，可以通过信访渠道、"
        "政务服务便民热线或者主管部门的投诉举报渠道提出。"
        "如果您要的是已有的信息，仍然可以提交申请，本机关依法答复。"
    )
    [evidence] = found.evidence
    assert (evidence.words, evidence.start, evidence.end) == ("要求你们查处", 9, 15)


@pytest.mark.parametrize(
    ("text", "door"),
    [
        ("查询我的社保缴费记录", "人力资源社会保障部门"),
        ("小学学区划分范围的文件", "教育部门"),
        ("我的医保和公积金缴费记录", "医疗保障部门、住房公积金管理机构"),
    ],
)
def test_another_bodys_matter_names_the_kind_of_department(text: str, door: str) -> None:
    found = sight(text)
    assert found.door == door
    assert door in found.sentence
    assert found.article == "第三十六条第（五）项"


def test_a_word_in_a_title_says_nothing() -> None:
    assert kinds("要求查处无证经营") == [Kind.COMPLAINT]
    assert kinds("《要求查处无证经营》") == []
    assert kinds("申请公开要求查处无证经营的通知") == []


def test_one_description_can_be_two_things() -> None:
    text = "我要投诉某超市不退卡。另外想借阅去年的日报合订本"
    assert kinds(text) == [Kind.COMPLAINT, Kind.PUBLICATION]


def test_full_width_letters_and_signs_change_nothing() -> None:
    assert kinds("我要投诉,店关了!") == kinds("我要投诉，店关了！") == [Kind.COMPLAINT]
    assert kinds("这张卡还能用?") == kinds("这张卡还能用？") == [Kind.QUESTION]


def test_nothing_is_said_about_nothing() -> None:
    assert look_at("") == look_at("　\n") == ()


@given(title=st.text("要求查处投诉我信访社保公积金怎么办？请统计汇总。，", max_size=30))
def test_a_document_asked_for_by_its_title_is_never_flagged(title: str) -> None:
    assert look_at(f"申请公开《{title}》全文") == ()


@given(
    text=st.one_of(
        st.text(max_size=60),
        st.lists(st.sampled_from([*ORDINARY, *(text for _, text in OTHERS)]), max_size=3).map(
            "；".join
        ),
    )
)
def test_the_evidence_stands_where_it_says_and_no_door_is_empty(text: str) -> None:
    found = look_at(text)
    assert len({s.kind for s in found}) == len(found)
    for one in found:
        assert one.door
        assert one.door in one.sentence
        assert "仍然可以提交申请" in one.sentence
        assert one.evidence
        assert all(text[e.start : e.end] == e.words != "" for e in one.evidence)
