"""Questions, and what is said about their answers."""

from inquiry_service.actions.call import Acted, Call
from inquiry_service.conversation import wording
from inquiry_service.conversation.answers import answer_question
from inquiry_service.conversation.choosing import names_position
from inquiry_service.conversation.feedback import answer_did_not_help, answer_helped
from inquiry_service.conversation.replies import Text
from inquiry_service.conversation.sources import Sources
from inquiry_service.conversation.speaking import Said


def answer(sources: Sources, call: Call) -> Acted:
    """`action_answer_question`: the published answer, or an honest ending with the way on."""
    said = answer_question(sources, call.conversation_id, call.text, feedback=not call.in_form)
    return Acted(said)


def choose_option(sources: Sources, call: Call) -> Acted:
    """`action_choose_option`: positions are resolved before Rasa, so there was nothing shown.

    What names no position was only taken for a choice: it is a question.
    """
    if not names_position(call.text):
        return answer(sources, call)
    return Acted(Said((Text(wording.NO_CHOICES),)))


def helped(sources: Sources, call: Call) -> Acted:
    """`action_feedback_helped`."""
    return Acted(answer_helped(sources, call.conversation_id))


def not_helped(sources: Sources, call: Call) -> Acted:
    """`action_feedback_not_helped`."""
    return Acted(answer_did_not_help(sources, call.conversation_id))
