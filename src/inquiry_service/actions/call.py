"""One call of Rasa as an action sees it, and what the action gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from inquiry_service.conversation.replies import Reply, Text
from inquiry_service.conversation.speaking import Said


@dataclass(frozen=True, slots=True)
class Call:
    """The conversation, the last message, and the form as far as it is filled.

    `candidates` are the slots that Rasa filled from this message and wants judged. `fresh` is
    False when Rasa comes back to a form after another action answered the message.
    """

    conversation_id: str
    text: str
    slots: Mapping[str, Any] = field(default_factory=dict)
    candidates: Mapping[str, Any] = field(default_factory=dict)
    requested_slot: str | None = None
    in_form: bool = False
    fresh: bool = True

    @classmethod
    def of(cls, tracker: Tracker) -> "Call":
        return cls(
            conversation_id=tracker.sender_id,
            text=str(tracker.latest_message.get("text") or ""),
            slots=dict(tracker.slots),
            candidates={
                name: value
                for name, value in tracker.slots_to_validate().items()
                if name != "requested_slot" and value is not None
            },
            requested_slot=tracker.slots.get("requested_slot"),
            in_form=tracker.active_loop_name is not None,
            fresh=not _rejected_since_last_message(tracker),
        )


def _rejected_since_last_message(tracker: Tracker) -> bool:
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "action_execution_rejected":
            return True
    return False


@dataclass(frozen=True, slots=True)
class Acted:
    """What is said, and which slots change."""

    said: Said = field(default_factory=lambda: Said(()))
    slots: Mapping[str, Any] = field(default_factory=dict)

    @property
    def events(self) -> list[dict[str, Any]]:
        return [SlotSet(name, value) for name, value in self.slots.items()]


def text(sentence: str) -> tuple[Reply, ...]:
    return (Text(sentence),)
