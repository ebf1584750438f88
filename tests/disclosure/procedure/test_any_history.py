"""No sequence of allowed events leads to an impossible state.

10,000 generated histories: 1,500 of whole procedures here (1,200 walks under the invariants, 300
under the refusals), and 8,500 of the clock in `test_any_due_date`, whose docstring counts them.
The invariants read the plain list of what happened, never the position that allowed it.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inquiry_service.calendar import WorkingCalendar
from inquiry_service.disclosure.rules import events as happened
from inquiry_service.disclosure.rules.clock import due
from inquiry_service.disclosure.rules.events import EVENT_TYPES, Event
from inquiry_service.disclosure.rules.lawful import Procedure, allowed_now, check
from inquiry_service.disclosure.rules.outcomes import outcome_of
from inquiry_service.disclosure.rules.position import BESIDE, Stage, day_of, position_of
from inquiry_service.disclosure.rules.recorded import Recorded
from inquiry_service.disclosure.rules.transitions import TABLE
from inquiry_service.errors import StepNotAllowed
from inquiry_service.moments import local_day
from wandering import FIRST_DAY, Draws, Walk, seen_on, walk

TOLD = st.binary(min_size=150, max_size=150)
ENDS = (happened.ReplySent, happened.AnsweredOnSpot, happened.Withdrawn)
AFTER_THE_END = (
    happened.FileAdded,
    happened.LetterDrafted,
    happened.LetterReturned,
    happened.LetterDiscarded,
    happened.LetterApproved,
    happened.LetterSent,
    happened.Archived,
    happened.ComplaintReceived,
    happened.ReviewOpened,
    happened.ReviewDecided,
    happened.LegalHoldSet,
    happened.LegalHoldLifted,
    happened.IdentityShown,
    happened.CaseExported,
    happened.PublicationDecided,
    happened.InformationPublished,
    happened.PublicationDropped,
    happened.CaseErased,
)
OF_LETTERS = (
    happened.LetterDrafted,
    happened.LetterReturned,
    happened.LetterDiscarded,
    happened.LetterApproved,
    happened.LetterSent,
    happened.ReplyDrafted,
    happened.SecrecyReviewed,
    happened.LegalChecked,
    happened.ReplyApproved,
    happened.ReplyReturned,
    happened.ReplySent,
)
AFTER_ERASURE = happened.ReviewOpened | happened.ReviewDecided | happened.CaseExported

pytestmark = pytest.mark.thorough
WITHOUT_ARTICLE = {
    happened.FileAdded,
    happened.DueRecomputed,
    happened.LetterReturned,
    happened.LetterDiscarded,
    happened.Withdrawn,
    happened.LegalHoldSet,
    happened.LegalHoldLifted,
}
"""What the house keeps for itself: the law says nothing of files, holds and taking back."""


def thorough(examples: int) -> Callable[..., object]:
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )


# ---- the invariants: each reads the list and says what is impossible about it --------------------

Found = Iterator[str]
History = Sequence[Recorded]


def counted(history: History) -> Found:
    """Once only, and an extension once in each limit."""
    kinds = Counter(type(r.event) for r in history)
    for once in (
        happened.Filed,
        happened.ReceiptConfirmed,
        happened.Registered,
        happened.CorrectionAsked,
        happened.CorrectedRequestReceived,
        happened.ReasonsAsked,
        happened.FeeNoticed,
        happened.FeePaid,
        happened.Archived,
        happened.CaseErased,
    ):
        if kinds[once] > 1:
            yield f"{once.__name__} happened {kinds[once]} times"
    if sum(kinds[end] for end in ENDS) > 1:
        yield "it ended twice"
    extended = 0
    for r in history:
        if isinstance(r.event, happened.CorrectedRequestReceived | happened.FeePaid):
            extended = 0
        if isinstance(r.event, happened.DeadlineExtended):
            extended += 1
            if extended > 1 or not 1 <= r.event.days <= 20:
                yield f"extension {extended} of one limit, by {r.event.days} days"


def dated(history: History) -> Found:
    """No fact before an earlier step, none in the future of its recording."""
    latest = date.min
    for r in history:
        day = day_of(r.event)
        if day is None:
            continue
        if day < latest or day > local_day(r.at):
            yield f"{type(r.event).__name__} is dated {day}"
        latest = latest if isinstance(r.event, BESIDE) else day


def received(history: History) -> Found:
    """Work begins with receipt; what was said aloud was read back before it."""
    kinds = [type(r.event) for r in history]
    first = history[0].event
    if happened.Registered in kinds and happened.ReceiptConfirmed not in kinds:
        yield "registered without receipt"
    spoken = isinstance(first, happened.Filed) and first.channel == "oral"
    if happened.ReceiptConfirmed in kinds:
        before = kinds[: kinds.index(happened.ReceiptConfirmed)]
        if spoken and happened.ReadBackConfirmed not in before:
            yield "received aloud and not read back"
        event = history[kinds.index(happened.ReceiptConfirmed)].event
        arrived = first.arrived if isinstance(first, happened.Filed) else None
        if isinstance(event, happened.ReceiptConfirmed) and arrived and event.received < arrived:
            yield "received before it arrived"


def consulted(history: History) -> Found:
    """Everybody answers whoever was asked, no reply is under way while somebody is asked."""
    asked: dict[tuple[bool, str], happened.ThirdPartyConsulted | happened.AgencyConsulted] = {}
    for r in history:
        event = r.event
        match event:
            case happened.ThirdPartyConsulted() | happened.AgencyConsulted():
                who = (isinstance(event, happened.ThirdPartyConsulted), event.party)
                if who in asked:
                    yield f"{who} is asked twice at the same time"
                asked[who] = event
            case happened.ThirdPartyAnswered() | happened.AgencyAnswered():
                who = (isinstance(event, happened.ThirdPartyAnswered), event.party)
                since = asked.pop(who, None)
                if since is None:
                    yield f"{who} answered unasked"
                elif event.opinion == "silent" and not _had_time(since, event.on):
                    yield f"{who} was silent on {event.on} after {since}"
            case happened.ReplyDrafted() | happened.ReplySent() | happened.AnsweredOnSpot():
                if asked:
                    yield f"a reply while {asked} are asked"
            case _:
                pass
    position = position_of(history)
    if position.open and (position.stage is Stage.CONSULTING) != bool(asked):
        yield f"{position.stage} with {asked} asked"


def _had_time(asked: happened.ThirdPartyConsulted | happened.AgencyConsulted, on: date) -> bool:
    """Fifteen working days are more than fifteen days; an agency concerned has its letter's day."""
    if isinstance(asked, happened.AgencyConsulted) and asked.relation == "other":
        return asked.until is None or on > asked.until > asked.on
    return (on - asked.on).days > 15


