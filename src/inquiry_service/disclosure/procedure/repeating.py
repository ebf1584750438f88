"""The very same sent again: whoever got no answer sends once more, and nothing is recorded twice.

Only for the applicant, whose connection may break: staff see what they did, and their form names
the version of the case that it is for.
"""

from inquiry_service.disclosure.procedure.case_file import APPLICANT, CaseFile
from inquiry_service.disclosure.rules.events import ComplaintReceived, Event, ReasonsGiven
from inquiry_service.disclosure.rules.position import Position, moved
from inquiry_service.disclosure.texts import texts_of


def brought_before(case: CaseFile, kind: type[Event]) -> bool:
    """Whether the applicant, who acts, has had such a step already: one that comes only once."""
    return case.by == APPLICANT and case.position.has(kind)


def said_before(case: CaseFile, kind: type[ComplaintReceived | ReasonsGiven], text: str) -> bool:
    """Whether it came in these very words.

    A complaint may be made again: in the same words it is the same only on the same day, and only
    until the request has moved on.
    """
    if not brought_before(case, kind):
        return False
    texts = texts_of(case.connection, case.office.seals, case.number)
    same = {one.text_id for one in texts if one.text == text}
    return any(event.text in same for event in _still_counting(case) if isinstance(event, kind))


def _still_counting(case: CaseFile) -> list[Event]:
    """The history without the complaints that are old by now."""
    position, since = Position(), 0
    for place, recorded in enumerate(case.history):
        after = moved(position, recorded.event, recorded.actor)
        since = place if after.stage is not position.stage else since
        position = after
    return [
        recorded.event
        for place, recorded in enumerate(case.history)
        if not isinstance(recorded.event, ComplaintReceived)
        or (place >= since and recorded.event.on == case.today)
    ]
