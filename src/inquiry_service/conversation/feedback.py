"""Whether the last answer helped, and what to do next when it did not."""

from inquiry_service.conversation import store, wording
from inquiry_service.conversation.answers import NOT_HELPED
from inquiry_service.conversation.replies import Link, Text
from inquiry_service.conversation.requesting import form_link
from inquiry_service.conversation.sources import Sources
from inquiry_service.conversation.speaking import Said


def answer_helped(sources: Sources, conversation_id: str) -> Said:
    """Record that the last answer helped."""
    rated = _rate(sources, conversation_id, helped=True)
    return Said((Text(wording.THANKS if rated is None else wording.HELPED),))


def answer_did_not_help(sources: Sources, conversation_id: str) -> Said:
    """Record that the last answer did not help, and offer a request with its question."""
    question = _rate(sources, conversation_id, helped=False)
    if question is None:
        return Said((Text(wording.NO_ANSWER_TO_RATE),))
    link = Link(wording.FORM_LINK_PREFILLED, form_link(sources, conversation_id, question))
    return Said((Text(wording.NOT_HELPED), link))


def _rate(sources: Sources, conversation_id: str, *, helped: bool) -> str | None:
    """The question that was rated, or None when nothing was answered yet."""
    with sources.database.begin() as connection:
        row = store.conversation(connection, conversation_id)
        if row is None or row.last_answer is None:
            return None
        store.rate_answer(
            connection, row.last_answer, conversation_id, helped=helped, at=sources.clock()
        )
        if not helped:
            store.change_conversation(connection, conversation_id, last_ending=NOT_HELPED)
        question: str = row.last_question
        return question
