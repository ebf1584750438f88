"""From what was found to what is said: an answer or a request's state as parts of a reply."""

from dataclasses import dataclass

from inquiry_service.conversation.replies import Reply


@dataclass(frozen=True, slots=True)
class Said:
    """What is said in one turn, and the ids of the answer records behind it."""

    replies: tuple[Reply, ...]
    answers: tuple[str, ...] = ()
