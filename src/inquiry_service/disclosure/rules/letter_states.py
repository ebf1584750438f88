"""What has become of each letter: written, approved, sent, discarded. Pure."""

from dataclasses import dataclass, replace

from inquiry_service.disclosure.rules import events as happened
from inquiry_service.disclosure.rules.events import Event

REPLY = "reply"
"""The kind of letter that ends a request, see `letters.kinds`."""


@dataclass(frozen=True, slots=True)
class Letter:
    """How far a letter is; `writers` are the logins of all who had a hand in it."""

    kind: str
    writers: frozenset[str]
    approved: bool = False
    sent: bool = False
    discarded: bool = False


Letters = tuple[tuple[str, Letter], ...]
"""In the order in which they were begun, by name."""


def letters_moved(letters: Letters, event: Event, actor: str) -> Letters:
    """The letters after one more event."""
    name = getattr(event, "letter", "")
    known = dict(letters)
    match event:
        case happened.LetterDrafted(kind=kind):
            known[name] = _written(known.get(name), kind, actor)
        case happened.ReplyDrafted():
            known[name] = _written(known.get(name), REPLY, actor)
        case happened.LetterApproved() | happened.ReplyApproved() if name in known:
            known[name] = replace(known[name], approved=True)
        case happened.LetterSent() if name in known:
            known[name] = replace(known[name], sent=True)
        case happened.LetterDiscarded() if name in known:
            known[name] = replace(known[name], discarded=True)
        case _:
            return letters
    return tuple(known.items())


def _written(before: Letter | None, kind: str, actor: str) -> Letter:
    return Letter(kind, (before.writers if before else frozenset()) | {actor})
