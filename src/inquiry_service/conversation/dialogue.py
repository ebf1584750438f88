"""The dialogue port and its two implementations, under one name."""

from inquiry_service.conversation.direct import DirectDialogue
from inquiry_service.conversation.port import Dialogue, DialogueUnavailable, State
from inquiry_service.conversation.rasa import RasaDialogue

__all__ = ["Dialogue", "DialogueUnavailable", "DirectDialogue", "RasaDialogue", "State"]
