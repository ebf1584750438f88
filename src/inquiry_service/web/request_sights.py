"""What a description looks like besides a request, with a way to the right door here. Pure."""

from dataclasses import dataclass

from inquiry_service.disclosure.advice.triage import Kind, look_at

_WAYS = {Kind.QUESTION: ("/chat", "去问一问")}


@dataclass(frozen=True, slots=True)
class Told:
    """One sight in plain words; `way` is an address of ours, empty when the door is elsewhere."""

    sentence: str
    article: str
    way: str
    way_label: str


def sights(description: str) -> list[Told]:
    """Every sentence says that the request may still be filed; nothing is refused here."""
    return [
        Told(sight.sentence, sight.article, *_WAYS.get(sight.kind, ("", "")))
        for sight in look_at(description)
    ]
