"""Why a question was answered as it was: the record, explained for staff."""

from inquiry_service.answering.replaying import why_recorded
from inquiry_service.answering.why import Explanation
from inquiry_service.desk.parts import DeskParts


def explained(parts: DeskParts, answer_id: str) -> Explanation:
    """The record with this id, replayed on the index in use. Raises `NotFound`."""
    talks = parts.conversations
    return why_recorded(talks.database, talks.engine.current, answer_id)
