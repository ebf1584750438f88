"""Several questions in one message: told apart by rule, each complete."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.answering.folding import fold
from inquiry_service.answering.reading.parts import MOST_PARTS, parts_of


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        (
            "粮食收购备案要带什么材料，多久办完？",
            ("粮食收购备案要带什么材料", "粮食收购备案多久办完"),
        ),
        ("2026年元旦放几天？清明呢？", ("2026年元旦放几天", "2026年清明放几天")),
        (
            "2022年早籼稻和粳稻的最低收购价各是多少",
            ("2022年早籼稻的最低收购价是多少", "2022年粳稻的最低收购价是多少"),
        ),
        ("收费吗？在哪里办？多久办好？", ("收费吗", "在哪里办", "多久办好")),
        ("职务作品是什么？权利归谁？", ("职务作品是什么", "职务作品权利归谁")),
        ("购物卡最多能充多少钱，丢了怎么办", ("购物卡最多能充多少钱", "购物卡丢了怎么办")),
        ("收粮备案找谁办，不办罚多少", ("收粮备案找谁办", "收粮备案不办罚多少")),
        ("信访几天办结，能延不", ("信访几天办结", "信访能延不")),
        (
            "2017年收到多少件申请？2019年收到多少件申请？",
            ("2017年收到多少件申请", "2019年收到多少件申请"),
        ),
        ("冰箱国补补多少，去哪领", ("冰箱国补补多少", "冰箱国补去哪领")),
        (
            "我是开粮站的，要备案吗，罚款多少",
            ("我是开粮站的，要备案吗", "我是开粮站的，要备案罚款多少"),
        ),
    ],
)
def test_each_part_is_a_question_of_its_own(message: str, parts: tuple[str, ...]) -> None:
    assert tuple(part.complete for part in parts_of(fold(message))) == parts


@pytest.mark.parametrize(
    "message",
    [
        "粮食收购要备案吗",
        "2017年，桐乡市商务局收到多少件申请？",
        "不管申请几件都要收费，这个规定合理吗",
        "申请书要写姓名、地址、电话吗",
        "收购、储存、加工和销售要备案吗",
        "",
        "备案",
    ],
)
def test_one_question_stays_one(message: str) -> None:
    assert parts_of(fold(message)) == ()


def test_a_part_that_borrowed_its_topic_is_kept_as_written_too() -> None:
    second = parts_of("2017年网站上公开了多少条,收到几件申请")[1]
    assert second.written == "2017年收到几件申请"


def test_a_mere_fragment_is_never_asked_without_its_topic() -> None:
    second = parts_of("粮食收购备案要带什么材料,收费吗")[1]
    assert second.complete == second.written == "粮食收购备案收费吗"


@given(st.text(alphabet=st.sampled_from("粮备案吗多少几天，？和分别呢2017年哪里要"), max_size=60))
def test_there_are_never_too_many_and_none_is_empty(text: str) -> None:
    parts = parts_of(text)
    assert len(parts) <= MOST_PARTS
    assert all(part.complete and part.written for part in parts)
