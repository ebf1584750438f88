"""The request form of a dialogue as far as it is filled, in case the dialogue forgets it.

Rasa keeps the thread of a form in its own memory. What was gathered is kept here too, so that a
Rasa that stops or starts again costs the person nothing that was said.
"""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from inquiry_service.conversation import store, wording
from inquiry_service.conversation.direct import bare, is_order, say
from inquiry_service.conversation.phrasing import asks
from inquiry_service.conversation.replies import Link, Text
from inquiry_service.conversation.requesting import draft_link
from inquiry_service.conversation.sources import Sources
from inquiry_service.conversation.speaking import Said
from inquiry_service.disclosure.procedure.drafts import DraftFields
from inquiry_service.disclosure.rules.request import ReceiveBy, SupplyForm, choice_of

_GIVEN_UP = frozenset({"取消", "算", "不填", "退出", "不申请", "不办", "不要"})


def keep_form(sources: Sources, conversation_id: str, fields: DraftFields | None) -> None:
    """Remember what the form holds by now; None when it is handed over or given up."""
    kept = None if fields is None else asdict(fields)
    with sources.database.begin() as connection:
        store.change_conversation(connection, conversation_id, form=kept)


def kept_form(sources: Sources, conversation_id: str) -> DraftFields | None:
    """What a form that is still being filled holds."""
    with sources.database.read() as connection:
        row = store.conversation(connection, conversation_id)
    return None if row is None or row.form is None else _fields(row.form)


def resume(
    sources: Sources,
    conversation_id: str,
    text: str,
    *,
    asked: str,
    kept: DraftFields,
    said: Said | None,
) -> Said:
    """What is said to the answer to `asked` after the thread of the form was lost.

    `said` is what a dialogue without memory replied: kept only for a question or an order.
    """
    keep_form(sources, conversation_id, None)
    if bare(text) in _GIVEN_UP:
        return Said((Text(wording.FORM_GIVEN_UP),))
    if asks(text) or is_order(text):
        before = said or say(sources, conversation_id, text)
        link = _way_on(sources, conversation_id, kept)
        return replace(before, replies=(*before.replies, *link))
    _forget_question(sources, conversation_id)
    return Said(_way_on(sources, conversation_id, _with_answer(kept, asked, text)))


def _way_on(sources: Sources, conversation_id: str, fields: DraftFields) -> tuple[Text, Link]:
    link = draft_link(sources, conversation_id, fields)
    return Text(wording.FORM_INTERRUPTED), Link(wording.FORM_LINK_KEPT, link)


def _with_answer(kept: DraftFields, asked: str, text: str) -> DraftFields:
    """The words in which the lost answer was given; a form can be corrected."""
    match asked:
        case "wanted_description":
            return replace(kept, description=text)
        case "wanted_period":
            return replace(kept, period="" if "不限" in text else text)
        case "supply_form":
            return replace(kept, supply_form=choice_of(SupplyForm, text))
        case "receive_by":
            return replace(kept, receive_by=choice_of(ReceiveBy, text))
        case _:
            return kept


def _forget_question(sources: Sources, conversation_id: str) -> None:
    """A dialogue without memory may have asked the answer as a question."""
    with sources.database.begin() as connection:
        store.change_conversation(connection, conversation_id, last_ending=None)


def _fields(stored: Mapping[str, Any]) -> DraftFields:
    choices = {
        "supply_form": choice_of(SupplyForm, stored["supply_form"]),
        "receive_by": choice_of(ReceiveBy, stored["receive_by"]),
    }
    return DraftFields(**{**stored, **choices})
