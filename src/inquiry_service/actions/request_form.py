"""The request form of the dialogue: how it begins, ends in a signed link, or is given up."""

from collections.abc import Mapping
from typing import Any

from inquiry_service.actions import wording
from inquiry_service.actions.call import Acted, Call
from inquiry_service.actions.form_rules import (
    ANY_PERIOD,
    DESCRIPTION,
    PERIOD,
    RECEIVE,
    SLOTS,
    SUPPLY,
    description_in,
)
from inquiry_service.conversation.answers import open_question
from inquiry_service.conversation.replies import Link, Reply, Text
from inquiry_service.conversation.requesting import draft_link
from inquiry_service.conversation.sources import Sources
from inquiry_service.conversation.speaking import Said
from inquiry_service.conversation.unfinished import keep_form
from inquiry_service.disclosure.procedure.drafts import DraftFields
from inquiry_service.disclosure.rules.request import ReceiveBy, SupplyForm, choice_of
from inquiry_service.knowledge.expressions.references import find_document_numbers

_EMPTY = dict.fromkeys(SLOTS)


def offer(sources: Sources, call: Call) -> Acted:
    """`action_offer_request`: begins empty, or with what was said or asked in vain just before."""
    description = description_in(call.text) or open_question(sources, call.conversation_id)
    replies: tuple[Reply, ...] = (Text(wording.OFFER),)
    if description:
        replies = (*replies, Text(wording.PREFILLED.format(description=description)))
    slots = {**_EMPTY, DESCRIPTION: description}
    keep_form(sources, call.conversation_id, drafted(slots))
    return Acted(Said(replies), slots)


def submit(sources: Sources, call: Call) -> Acted:
    """`action_submit_disclosure_form`: nothing is filed yet, the person goes on at the form."""
    link = draft_link(sources, call.conversation_id, drafted(call.slots))
    keep_form(sources, call.conversation_id, None)
    return Acted(Said((Text(wording.READY), Link(wording.READY_LINK, link))), _EMPTY)


def cancel(sources: Sources, call: Call) -> Acted:
    """`action_cancel_disclosure_form`."""
    keep_form(sources, call.conversation_id, None)
    return Acted(Said((Text(wording.CANCELLED),)), _EMPTY)


def drafted(slots: Mapping[str, Any]) -> DraftFields:
    """What the slots say, as the form's fields; a document number is told from a period."""
    description, period = (str(slots.get(slot) or "") for slot in (DESCRIPTION, PERIOD))
    numbers = find_document_numbers(period) or find_document_numbers(description)
    return DraftFields(
        description=description,
        document_number=numbers[0] if numbers else "",
        period="" if period == ANY_PERIOD or find_document_numbers(period) else period,
        supply_form=choice_of(SupplyForm, slots.get(SUPPLY)),
        receive_by=choice_of(ReceiveBy, slots.get(RECEIVE)),
    )