def answered(history: History) -> Found:
    """A reply was reviewed, checked and approved after it was last written, each by another."""
    events = [r.event for r in history]
    for place, event in enumerate(events):
        if not isinstance(event, happened.ReplySent):
            continue
        written = [
            n
            for n, e in enumerate(events[:place])
            if isinstance(e, happened.ReplyDrafted) and e.letter == event.letter
        ]
        writers = {history[n].actor for n in written}
        last = events[written[-1]]
        if isinstance(last, happened.ReplyDrafted) and last.outcome_code != event.outcome_code:
            yield "another outcome was sent than was drafted"
        after = history[written[-1] : place]
        for kind in (happened.SecrecyReviewed, happened.LegalChecked, happened.ReplyApproved):
            by = [r for r in after if isinstance(r.event, kind) and r.event.letter == event.letter]
            if not by:
                yield f"replied without {kind.__name__}"
            if any(r.actor in writers for r in by):
                yield f"{kind.__name__} by a writer"
            if kind is happened.ReplyApproved and any(local_day(r.at) > event.on for r in by):
                yield "sent before it was approved"
        if not any(isinstance(r.event, happened.LetterSent) for r in after):
            yield "replied without a letter that left"


def ended_lawfully(history: History) -> Found:
    """Every outcome that was written fits the matter and had its precondition."""
    first = history[0].event
    matter = first.matter if isinstance(first, happened.Filed) else "request"
    search, kinds = None, set[type[Event]]()
    for r in history:
        match r.event:
            case happened.SearchRecorded(found=found):
                search = found
            case (
                happened.ReplyDrafted(outcome_code=code)
                | happened.AnsweredOnSpot(outcome_code=code)
            ):
                outcome = outcome_of(code)
                if outcome is None or outcome.matter != matter:
                    yield f"{code} for a {matter}"
                elif outcome.after is not None and outcome.after not in kinds:
                    yield f"{code} without {outcome.after.__name__}"
                if code == "NOT_HELD" and search is not False:
                    yield "not held, but found or not looked for"
            case _:
                pass
        kinds.add(type(r.event))


