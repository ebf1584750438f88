"""From what was found to what is said: an answer as parts of a reply, and the ways on."""

from dataclasses import dataclass

from inquiry_service.answering.answer import Answer, Status
from inquiry_service.answering.answer import Choice as Reading
from inquiry_service.answering.answer import Citation as Source
from inquiry_service.conversation import wording
from inquiry_service.conversation.replies import Choices, Citation, Link, Option, Reply, Text
from inquiry_service.disclosure.looking.following import Following
from inquiry_service.disclosure.rules.progress import shown

FORM_PATH = "/requests/new"


@dataclass(frozen=True, slots=True)
class Said:
    """What is said in one turn, and the ids of the answer records behind it.

    `asked` names the question of the request form with which the turn ends.
    """

    replies: tuple[Reply, ...]
    answers: tuple[str, ...] = ()
    asked: str | None = None


def speak(answer: Answer, *, form_url: str = FORM_PATH, feedback: bool = True) -> tuple[Reply, ...]:
    """The parts for one answer.

    `form_url` opens the request form filled in with what was not found; `feedback` asks whether it
    helped, which must not be in the way of something else that is being asked.
    """
    match answer.status:
        case Status.ANSWERED:
            told = _each(answer) if answer.parts else _quoted(answer)
            request = (Link(wording.FORM_LINK_PART, form_url),) if answer.not_found else ()
            return (*told, *request, *_newer(answer), *((_rating(),) if feedback else ()))
        case Status.CLARIFY:
            return (Choices(answer.message, _options(answer.choices)),)
        case Status.UNMATCHED:
            return _unmatched(answer, form_url)
        case Status.FAILED | Status.OUT_OF_SCOPE:
            return (Text(answer.message), Link(wording.FORM_LINK, FORM_PATH))
        case _:
            return (Text(answer.message),)


def _quoted(answer: Answer) -> tuple[Reply, ...]:
    first, *others = answer.citations
    message = (Text(answer.message),) if answer.message else ()
    more = (Link(wording.MORE_SOURCE.format(title=other.title), other.url) for other in others)
    return (*message, _cited(answer.quote or "", first), *more)


def _each(answer: Answer) -> tuple[Reply, ...]:
    """Several things were asked: each with its own quote, or told that it was not found."""
    told: list[Reply] = [Text(answer.message)]
    for number, part in enumerate(answer.parts, 1):
        facts = {"number": number, "question": part.question, "message": part.message}
        told.append(Text(wording.PART.format(**facts)))
        if part.quote is not None and part.citation is not None:
            told.append(_cited(part.quote, part.citation))
    return tuple(told)


def _cited(quote: str, source: Source) -> Citation:
    return Citation(
        quote=quote,
        source_line=source_line(source),
        url=source.url,
        passage=source.passage,
        note=_note(source),
    )


def _newer(answer: Answer) -> tuple[Reply, ...]:
    return tuple(Link(wording.NEWER.format(title=one.title), one.url) for one in answer.newer)


def source_line(source: Source) -> str:
    """Title, number or year, and the place within, as one line."""
    number = source.document_number or (f"{source.year}年" if source.year else "")
    numbered = f"《{source.title}》（{number}）" if number else f"《{source.title}》"
    return " › ".join((numbered, *source.path))


def _note(source: Source) -> str:
    digest = wording.DIGEST_NOTE if source.digest else ""
    return "；".join(filter(None, (wording.VALIDITY_NOTES.get(source.status, ""), digest)))


def _rating() -> Choices:
    options = (wording.FEEDBACK_YES, wording.FEEDBACK_NO)
    return Choices(wording.FEEDBACK, tuple(Option(label, label) for label in options))


def _options(readings: tuple[Reading, ...]) -> tuple[Option, ...]:
    return tuple(Option(reading.label, reading.question) for reading in readings)


def _unmatched(answer: Answer, form_url: str) -> tuple[Reply, ...]:
    nearest = (Choices(wording.NEAREST, _options(answer.nearest)),) if answer.nearest else ()
    return (Text(answer.message), *nearest, Link(wording.FORM_LINK_PREFILLED, form_url))


def form_offer(form_url: str) -> tuple[Reply, ...]:
    return (Text(wording.FORM_OFFER), Link(wording.FORM_LINK, form_url))


def ways_to_a_person() -> tuple[Reply, ...]:
    """No telephone number is known to the service but the public hotline."""
    return (Text(wording.PERSON), Link(wording.FORM_LINK, FORM_PATH))


def complaint_doors() -> tuple[Reply, ...]:
    """The right doors first; the request form stays open (条例 39 leaves petitions to others)."""
    return (Text(wording.COMPLAINT), Link(wording.FORM_LINK, FORM_PATH))


def choose_again(choices: Choices) -> tuple[Reply, ...]:
    """A position was named that the last choices do not have."""
    available = len(choices.options)
    sentence = wording.CHOOSE_AGAIN if available > 1 else wording.CHOOSE_AGAIN_OF_ONE
    return (Choices(sentence.format(available=available), choices.options),)


def speak_following(following: Following) -> tuple[Reply, ...]:
    """Where a request stands. The reply itself may name persons: it is read on its own page."""
    state = wording.FOLLOW_STATE.format(number=following.number, state=following.state_label)
    reply = following.reply
    outcome = (
        (wording.FOLLOW_REPLY.format(outcome=reply.outcome_label, day=shown(reply.on)),)
        if reply
        else ()
    )
    told = "\n".join((state, *following.sentences, *outcome))
    return (Text(told), Link(wording.FOLLOW_LINK, f"/requests/{following.number}"))
