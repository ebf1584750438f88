"""What its page and the API tell of a request that is followed, besides what it says itself."""

from datetime import date

from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.looking.following import Following
from inquiry_service.disclosure.looking.letters_seen import LetterSeen
from inquiry_service.disclosure.looking.replies import ReplyGiven
from inquiry_service.web.request_next import next_step

_ROUTE_LINE = "网上申请行政复议的渠道："


def next_of(following: Following, today: date) -> str:
    """What happens next, and by when."""
    return next_step(
        following.state,
        following.due,
        until=following.until,
        remedy=following.reply.remedy if following.reply else None,
        today=today,
    )


def online_route(following: Following) -> str:
    """Where to apply for reconsideration online, when the reply was served so (行政复议法22)."""
    return _content(following, LetterKind.REPLY).get("online_route", "")


def what_to_correct(following: Following) -> str:
    """The items of the correction notice (条例第三十条); empty without one."""
    return _content(following, LetterKind.CORRECTION).get("what_to_correct", "")


def said_in(reply: ReplyGiven) -> str:
    """The reply without the lines that stand beside its remedy on the page."""
    lines = reply.text.split("\n")
    return "\n".join(line for line in lines if not line.startswith(_ROUTE_LINE)).strip()


def _content(following: Following, kind: LetterKind) -> dict[str, str]:
    of_kind: list[LetterSeen] = [one for one in following.letters if one.kind is kind]
    return of_kind[-1].content if of_kind else {}
