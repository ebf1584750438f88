"""A question of a conversation, answered from what is published and put on record."""

from datetime import timedelta

from inquiry_service.answering.answer import Answer, Status
from inquiry_service.answering.asking import MAX_QUESTION, ask
from inquiry_service.answering.store import record_answer
from inquiry_service.conversation import store, wording
from inquiry_service.conversation.phrasing import legible
from inquiry_service.conversation.replies import Link, Text
from inquiry_service.conversation.requesting import form_link
from inquiry_service.conversation.sources import Sources
from inquiry_service.conversation.speaking import FORM_PATH, Said, speak
from inquiry_service.errors import BadInput
from inquiry_service.moments import local_day

NOT_HELPED = "not_helped"
"""The ending of a question whose answer was said to be no help."""
STALE = timedelta(hours=3)
"""After this an open question is no longer what the person is talking about."""
_OPEN = frozenset({Status.UNMATCHED, Status.CLARIFY, Status.FAILED, NOT_HELPED})


def answer_question(
    sources: Sources, conversation_id: str, question: str, *, feedback: bool = True
) -> Said:
    """Ask, record why, remember as the last question, and say it.

    `question` is free of personal data. `feedback` False leaves out "did this help".
    """
    if not legible(question):
        return Said((Text(wording.NOT_LEGIBLE),))
    if len(question) > MAX_QUESTION:
        return _too_long(sources, conversation_id, question)
    answer = look_up(sources, question)
    moment = sources.clock()
    with sources.database.begin() as connection:
        answer_id = record_answer(
            connection, conversation_id=conversation_id, answer=answer, at=moment
        )
        store.change_conversation(
            connection,
            conversation_id,
            last_answer=answer_id,
            last_question=question,
            last_ending=answer.status.value,
            last_asked_at=moment,
        )
    request = answer.not_found
    form_url = form_link(sources, conversation_id, request) if request else FORM_PATH
    return Said(speak(answer, form_url=form_url, feedback=feedback), (answer_id,))


def _too_long(sources: Sources, conversation_id: str, text: str) -> Said:
    """What cannot be asked can still be requested: a description may be longer."""
    link = Link(wording.FORM_LINK_WITH_TEXT, form_link(sources, conversation_id, text))
    return Said((Text(wording.QUESTION_TOO_LONG.format(limit=MAX_QUESTION)), link))


def open_question(sources: Sources, conversation_id: str) -> str | None:
    """The last question when it was asked a short while ago and not answered to satisfaction."""
    with sources.database.read() as connection:
        row = store.conversation(connection, conversation_id)
    if row is None or row.last_asked_at is None or row.last_ending not in _OPEN:
        return None
    asked: str = row.last_question
    return asked if sources.clock() - row.last_asked_at <= STALE else None


def look_up(sources: Sources, question: str) -> Answer:
    """Ask, putting nothing on record. What cannot be asked is `REFUSED`, with the reason."""
    today = local_day(sources.clock())
    try:
        return ask(sources.engine.current, question, today=today)
    except BadInput as fault:
        reasons = "；".join(problem.message for problem in fault.problems)
        return Answer(Status.REFUSED, question, f"{reasons}。")