def waited_for(history: History) -> Found:
    """While a correction or fee is awaited only the ending of not getting it, and in its time.

    Whoever asked for reasons may answer all the same, and refuse only when the time is over.
    """
    awaiting, until = "", None
    for r in history:
        match r.event:
            case happened.CorrectionAsked(until=u):
                awaiting, until = "NO_CORRECTION", u
            case happened.ReasonsAsked(until=u):
                awaiting, until = "EXCESSIVE", u
            case happened.FeeNoticed(until=u):
                awaiting, until = "FEE_UNPAID", u
            case happened.CorrectedRequestReceived() | happened.ReasonsGiven() | happened.FeePaid():
                awaiting, until = "", None
            case happened.ReplyDrafted(outcome_code=code):
                holding = awaiting in ("NO_CORRECTION", "FEE_UNPAID")
                if code != awaiting and (holding or code in ("NO_CORRECTION", "FEE_UNPAID")):
                    yield f"{code} while {awaiting or 'nothing'} is awaited"
                if code == awaiting and until is not None and local_day(r.at) <= until:
                    yield f"{code} although they had until {until}"
            case _:
                pass


def letters(history: History) -> Found:
    """Approved by another, never written again, sent once and as approved."""
    writers: dict[str, set[str]] = {}
    approved_on: dict[str, date] = {}
    sent: set[str] = set()
    for r in history:
        match r.event:
            case happened.LetterDrafted(letter=name) | happened.ReplyDrafted(letter=name):
                if name in approved_on:
                    yield f"letter {name} was written again after approval"
                writers.setdefault(name, set()).add(r.actor)
            case happened.LetterApproved(letter=name) | happened.ReplyApproved(letter=name):
                if name in approved_on or r.actor in writers.get(name, {r.actor}):
                    yield f"letter {name} approved by {r.actor}"
                approved_on[name] = local_day(r.at)
            case happened.LetterSent(letter=name, on=on):
                if name in sent or on < approved_on.get(name, date.max):
                    yield f"letter {name} left on {on}"
                sent.add(name)
            case _:
                pass


def discarded(history: History) -> Found:
    """What was written and has not left; nothing happens to it any more."""
    written, gone = set[str](), set[str]()
    for r in history:
        name = getattr(r.event, "letter", "")
        if name in gone and isinstance(r.event, OF_LETTERS):
            yield f"{type(r.event).__name__} of a letter that was discarded"
        match r.event:
            case happened.LetterDrafted() | happened.ReplyDrafted():
                written.add(name)
            case happened.LetterDiscarded():
                if name not in written:
                    yield f"letter {name} was discarded and never written"
                gone.add(name)
            case _:
                pass


def limits(history: History) -> Found:
    """Nothing was asked or extended after its time."""
    calendar = _CALENDAR[0]
    start: date | None = None
    for n, r in enumerate(history):
        match r.event:
            case (
                happened.ReceiptConfirmed(received=day) | happened.CorrectedRequestReceived(on=day)
            ):
                start = day
            case happened.FeePaid(on=day):
                start = day
            case happened.CorrectionAsked(on=on) if start is not None:
                if on > calendar.add_working_days(start, 7).day:
                    yield f"correction asked on {on}, received on {start}"
            case happened.DeadlineExtended(on=on) | happened.LaterDateSet(on=on):
                before = due([one.event for one in history[:n]], calendar)
                if before is not None and on is not None and before.over(on):
                    yield f"the limit {before.due} was moved on {on}"
            case _:
                pass


def after_the_end(history: History) -> Found:
    """After an end only the facts of the end; after erasure only courts, organs and exports."""
    ended = erased = held = False
    for r in history:
        event = r.event
        if ended and not isinstance(event, AFTER_THE_END):
            yield f"{type(event).__name__} after the end"
        if erased and not isinstance(event, AFTER_ERASURE):
            yield f"{type(event).__name__} after erasure"
        if isinstance(event, happened.CaseErased) and held:
            yield "erased while it was held"
        if isinstance(event, happened.Archived | happened.CaseErased) and not ended:
            yield f"{type(event).__name__} before the end"
        if isinstance(event, happened.LegalHoldSet | happened.LegalHoldLifted):
            held = isinstance(event, happened.LegalHoldSet)
        ended = ended or isinstance(event, ENDS)
        erased = erased or isinstance(event, happened.CaseErased)


