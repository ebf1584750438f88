"""The callback as WeChat uses it: verified, answered passively, once, within its limits."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text as sql

from inquiry_service.conversation.conversations import Conversations
from inquiry_service.conversation.replies import Text
from inquiry_service.conversation.speaking import Said
from inquiry_service.edge import install
from inquiry_service.wechat import wording
from inquiry_service.wechat.account import Account
from inquiry_service.wechat.deliveries import Deliveries
from inquiry_service.wechat.parts import WechatParts
from inquiry_service.wechat.routes import router
from talking_house import ANSWERED, QUOTE, UNMATCHED, Parrot
from wechat_client import AES_KEY, APP_ID, TOKEN, WechatClient, signature

PLAIN = Account(token=TOKEN)
SAFE = Account(token=TOKEN, app_id=APP_ID, aes_key=AES_KEY)


def parts_of(conversations: Conversations, account: Account = PLAIN) -> WechatParts:
    return WechatParts(
        account=account,
        conversations=conversations,
        deliveries=Deliveries(conversations.database, conversations.clock),
        public_url="https://bureau.example",
        bureau="测试局",
    )


def served(parts: WechatParts) -> TestClient:
    app = FastAPI()
    install(app, bureau="测试局")
    app.include_router(router(parts))
    return TestClient(app)


@pytest.fixture(params=[False, True], ids=["plain", "safe"])
def wechat(request: pytest.FixtureRequest, conversations: Conversations) -> Iterator[WechatClient]:
    account = SAFE if request.param else PLAIN
    with served(parts_of(conversations, account)) as http:
        yield WechatClient(http, safe=request.param)


@pytest.fixture
def plain(conversations: Conversations) -> Iterator[WechatClient]:
    with served(parts_of(conversations)) as http:
        yield WechatClient(http)


def speaking(conversations: Conversations, *sentences: str) -> Conversations:
    """A bureau whose dialogue says just this, whatever it is asked."""

    class Fixed(Parrot):
        async def turn(self, conversation_id: str, text: str) -> Said:
            return Said(tuple(Text(sentence) for sentence in sentences))

    return replace(conversations, dialogue=Fixed())


def test_the_server_address_is_verified_by_echoing(plain: WechatClient) -> None:
    query = {"timestamp": "17", "nonce": "4", "echostr": "6543210"}
    right = plain.http.get("/wechat", params=query | {"signature": signature("17", "4")})
    assert (right.status_code, right.text) == (200, "6543210")
    wrong = plain.http.get("/wechat", params=query | {"signature": "0" * 40})
    assert wrong.status_code == 403
    assert "6543210" not in wrong.text


def test_a_question_is_answered_with_its_quotation_and_an_absolute_link(
    wechat: WechatClient,
) -> None:
    said = wechat.said(wechat.text(ANSWERED))
    assert QUOTE in said
    assert "https://bureau.example/documents/" in said


def test_an_unmatched_question_leads_to_the_pre_filled_form(wechat: WechatClient) -> None:
    assert "https://bureau.example/requests/new?draft=" in wechat.said(wechat.text(UNMATCHED))


def test_a_retry_gets_the_same_bytes_and_is_taken_once(
    wechat: WechatClient, conversations: Conversations
) -> None:
    first, again = (wechat.text(ANSWERED, message_id=77) for _ in range(2))
    assert first.content == again.content
    with conversations.database.read() as connection:
        turns = connection.execute(sql("SELECT count(*) FROM conversation_turns")).scalar()
    assert turns == 1


def test_three_deliveries_at_once_get_the_same_bytes(wechat: WechatClient) -> None:
    with ThreadPoolExecutor(3) as pool:
        replies = list(pool.map(lambda _: wechat.text(ANSWERED, message_id=78), range(3)))
    assert len({reply.content for reply in replies}) == 1
    assert QUOTE in wechat.said(replies[0])


def test_the_same_words_in_another_message_are_another_turn(plain: WechatClient) -> None:
    first, second = plain.text(ANSWERED), plain.text(ANSWERED)
    assert plain.said(first) == plain.said(second)


def test_a_follower_is_greeted_and_told_what_can_be_done_here(wechat: WechatClient) -> None:
    said = wechat.said(wechat.event("subscribe"))
    assert "测试局" in said
    assert "12345" in said


@pytest.mark.parametrize("event", ["unsubscribe", "VIEW", "LOCATION", "never_heard_of"])
def test_events_that_need_no_reply_get_none(plain: WechatClient, event: str) -> None:
    assert plain.event(event).content == b"success"


@pytest.mark.parametrize("kind", ["image", "voice", "video", "location", "link"])
def test_what_is_not_text_is_answered_politely(plain: WechatClient, kind: str) -> None:
    response = plain.push(plain.message(kind, "<MediaId>m</MediaId><MsgId>5</MsgId>"))
    assert plain.said(response) == wording.ONLY_TEXT


@pytest.mark.parametrize("said", ["", "   ", "？", "长" * 3000])
def test_a_message_that_cannot_be_taken_is_answered_in_words(
    plain: WechatClient, said: str
) -> None:
    assert plain.said(plain.text(said)).strip()


def test_a_long_answer_is_paged_and_nothing_is_lost(conversations: Conversations) -> None:
    told = [f"第{number}条：这是公开文件里的一句原文。" for number in range(120)]
    with served(parts_of(speaking(conversations, *told))) as http:
        wechat = WechatClient(http)
        pages = [wechat.said(wechat.text("全部内容是什么？"))]
        while pages[-1].endswith(wording.MORE):
            pages.append(wechat.said(wechat.text("更多")))
    assert len(pages) > 3
    shown = "".join("".join(page.removesuffix(wording.MORE) for page in pages).split())
    assert shown == "".join(told)


def test_asking_for_more_when_there_is_nothing_more_is_told_so(plain: WechatClient) -> None:
    assert plain.said(plain.text("更多")) == wording.NOTHING_MORE


def test_a_slow_answer_is_promised_in_time_and_kept_for_more(conversations: Conversations) -> None:
    class Slow(Parrot):
        async def turn(self, conversation_id: str, text: str) -> Said:
            import asyncio

            await asyncio.sleep(0.4)
            return Said((Text("终于查到了。"),))

    parts = replace(parts_of(replace(conversations, dialogue=Slow())), patience=0.1)
    with served(parts) as http:
        wechat = WechatClient(http)
        assert wechat.said(wechat.text("慢慢来的问题是什么？")) == wording.STILL_WORKING
        until = time.monotonic() + 20
        said = ""
        while "终于查到了" not in said and time.monotonic() < until:
            said = wechat.said(wechat.text("更多"))
    assert "终于查到了。" in said


def test_an_answer_that_arrives_while_there_was_nothing_more_is_not_lost(
    conversations: Conversations,
) -> None:
    class ArrivingJustAfter(Deliveries):
        def unread(self, person: str) -> str:
            read = super().unread(person)
            self.leave_unread(person, "刚刚查到了。")
            return read

    late = ArrivingJustAfter(conversations.database, conversations.clock)
    with served(replace(parts_of(conversations), deliveries=late)) as http:
        wechat = WechatClient(http)
        assert wechat.said(wechat.text("更多")) == wording.NOTHING_MORE
        assert wechat.said(wechat.text("更多")) == "刚刚查到了。"


def test_a_message_that_is_too_long_is_told_so_in_one_plain_sentence(plain: WechatClient) -> None:
    assert plain.said(plain.text("长" * 1001)) == "一条消息最多 1000 个字，请分几条发送。"


def test_what_breaks_becomes_a_sentence_and_its_log_holds_no_personal_data(
    conversations: Conversations, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(Parrot):
        async def turn(self, conversation_id: str, text: str) -> Said:
            raise RuntimeError("cannot read 13800000000")

    with served(parts_of(replace(conversations, dialogue=Broken()))) as http:
        wechat = WechatClient(http)
        assert wechat.said(wechat.text("这会出错的问题是什么？")) == wording.FAULT
    assert "RuntimeError: cannot read [电话号码]" in caplog.text
    assert "13800000000" not in caplog.text


def test_a_forged_push_is_refused(wechat: WechatClient) -> None:
    xml = wechat.message("text", "<Content>你好</Content><MsgId>1</MsgId>")
    forged = {"msg_signature": "0" * 40} if wechat.safe else {"signature": "0" * 40}
    assert wechat.push(xml, **forged).status_code == 403


def test_an_unencrypted_push_to_a_safe_account_is_refused(conversations: Conversations) -> None:
    with served(parts_of(conversations, SAFE)) as http:
        wechat = WechatClient(http, safe=False)
        assert wechat.text(ANSWERED).status_code == 403


def test_an_encrypted_push_to_a_plain_account_is_refused(plain: WechatClient) -> None:
    wechat = WechatClient(plain.http, safe=True)
    assert wechat.text(ANSWERED).status_code == 403


@pytest.mark.parametrize("body", ["", "{}", "<xml>", "<!DOCTYPE a><xml/>", "\x00"])
def test_a_signed_push_that_is_no_message_is_received_and_left_at_that(
    plain: WechatClient, body: str
) -> None:
    response = plain.push(body)
    assert (response.status_code, response.content) == (200, b"success")


def test_neither_the_openid_nor_an_identity_number_reaches_the_database(
    plain: WechatClient, conversations: Conversations
) -> None:
    plain.text("我的身份证号是11010519491231002X，怎么申请信息公开？")
    with conversations.database.read() as connection:
        tables = ("conversations", "conversation_turns", "wechat_unread", "wechat_deliveries")
        rows = [list(connection.execute(sql(f"SELECT * FROM {table}"))) for table in tables]
    assert rows[-1]
    assert plain.person not in repr(rows)
    assert "11010519491231002X" not in repr(rows)
