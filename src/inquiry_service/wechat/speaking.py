"""What is said to one WeChat message, as plain text within WeChat's limits."""

import logging
import traceback
import uuid
from dataclasses import replace

from anyio import to_thread

from inquiry_service.conversation.replies import Citation, Link, Reply, plain
from inquiry_service.conversation.turn import take_turn
from inquiry_service.errors import BadInput, InquiryError
from inquiry_service.redaction import redact
from inquiry_service.wechat import wording
from inquiry_service.wechat.messages import Message, split_for_reading
from inquiry_service.wechat.parts import WechatParts

log = logging.getLogger(__name__)


async def say(parts: WechatParts, message: Message) -> str:
    """The first page of the answer; empty when nothing is to be said to an event.

    This is an outer door: whatever breaks becomes a sentence, and the log gets an id, not the
    message.
    """
    try:
        text = await _answer(parts, message)
    except BadInput as fault:  # a message is no form with places to correct
        text = "；".join(problem.message for problem in fault.problems)
    except InquiryError as fault:
        text = fault.message
    except Exception:
        # Redacted: an exception's words may hold what somebody wrote.
        log.error("wechat message failed: %s\n%s", uuid.uuid4(), redact(traceback.format_exc()))
        text = wording.FAULT
    return await to_thread.run_sync(_first_page, parts, message, text)


async def _answer(parts: WechatParts, message: Message) -> str:
    if message.kind == "event":
        return _to_event(parts, message)
    if message.kind != "text":
        return wording.ONLY_TEXT
    if message.text in wording.MORE_WORDS:
        person = parts.pseudonym(message.sender)
        return await to_thread.run_sync(parts.deliveries.unread, person) or wording.NOTHING_MORE
    return await _turn(parts, message)


def _to_event(parts: WechatParts, message: Message) -> str:
    """A follow is greeted, a menu click too (its keys are not ours); the rest needs no reply."""
    if message.event in {"subscribe", "click"}:
        return wording.GREETING.format(bureau=parts.bureau)
    return ""


async def _turn(parts: WechatParts, message: Message) -> str:
    taken = await take_turn(
        parts.conversations,
        channel="wechat",
        person=message.sender,
        text=message.text,
        message_id=message.delivery_key,
    )
    return plain(_absolute(parts, reply) for reply in taken.replies)


def _absolute(parts: WechatParts, reply: Reply) -> Reply:
    if isinstance(reply, Citation | Link) and reply.url.startswith("/"):
        return replace(reply, url=parts.public_url + reply.url)
    return reply


def _first_page(parts: WechatParts, message: Message, text: str) -> str:
    page, rest = split_for_reading(text, wording.MORE)
    # Where nothing was read nothing is forgotten: the slow answer may have come in meanwhile.
    if message.kind == "text" and text != wording.NOTHING_MORE:
        parts.deliveries.leave_unread(parts.pseudonym(message.sender), rest)
    return page