def reviewed(history: History) -> Found:
    """Each review is opened once and decided once, and nothing is closed while one is pending."""
    pending, known = set[str](), set[str]()
    for r in history:
        match r.event:
            case happened.ReviewOpened(review=name):
                if name in known:
                    yield f"review {name} opened twice"
                pending.add(name)
                known.add(name)
            case happened.ReviewDecided(review=name):
                if name not in pending:
                    yield f"review {name} decided twice, or never opened"
                pending.discard(name)
            case happened.Archived() | happened.CaseErased():
                if pending:
                    yield f"closed while {pending} is pending"
            case _:
                pass


def clock_and_stage(history: History) -> Found:
    """There is a due date exactly while a limit runs, and it is a working day."""
    calendar, events = _CALENDAR[0], [r.event for r in history]
    running, limited = False, False
    for event in events:
        match event:
            case happened.Filed(matter=matter):
                limited = matter == "request"
            case happened.ReceiptConfirmed() | happened.CorrectedRequestReceived():
                running = True
            case happened.FeePaid():
                running = True
            case happened.CorrectionAsked() | happened.FeeNoticed():
                running = False
            case _:
                pass
    found = due(events, calendar)
    if (found is not None) != (running and limited):
        yield f"due {found}, although running {running} and limited {limited}"
    if found is not None and not calendar.judge(found.due).counts:
        yield f"due on the rest day {found.due}"


INVARIANTS = (
    counted,
    dated,
    received,
    consulted,
    answered,
    ended_lawfully,
    waited_for,
    letters,
    discarded,
    limits,
    after_the_end,
    reviewed,
    clock_and_stage,
)
_CALENDAR: list[WorkingCalendar] = []


@pytest.fixture(autouse=True)
def _calendar_of_the_invariants(calendar: WorkingCalendar) -> None:
    _CALENDAR[:] = [calendar]


@thorough(1_200)
@given(TOLD, st.booleans())
def test_no_sequence_of_allowed_events_leads_to_an_impossible_state(
    calendar: WorkingCalendar, told: bytes, fees: bool
) -> None:
    wandered = walk(Procedure(calendar, fees=fees), told)
    history = wandered.history
    impossible = [fault for invariant in INVARIANTS for fault in invariant(history)]
    assert impossible == [], [r.event for r in history]
    assert wandered.position == position_of(history)


@thorough(300)
@given(TOLD, st.integers(0, 149))
def test_what_the_stage_does_not_allow_is_refused_with_its_rule_and_article(
    calendar: WorkingCalendar, told: bytes, length: int
) -> None:
    wandered = walk(Procedure(calendar), told[:length])
    articles = {rule.event: rule.article for rule in TABLE}
    for kind in set(EVENT_TYPES.values()) - allowed_now(wandered.position):
        with pytest.raises(StepNotAllowed) as refused:
            check(
                wandered.procedure,
                wandered.history,
                wandered.drawn(kind),
                actor="head",
                today=wandered.today + timedelta(days=400),
            )
        assert refused.value.rule
        assert refused.value.article == articles[kind]
    for event, refusal in wandered.refused:
        assert refusal.rule, event
        assert refusal.rule in refusal.message


def test_every_kind_of_event_has_one_row_and_names_the_article_where_the_law_has_one() -> None:
    assert len(TABLE) == len(EVENT_TYPES)
    assert {rule.event for rule in TABLE} == set(EVENT_TYPES.values())
    assert {rule.event for rule in TABLE if not rule.article} == WITHOUT_ARTICLE


def test_the_walks_come_to_every_stage_and_try_every_event(calendar: WorkingCalendar) -> None:
    dice = Random(31)
    walks = [walk(Procedure(calendar, fees=n % 2 == 0), dice.randbytes(150)) for n in range(250)]
    kinds, stages = seen_on(walks)
    assert set(kinds) == set(EVENT_TYPES)
    assert set(stages) == {stage.name for stage in Stage}
    assert kinds["ReplySent"] > 30


def test_a_walk_is_the_same_every_time(calendar: WorkingCalendar) -> None:
    told = Random(7).randbytes(150)
    first, second = (walk(Procedure(calendar), told) for _ in range(2))
    assert first.history == second.history
    assert Walk(Procedure(calendar), Draws(iter(b""))).today == FIRST_DAY
