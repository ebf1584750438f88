"""The real Rasa keeps the promises of every dialogue, under load and after it was killed."""

from concurrent.futures import ThreadPoolExecutor

import anyio
import pytest

from dialogue_contract import DialogueContract, Room
from inquiry_service.actions import wording
from inquiry_service.conversation.rasa import RasaDialogue
from inquiry_service.conversation.replies import Citation, Link, Text
from inquiry_service.conversation.turn import open_conversation
from inquiry_service.conversation.wording import FORM_INTERRUPTED
from inquiry_service.disclosure import SupplyForm
from inquiry_service.disclosure.procedure.drafts import DraftFields, draft_of
from rasa_house import Service
from talking_house import ANSWERED, QUOTE

pytestmark = pytest.mark.rasa

AT_ONCE = 24
"""People talking at the same moment, with four threads for turns and four for actions."""


@pytest.fixture
def room(service: Service) -> Room:
    return Room(
        make=lambda: RasaDialogue(service.rasa.url, timeout=30),
        open_conversation=lambda: open_conversation(service.conversations, "web").conversation_id,
        run=anyio.run,
    )


class TestRasaDialogue(DialogueContract):
    """Against the server and the service that it calls back."""


def test_more_turns_than_threads_do_not_block_the_calls_that_they_wait_for(
    service: Service,
) -> None:
    """Beginning the form takes two calls back to the service while the turn waits."""
    people = [service.person() for _ in range(AT_ONCE)]

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        everything_said = list(crowd.map(lambda p: p.says("我要申请信息公开"), people))

    assert [replies[0] for replies in everything_said] == [Text(wording.OFFER)] * AT_ONCE
    assert service.state() == "up"


def test_when_rasa_is_killed_answers_go_on_and_when_it_is_back_the_dialogue_does(
    service: Service,
) -> None:
    person = service.person()
    assert person.says("我要申请信息公开")[0] == Text(wording.OFFER)

    service.rasa.kill()
    try:
        replies = person.says(ANSWERED)
        state = service.state()
    finally:
        service.rasa.start()

    assert [part.quote for part in replies if isinstance(part, Citation)] == [QUOTE]
    assert state == "down"
    assert service.state() == "up"
    assert person.says("我要申请信息公开")[0] == Text(wording.OFFER)


@pytest.mark.parametrize("comes_back", [False, True])
def test_a_form_that_rasa_forgets_goes_on_at_the_forms_page(
    service: Service, comes_back: bool
) -> None:
    wish = "我想要2016年粮食补贴发放名单"
    person = service.person()
    for text in ("我要申请信息公开", wish, "2016年"):
        person.says(text)

    service.rasa.kill()
    try:
        if comes_back:
            service.rasa.start()
            assert service.state() == "up"
        notice, link = person.says("第一个")
    finally:
        if not comes_back:
            service.rasa.start()
            assert service.state() == "up"

    assert notice == Text(FORM_INTERRUPTED)
    assert isinstance(link, Link)
    token = link.url.partition("?draft=")[2]
    assert draft_of(service.conversations.office, token) == DraftFields(
        wish, "", "2016年", SupplyForm.PAPER
    )
