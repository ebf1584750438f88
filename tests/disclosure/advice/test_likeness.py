"""Likeness: what is the same matter and what only looks like it, and how often somebody asks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.disclosure.advice.likeness import (
    Earlier,
    Past,
    asked_by_several,
    frequency,
    repeats,
)
from inquiry_service.disclosure.advice.wishes import Wish

TODAY = date(2026, 3, 31)

SAME = [
    ("申请公开贵局2023年部门预算", "请提供二〇二三年部门预算，谢谢！"),
    ("桐商〔2024〕15号文件", "本人申请公开桐商[2024]第15号文件的电子版"),
    ("2024年粮食收购企业备案名单", "2024年已备案的粮食收购企业名单"),
    ("家电以旧换新补贴资金的分配方案（2025年第二批）", "2025年第2批家电以旧换新补贴资金分配方案"),
    ("濮院镇农贸市场改造的验收报告", "关于濮院镇农贸市场改造验收报告的信息公开申请"),
    ("２０２３年１月５日的会议纪要", "2023年01月05日会议纪要"),
    ("单用途预付卡备案企业名单和抽查结果", "单用途预付卡备案企业名单及抽查结果"),
    (
        "加油站2025年度检查结果",
        "各加油站2025年度检查结果、整改通知书以及复查记录、罚款缴纳凭证、对加油站的约谈记录",
    ),
]

OTHER = [
    ("2023年部门预算", "2024年部门预算"),
    ("2023年部门预算公开说明及报表全文", "2023年部门决算公开说明及报表全文"),
    ("桐商〔2024〕15号文件", "桐商〔2024〕16号文件"),
    ("桐商〔2024〕15号文件", "桐粮〔2024〕15号文件"),
    ("濮院镇农贸市场改造的验收报告", "洲泉镇农贸市场改造的验收报告"),
    ("2025年第一批以旧换新补贴企业名单", "2025年第二批以旧换新补贴企业名单"),
    ("2024年上半年粮食轮换计划", "2024年下半年粮食轮换计划"),
    ("成品油零售企业名单", "成品油批发企业名单"),
    ("预付卡备案企业名单", "粮食收购企业备案名单"),
    ("2024年商务局公务接待费用明细", "2024年粮食最低收购价执行情况"),
    ("预算", "2023年三公经费及部门预算、政府采购目录和绩效评价报告"),
    ("申请公开", "申请公开"),
]


def asked(
    wish: str,
    number: str = "YSQ-2026-00001",
    who: str = "one",
    on: date = TODAY,
    *,
    replied: bool = True,
) -> Earlier:
    return Earlier(number, on, who, wish, replied)


def new(wish: str, who: str = "one", on: date = TODAY) -> Earlier:
    return asked(wish, "YSQ-2026-00099", who, on, replied=False)


@pytest.mark.parametrize(("old", "again"), SAME)
def test_the_same_matter_in_other_words_is_shown_as_a_repeat(old: str, again: str) -> None:
    # the narrower one is the new one: what was answered covers it
    wide, narrow = sorted((old, again), key=len, reverse=True)
    [evidence] = repeats(new(narrow), Past([asked(wide)]))
    assert evidence.percent >= 72
    assert evidence.shared


@pytest.mark.parametrize(("old", "other"), OTHER)
def test_what_only_looks_alike_is_no_repeat(old: str, other: str) -> None:
    assert repeats(new(other), Past([asked(old)])) == ()
    assert repeats(new(old), Past([asked(other)])) == ()


def test_the_evidence_shows_what_agrees() -> None:
    [found] = repeats(
        new("请公开2024年粮食收购企业备案名单"), Past([asked("2024年粮食收购企业备案名单")])
    )
    assert found.sentence == (
        "2026-03-31提出的YSQ-2026-00001，文字相近100%，相同内容：“2024年粮食收购企业备案名单”，"
        "年份、数字等一致（2024）。"
    )


def test_a_wider_wish_is_no_repeat_of_the_narrow_one_that_was_answered() -> None:
    narrow = asked("各加油站2025年度检查结果")
    wide = new("各加油站2025年度检查结果、整改通知书、约谈记录、罚款缴纳凭证和复查记录")
    assert repeats(wide, Past([narrow])) == ()


def test_only_answered_requests_of_the_same_applicant_are_repeats() -> None:
    wish = "2024年粮食收购企业备案名单"
    past = Past(
        [
            asked(wish, "a", replied=False),
            asked(wish, "b", who="two"),
            asked(wish, "c", on=TODAY + timedelta(days=1)),
            asked(wish, "YSQ-2026-00099"),
            asked(wish, "d", on=TODAY - timedelta(days=9)),
            asked(wish, "e", on=TODAY - timedelta(days=2)),
        ]
    )
    assert [found.number for found in repeats(new(wish), past)] == ["e", "d"]


def test_several_people_who_ask_the_same_are_counted_once_each() -> None:
    wish = "2024年粮食收购企业备案名单"
    past = Past(
        [
            asked(wish, "a", who="two"),
            asked(wish, "b", who="two", replied=False),
            asked(wish, "c", who="three"),
            asked(wish, "d"),
            asked("2025年粮食收购企业备案名单", "e", who="four"),
        ]
    )
    several = asked_by_several(new(wish), past)
    assert several.applicants == 2
    assert [found.number for found in several.evidence] == ["a", "b", "c"]
    assert several.sentence == (
        "另有2名申请人申请过相同或者相近的信息，可以考虑是否主动公开（条例第四十四条）。"
    )


def test_a_wish_nobody_else_had_says_nothing() -> None:
    several = asked_by_several(new("展会补贴名单"), Past([]))
    assert (several.applicants, several.sentence) == (0, "")


def test_applicants_nobody_knows_are_never_taken_for_one() -> None:
    wish = "2024年粮食收购企业备案名单"
    unknown = [asked(wish, "a", who=""), asked(wish, "b", who="")]
    request = new(wish, who="")
    assert repeats(request, Past(unknown)) == ()
    assert frequency(request, unknown, until=TODAY).counts[30] == 1
    several = asked_by_several(request, Past(unknown))
    assert (several.applicants, len(several.evidence)) == (0, 2)


def test_frequency_counts_one_applicant_in_each_window_and_in_the_month() -> None:
    days = {"a": 0, "b": 29, "c": 30, "d": 89, "e": 90, "f": 364, "g": 365}
    earlier = [asked("x", n, on=TODAY - timedelta(days=back)) for n, back in days.items()]
    earlier += [asked("x", "other", who="two"), asked("x", "later", on=TODAY + timedelta(days=1))]
    found = frequency(new("x"), earlier, until=TODAY)
    assert found.counts == {30: 3, 90: 5, 365: 7}
    assert found.numbers[30] == ("b", "YSQ-2026-00099", "a")
    assert found.this_month == ("c", "b", "YSQ-2026-00099", "a")
    assert found.hints == ()


def test_a_threshold_only_hints_and_leaves_the_judgement_to_people() -> None:
    earlier = [asked("x", str(n)) for n in range(4)]
    found = frequency(new("x"), earlier, until=TODAY, hint_at={30: 5, 365: 6})
    [hint] = found.hints
    assert hint == (
        "30日内共提出5件（提示线5件）。数量、频次是否明显超过合理范围，由办理人员判断；"
        "必要时可以要求说明理由（条例第三十五条）。"
    )
    with pytest.raises(ValueError, match="提示线"):
        frequency(new("x"), [], until=TODAY, hint_at={31: 5})


def test_the_request_in_hand_is_counted_once_even_when_it_is_already_listed() -> None:
    request = new("x")
    assert frequency(request, [request], until=TODAY).counts[30] == 1


def test_one_is_found_among_ten_thousand() -> None:
    crowd = [asked(f"第{n}号商户的经营备案材料", f"n{n}") for n in range(10_000)]
    [found] = repeats(new("请公开第7321号商户的经营备案材料"), Past(crowd))
    assert found.number == "n7321"


WISHES = st.text("申请公开年粮食收购名单预算第一二十号镇〔〕2034，。 的", max_size=40)


@given(wish=WISHES)
def test_every_wish_with_content_is_like_itself(wish: str) -> None:
    assert len(repeats(new(wish), Past([asked(wish)]))) == bool(Wish.of(wish).pairs)


@given(wish=WISHES, polite=st.sampled_from(["申请公开", "本人申请公开：", "请贵局提供", "　"]))
def test_politeness_changes_nothing(wish: str, polite: str) -> None:
    assert Wish.of(f"{polite}，{wish}").figures == Wish.of(f"，{wish}").figures


@given(years=st.lists(st.integers(2000, 2099), min_size=2, max_size=2, unique=True))
def test_other_years_are_never_the_same_matter(years: list[int]) -> None:
    old, again = (f"{year}年全市粮食应急保障企业名录" for year in years)
    assert repeats(new(again), Past([asked(old)])) == ()
    assert asked_by_several(new(again, "two"), Past([asked(old)])).applicants == 0


@given(wishes=st.lists(WISHES, max_size=6), of=WISHES)
def test_the_order_in_which_the_earlier_ones_are_read_does_not_matter(
    wishes: list[str], of: str
) -> None:
    past = [asked(wish, str(n)) for n, wish in enumerate(wishes)]
    assert repeats(new(of), Past(past)) == repeats(new(of), Past(reversed(past)))
