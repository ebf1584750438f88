"""`validate_disclosure_form`: is it the answer to what was asked, a correction, or a question?

Returning None for the requested slot makes Rasa ask for it again, after what is said here.
"""

from collections.abc import Callable
from datetime import date

from inquiry_service.actions import form_rules as rules
from inquiry_service.actions import wording
from inquiry_service.actions.call import Acted, Call
from inquiry_service.actions.request_form import drafted
from inquiry_service.answering.answer import Status
from inquiry_service.answering.asking import MAX_QUESTION
from inquiry_service.conversation.answers import answer_question, look_up
from inquiry_service.conversation.phrasing import asks
from inquiry_service.conversation.replies import Reply, Text
from inquiry_service.conversation.sources import Sources
from inquiry_service.conversation.speaking import Said
from inquiry_service.conversation.unfinished import keep_form
from inquiry_service.knowledge.expressions.references import find_years
from inquiry_service.moments import local_day


def validate(sources: Sources, call: Call) -> Acted:
    """Judge the message, and keep what the form holds by now."""
    acted = _judged(sources, call)
    # A candidate that was not judged yet is no part of the form.
    held = {**call.slots, **dict.fromkeys(call.candidates), **acted.slots}
    keep_form(sources, call.conversation_id, drafted(held))
    return acted


def _judged(sources: Sources, call: Call) -> Acted:
    asked = call.requested_slot
    if asked is None or asked not in call.candidates:
        # The form begins with what was known already, or comes back after another action.
        return Acted(slots=_rescued(call) or call.candidates)
    today = local_day(sources.clock())
    changed = rules.corrections_in(call.text, today, unnamed=asked == rules.CONFIRMED)
    if changed:
        return Acted(Said(_changes(changed)), {asked: None, **changed})
    return _READERS[asked](sources, call, today)


def _rescued(call: Call) -> dict[str, str]:
    """A wish that was taken for something else, such as a complaint, is still a description."""
    wished = call.fresh and call.requested_slot == rules.DESCRIPTION and rules.wishes(call.text)
    description = rules.description_in(call.text) if wished and not asks(call.text) else None
    return {rules.DESCRIPTION: description} if description else {}


def _changes(changed: dict[str, str]) -> tuple[Reply, ...]:
    return tuple(
        Text(wording.CHANGED.format(field=wording.FIELD_NAMES[slot], value=value))
        for slot, value in changed.items()
    )


def _description(sources: Sources, call: Call, _today: date) -> Acted:
    """A question that published texts answer is a question; any other one tells what is wanted.

    So does a text too long to be asked.
    """
    description = rules.description_in(call.text)
    if description is None:
        return _again(rules.DESCRIPTION, wording.NEED_DESCRIPTION)
    told = len(call.text) > MAX_QUESTION or rules.wishes(call.text)
    if told or not asks(call.text):
        return Acted(slots={rules.DESCRIPTION: description})
    if look_up(sources, call.text).status is Status.UNMATCHED:
        return Acted(slots={rules.DESCRIPTION: description})
    return _digression(sources, call, rules.DESCRIPTION, Text(wording.OR_WANTED))


def _period(sources: Sources, call: Call, today: date) -> Acted:
    wish = rules.new_wish_in(call.text)
    if wish:
        years = find_years(call.text, today)
        changed = {rules.DESCRIPTION: wish}
        period = f"{years[0]}年" if len(years) == 1 else None
        return Acted(Said(_changes(changed)), {**changed, rules.PERIOD: period})
    return _read(sources, call, rules.PERIOD, rules.period_in(call.text, today))


def _supply(sources: Sources, call: Call, _today: date) -> Acted:
    return _read(sources, call, rules.SUPPLY, rules.supply_form_in(call.text))


def _receive(sources: Sources, call: Call, _today: date) -> Acted:
    return _read(sources, call, rules.RECEIVE, rules.receive_by_in(call.text))


def _confirmation(sources: Sources, call: Call, _today: date) -> Acted:
    confirmed = rules.confirmed_in(call.text)
    if confirmed is False:
        return _again(rules.CONFIRMED, wording.WHAT_TO_CHANGE)
    return _read(sources, call, rules.CONFIRMED, confirmed)


def _read(sources: Sources, call: Call, slot: str, value: str | bool | None) -> Acted:
    if value is not None:
        return Acted(slots={slot: value})
    if asks(call.text):
        return _digression(sources, call, slot)
    return _again(slot, _HINTS[slot])


def _again(slot: str, hint: str) -> Acted:
    return Acted(Said((Text(hint),)), {slot: None})


def _digression(sources: Sources, call: Call, slot: str, *notes: Reply) -> Acted:
    said = answer_question(sources, call.conversation_id, call.text, feedback=False)
    replies = (*said.replies, *notes, Text(wording.BACK_TO_FORM))
    return Acted(Said(replies, said.answers), {slot: None})


_HINTS = {
    rules.PERIOD: wording.NEED_PERIOD,
    rules.SUPPLY: wording.NEED_SUPPLY,
    rules.RECEIVE: wording.NEED_RECEIVE,
    rules.CONFIRMED: wording.NEED_CONFIRMATION,
}
_READERS: dict[str, Callable[[Sources, Call, date], Acted]] = {
    rules.DESCRIPTION: _description,
    rules.PERIOD: _period,
    rules.SUPPLY: _supply,
    rules.RECEIVE: _receive,
    rules.CONFIRMED: _confirmation,
}
