"""Every action that Rasa may call, by its name in `bot/domain`."""

from collections.abc import Awaitable, Callable
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from inquiry_service.actions import doors, form_validation, questions, request_form
from inquiry_service.actions.call import Acted, Call
from inquiry_service.actions.parts import ActionParts
from inquiry_service.conversation.replies import to_json
from inquiry_service.conversation.sources import Sources

Act = Callable[[Sources, Call], Acted]
_Run = Callable[[CollectingDispatcher, Tracker, Any], Awaitable[list[dict[str, Any]]]]

ACTIONS: dict[str, Act] = {
    "action_answer_question": questions.answer,
    "action_choose_option": questions.choose_option,
    "action_feedback_helped": questions.helped,
    "action_feedback_not_helped": questions.not_helped,
    "action_offer_request": request_form.offer,
    "validate_disclosure_form": form_validation.validate,
    "action_submit_disclosure_form": request_form.submit,
    "action_cancel_disclosure_form": request_form.cancel,
    "action_track_request": doors.track_request,
    "action_talk_to_person": doors.talk_to_person,
    "action_complaint_doors": doors.show_complaint_doors,
}


def executor(parts: ActionParts) -> ActionExecutor:
    made = ActionExecutor()
    for name, act in ACTIONS.items():
        made.register_function(name, _in_threads(parts, act))
    return made


def _in_threads(parts: ActionParts, act: Act) -> _Run:
    """As the executor calls it; the work itself blocks, so it runs in the parts' threads."""

    async def run(
        dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Any
    ) -> list[dict[str, Any]]:
        acted = await parts.threads.run(act, parts.sources, Call.of(tracker))
        if acted.said.replies:
            dispatcher.utter_message(json_message=_custom(acted))
        return acted.events

    return run


def _custom(acted: Acted) -> dict[str, Any]:
    """Typed parts travel through Rasa untouched; the ids lead staff to the reasons."""
    return {"parts": to_json(acted.said.replies), "answers": list(acted.said.answers)}
