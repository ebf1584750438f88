"""The ways to people, and to a request that was filed before."""

from inquiry_service.actions.call import Acted, Call
from inquiry_service.conversation import wording
from inquiry_service.conversation.replies import Text
from inquiry_service.conversation.sources import Sources
from inquiry_service.conversation.speaking import Said, complaint_doors, ways_to_a_person


def talk_to_person(_sources: Sources, _call: Call) -> Acted:
    """`action_talk_to_person`."""
    return Acted(Said(ways_to_a_person()))


def show_complaint_doors(_sources: Sources, _call: Call) -> Acted:
    """`action_complaint_doors`."""
    return Acted(Said(complaint_doors()))


def track_request(_sources: Sources, _call: Call) -> Acted:
    """`action_track_request`: numbers and codes are read before Rasa, so none was given yet."""
    return Acted(Said((Text(wording.ASK_NUMBER),)))
