"""Redaction: personal data goes, everything a question is about stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.redaction import redact

# 11010519491231002X is the specimen number printed in GB 11643 itself.


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("我的身份证是11010519491231002X。", "我的身份证是[身份证号]。"),
        ("11010519491231002x", "[身份证号]"),
        ("身份证110105 19491231 002X", "身份证[身份证号]"),
        ("１１０１０５１９４９１２３１００２Ｘ", "[身份证号]"),
        ("末位打错的110105194912310021也要隐去", "末位打错的[身份证号]也要隐去"),
        ("旧证110105491231002，", "旧证[身份证号]，"),
        ("手机13800000000，谢谢", "手机[电话号码]，谢谢"),
        ("+86 138-0000-0000", "[电话号码]"),
        ("138 0000 0000", "[电话号码]"),
        ("１３８００００００００", "[电话号码]"),
        ("打0573-88000000转801", "打[电话号码]"),
        ("(0573)88000000", "[电话号码]"),
        ("（0573）88000000", "[电话号码]"),
        ("010 62000000", "[电话号码]"),
        ("0573 8800 0000", "[电话号码]"),
        ("0573-880 0000转8", "[电话号码]"),
        ("护照E00000000", "护照[证件号]"),
        ("护照号码：EA0000000，", "护照[证件号]，"),
        ("港澳通行证号是H0000000000", "港澳通行证[证件号]"),
        ("+86 573 88000000", "[电话号码]"),
        ("086-0573-88000000", "[电话号码]"),
        ("tel13800000000or", "tel[电话号码]or"),
        ("ID11010519491231002X", "ID[身份证号]"),
        ("电话：88000000", "电话[电话号码]"),
        ("卡号6222 0000 0000 0000 000", "卡号6222 0000 0000 0000 000"),
        ("卡号4111 1111 1111 1111", "卡号[银行卡号]"),
        ("卡号4111111111111111。", "卡号[银行卡号]。"),
        ("发到someone.else@example.org吧", "发到[邮箱]吧"),
        ("someone＠example．org", "[邮箱]"),
    ],
)
def test_personal_data_is_replaced_by_the_name_of_its_kind(said: str, kept: str) -> None:
    assert redact(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "YSQ-2026-00012 办到哪一步了",
        "查询码 ABCD-EF23",
        "2017年收到多少件依申请公开申请？",
        "2016 2017 2018 2019年的年报",
        "20170101至20171231",
        "国办公开办函〔2021〕30号",
        "国务院令第711号第三十三条",
        "桐商务〔2017〕12号，第128页",
        "拨打12345或者400-000-0000",
        "补贴金额12345678.90元",
        "91110000000000000E",
        "11330483MB1234567X",
    ],
)
def test_what_a_question_is_about_is_kept(said: str) -> None:
    assert redact(said) == said


@given(st.text(alphabet="0123456789Xx-@.+ 电话年第号YSQabc（）０９：", max_size=60))
def test_redacting_twice_changes_nothing_more(text: str) -> None:
    assert redact(redact(text)) == redact(text)


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_mobile_number_never_survives_between_other_words(before: str, after: str) -> None:
    said = f"{before}，13800000000，{after}"
    assert "13800000000" not in redact(said)
