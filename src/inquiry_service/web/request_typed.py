"""What an applicant may do on the page of a request, and the fields that each act types."""

from starlette.datastructures import FormData

from inquiry_service.disclosure.looking.following import Following
from inquiry_service.disclosure.rules.progress import State

CORRECTION = ("description", "document_number", "period")
FIELDS = (*CORRECTION, "reasons", "complaint")
LONGEST = 2000
"""Characters of reasons or a complaint, as of a description."""

_OVER = (State.REPLIED, State.WITHDRAWN)
_ONLY_WHILE = {State.AWAITING_CORRECTION: "correction", State.AWAITING_REASONS: "reasons"}


def offered(following: Following) -> frozenset[str]:
    """The acts whose forms the page shows: correction and reasons only while they are asked for."""
    acts = {"complaint"}  # 条例第四十七条、第五十一条: at any time
    if following.state not in _OVER:
        acts |= {"materials", "withdrawal"}
    if following.state in _ONLY_WHILE:
        acts.add(_ONLY_WHILE[following.state])
    return frozenset(acts)


def prefilled(following: Following) -> dict[str, str]:
    """What was said before, to be corrected."""
    return {name: str(getattr(following.application, name)) for name in CORRECTION}


def typed_in(form: FormData) -> dict[str, str]:
    """What was typed on the page, whichever of its forms was sent."""
    values = {name: form.get(name) for name in FIELDS}
    return {name: value for name, value in values.items() if isinstance(value, str) and value}
