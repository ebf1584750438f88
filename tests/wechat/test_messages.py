"""WeChat's XML in and out."""

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.errors import BadInput
from inquiry_service.wechat.messages import (
    LONGEST_BYTES,
    LONGEST_TEXT,
    Message,
    encrypted_part,
    parse,
    split_for_reading,
    text_reply,
)

TEXT = """<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o1]]></FromUserName>
<CreateTime>1700000000</CreateTime><MsgType><![CDATA[text]]></MsgType>
<Content><![CDATA[ 粮食收购要备案吗 ]]></Content><MsgId>23456</MsgId></xml>"""
FOLLOW = """<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName>
<CreateTime>{at}</CreateTime><MsgType>event</MsgType><Event>subscribe</Event></xml>"""
MORE = "（更多）"

chinese = st.text(st.characters(exclude_categories=["Cs"]), max_size=3000)


def message(sender: str = "o1", account: str = "gh_1") -> Message:
    return Message(account=account, sender=sender, created="1700000000", kind="text")


def test_a_text_message_is_read() -> None:
    read = parse(TEXT)
    assert (read.sender, read.kind, read.text) == ("o1", "text", "粮食收购要备案吗")


def test_retries_share_a_key_and_other_messages_do_not() -> None:
    again, other = parse(TEXT), parse(TEXT.replace("23456", "23457"))
    assert parse(TEXT).delivery_key == again.delivery_key != other.delivery_key


def test_two_events_without_a_message_id_are_told_apart_by_their_time() -> None:
    first, second = (parse(FOLLOW.format(at=at)) for at in ("1700000000", "1700000001"))
    assert first.delivery_key != second.delivery_key


@pytest.mark.parametrize(
    "body",
    [
        "",
        "not xml",
        '{"ToUserName": "gh_1"}',
        "<xml></xml>",
        "<xml><MsgType>text</MsgType></xml>",
        "<xml><FromUserName>p</FromUserName><MsgType>text</MsgType><CreateTime>"
        + "1" * 5000
        + "</CreateTime></xml>",
        '<!DOCTYPE x [<!ENTITY a "b">]><xml><FromUserName>&a;</FromUserName></xml>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd"><xml><MsgType>text</MsgType></xml>',
    ],
)
def test_what_is_not_a_message_is_refused(body: str) -> None:
    with pytest.raises(BadInput):
        parse(body)


def test_a_safe_mode_push_without_ciphertext_is_refused() -> None:
    with pytest.raises(BadInput):
        encrypted_part(TEXT)


@given(chinese)
def test_a_reply_is_well_formed_whatever_it_says(text: str) -> None:
    root = ElementTree.fromstring(text_reply(message(sender="o]]>1"), text))
    assert root.findtext("ToUserName") == "o]]>1"
    assert root.findtext("MsgType") == "text"


def test_a_cdata_end_inside_a_reply_is_kept_as_text() -> None:
    root = ElementTree.fromstring(text_reply(message(), "a]]>b"))
    assert root.findtext("Content") == "a]]>b"


@given(chinese)
def test_every_page_fits_and_the_pages_together_lose_nothing(text: str) -> None:
    pages, rest = [], text
    while rest:
        page, rest = split_for_reading(rest, MORE)
        assert len(page) <= LONGEST_TEXT
        assert len(page.encode()) <= LONGEST_BYTES
        pages.append(page.removesuffix(MORE))
    shown = "".join("".join(pages).split())
    kept = "".join(c for c in "".join(text.split()) if c.isprintable() or ord(c) >= 160)
    assert "".join(c for c in shown if c.isprintable() or ord(c) >= 160) == "".join(
        c for c in kept if c not in "\ufffe\uffff"
    )


def test_a_long_text_is_cut_after_a_sentence() -> None:
    page, rest = split_for_reading("这是一句话。" * 200, MORE)
    assert page.endswith("。" + MORE)
    assert rest.startswith("这是一句话。")
