"""Each rule of the procedure at its edge: the last day on which it holds, and the day after."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from inquiry_service.calendar import WorkingCalendar
from inquiry_service.disclosure.rules import events as happened
from inquiry_service.disclosure.rules.clock import Reading, due
from inquiry_service.disclosure.rules.events import Event
from inquiry_service.disclosure.rules.lawful import Procedure, check
from inquiry_service.disclosure.rules.position import Position, Stage
from inquiry_service.disclosure.rules.recorded import Recorded
from inquiry_service.errors import StepNotAllowed

CLERK, HEAD = "clerk", "head"


def day(text: str) -> date:
    return date.fromisoformat(text)


class Course:
    """One request's course: facts on days, by persons, each through the gate."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.history: tuple[Recorded, ...] = ()
        self.position = Position()

    def goes(self, today: str, *events: Event, by: str = CLERK) -> "Course":
        for event in events:
            self.position = check(self.procedure, self.history, event, actor=by, today=day(today))
            at = datetime.combine(day(today), time(2), UTC)
            recorded = Recorded("YSQ-2026-00001", len(self.history) + 1, at, by, event)
            self.history = (*self.history, recorded)
        return self

    def refused(self, today: str, event: Event, by: str = CLERK) -> StepNotAllowed:
        with pytest.raises(StepNotAllowed) as refusal:
            check(self.procedure, self.history, event, actor=by, today=day(today))
        return refusal.value

    @property
    def due(self) -> str:
        found = due(
            [r.event for r in self.history], self.procedure.calendar, self.procedure.reading
        )
        return found.due.isoformat() if found else ""


def course(
    calendar: WorkingCalendar, received: str, *, matter: str = "request", **settled: object
) -> Course:
    """A registered request."""
    begun = Course(Procedure(calendar, **settled))  # type: ignore[arg-type]
    return begun.goes(
        received,
        happened.Filed("web", "0" * 64, matter=matter),
        happened.ReceiptConfirmed(day(received), "web"),
        happened.Registered(day(received)),
    )


@pytest.fixture
def march(calendar: WorkingCalendar) -> Course:
    """Received on Monday 2 March 2026, due on Monday 30 March."""
    return course(calendar, "2026-03-02")


# ---- 条例第三十条: correction ------------------------------------------------------------------


def test_a_correction_is_asked_within_seven_working_days_over_a_holiday(
    calendar: WorkingCalendar,
) -> None:
    """Received on 10 February: with the spring festival the seventh working day is the 26th."""
    spring = course(calendar, "2026-02-10")
    refusal = spring.refused("2026-02-27", happened.CorrectionAsked(day("2026-02-27")))
    assert "2026-02-26" in refusal.rule
    assert refusal.article == "条例第三十条"
    spring.goes("2026-02-26", happened.CorrectionAsked(day("2026-02-26")))
    assert spring.position.stage is Stage.AWAITING_CORRECTION
    assert spring.due == ""


def test_a_correction_is_asked_once_even_after_the_corrected_request(march: Course) -> None:
    march.goes("2026-03-04", happened.CorrectionAsked(day("2026-03-04")))
    march.goes("2026-03-16", happened.CorrectedRequestReceived(day("2026-03-16")))
    assert march.due == "2026-04-14"
    refusal = march.refused("2026-03-17", happened.CorrectionAsked(day("2026-03-17")))
    assert "一次性" in refusal.rule


def test_the_time_for_a_correction_lies_after_the_notice(march: Course) -> None:
    on = day("2026-03-04")
    march.refused("2026-03-04", happened.CorrectionAsked(on, until=on))
    march.goes("2026-03-04", happened.CorrectionAsked(on, until=day("2026-03-05")))


def test_no_correction_is_an_ending_from_the_day_after_the_time_given(march: Course) -> None:
    march.goes("2026-03-04", happened.CorrectionAsked(day("2026-03-04"), day("2026-03-20")))
    abandoned = happened.ReplyDrafted("a", "NO_CORRECTION", "")
    assert "2026-03-20" in march.refused("2026-03-20", abandoned).rule
    march.refused("2026-03-21", happened.ReplyDrafted("a", "GRANT_PROVIDE", ""))
    march.goes("2026-03-21", abandoned)


def test_what_waits_for_a_correction_is_not_granted_by_writing_the_draft_anew(
    march: Course,
) -> None:
    march.goes("2026-03-04", happened.CorrectionAsked(day("2026-03-04"), day("2026-03-20")))
    march.goes("2026-03-23", happened.ReplyDrafted("a", "NO_CORRECTION", ""))
    march.refused("2026-03-23", happened.ReplyDrafted("a", "GRANT_PROVIDE", ""))
    march.goes("2026-03-23", happened.ReplyDrafted("a", "NO_CORRECTION", ""))
    march.goes("2026-03-24", happened.ReplyReturned("a"))
    assert march.position.stage is Stage.AWAITING_CORRECTION


# ---- 条例第三十三条: extension -----------------------------------------------------------------


def test_an_extension_comes_on_the_last_day_or_not_at_all(march: Course) -> None:
    late = happened.DeadlineExtended(20, day("2026-03-31"))
    refusal = march.refused("2026-03-31", late)
    assert "2026-03-30 已过" in refusal.rule
    assert refusal.article == "条例第三十三条第二款"
    march.goes("2026-03-30", happened.DeadlineExtended(20, day("2026-03-30")))
    assert march.due == "2026-04-28"
    march.refused("2026-03-30", happened.DeadlineExtended(1, day("2026-03-30")))


@pytest.mark.parametrize("days", [0, 21, -1])
def test_an_extension_is_of_one_to_twenty_working_days(march: Course, days: int) -> None:
    march.refused("2026-03-09", happened.DeadlineExtended(days, day("2026-03-09")))


def test_a_new_limit_may_be_extended_again(march: Course) -> None:
    march.goes("2026-03-03", happened.DeadlineExtended(5, day("2026-03-03")))
    march.goes("2026-03-04", happened.CorrectionAsked(day("2026-03-04")))
    march.goes("2026-03-16", happened.CorrectedRequestReceived(day("2026-03-16")))
    march.goes("2026-03-17", happened.DeadlineExtended(20, day("2026-03-17")))


def test_while_somebody_asked_in_time_has_not_answered_the_limit_can_still_be_extended(
    march: Course,
) -> None:
    """The clock stands still: 30 March is the earliest due date, and passes."""
    march.goes("2026-03-09", happened.ThirdPartyConsulted(day("2026-03-09"), "第三方一"))
    march.goes("2026-04-02", happened.DeadlineExtended(20, day("2026-04-02")))
    march.goes("2026-04-03", happened.ThirdPartyAnswered(day("2026-04-03"), "第三方一", "agrees"))
    assert march.position.stage is Stage.IN_REVIEW


@pytest.mark.parametrize("asked", ["2026-03-30", "2026-04-01"])
def test_whoever_is_asked_when_the_limit_is_over_does_not_revive_it(
    march: Course, asked: str
) -> None:
    march.goes(asked, happened.ThirdPartyConsulted(day(asked), "第三方一"))
    refusal = march.refused("2026-04-02", happened.DeadlineExtended(20, day("2026-04-02")))
    assert "2026-03-30 已过" in refusal.rule


# ---- 条例第三十二条至第三十四条: consulting ------------------------------------------------------


@pytest.mark.parametrize(
    ("reading", "expected"),
    [(Reading.AFTER_ASKING, "2026-04-13"), (Reading.FROM_ASKING, "2026-04-14")],
)
def test_both_readings_of_the_boundary(
    calendar: WorkingCalendar, reading: Reading, expected: str
) -> None:
    asked = course(calendar, "2026-03-02", reading=reading)
    asked.goes("2026-03-09", happened.ThirdPartyConsulted(day("2026-03-09")))
    asked.goes("2026-03-20", happened.ThirdPartyAnswered(day("2026-03-20")))
    assert asked.due == expected


def test_asked_on_the_due_date_itself_only_the_other_reading_stands_still(
    calendar: WorkingCalendar,
) -> None:
    for reading, later in ((Reading.AFTER_ASKING, False), (Reading.FROM_ASKING, True)):
        asked = course(calendar, "2026-03-02", reading=reading)
        asked.goes("2026-03-30", happened.AgencyConsulted(day("2026-03-30")))
        found = due([r.event for r in asked.history], calendar, reading)
        assert found is not None
        assert found.paused is later
        asked.goes("2026-03-31", happened.AgencyAnswered(day("2026-03-31")))
        assert (asked.due > "2026-03-30") is later


def test_silence_is_noted_after_fifteen_working_days_and_an_opinion_at_any_time(
    march: Course,
) -> None:
    """Asked on 9 March: the fifteenth working day is the 30th."""
    march.goes("2026-03-09", happened.ThirdPartyConsulted(day("2026-03-09"), "第三方一"))
    silent = happened.ThirdPartyAnswered(day("2026-03-30"), "第三方一", "silent")
    refusal = march.refused("2026-03-30", silent)
    assert refusal.article == "条例第三十二条、第三十四条"
    march.goes("2026-03-31", happened.ThirdPartyAnswered(day("2026-03-31"), "第三方一", "silent"))


def test_an_agency_concerned_is_silent_after_the_day_its_letter_named_a_co_maker_after_fifteen(
    march: Course,
) -> None:
    on = day("2026-03-09")
    concerned = happened.AgencyConsulted(on, "机关一", "", "other", day("2026-03-18"))
    march.goes("2026-03-09", concerned, happened.AgencyConsulted(on, "机关二", "", "co_maker"))
    early = happened.AgencyAnswered(day("2026-03-18"), "机关一", "silent")
    refusal = march.refused("2026-03-18", early)
    assert ("2026-03-18前（含当日）" in refusal.rule, refusal.article) == (
        True,
        "条例第三十三条第三款",
    )
    march.goes("2026-03-19", happened.AgencyAnswered(day("2026-03-19"), "机关一", "silent"))
    maker = happened.AgencyAnswered(day("2026-03-30"), "机关二", "silent")
    assert "15个工作日（2026-03-30止）" in march.refused("2026-03-30", maker).rule
    march.goes("2026-03-31", happened.AgencyAnswered(day("2026-03-31"), "机关二", "silent"))


def test_an_agency_is_left_time_for_its_answer(march: Course) -> None:
    on = day("2026-03-09")
    late = happened.AgencyConsulted(on, "机关一", "", "other", on)
    assert march.refused("2026-03-09", late).article == "条例第三十三条第三款"


def test_nobody_is_asked_twice_at_once_and_nobody_answers_unasked(march: Course) -> None:
    on = day("2026-03-09")
    march.goes("2026-03-09", happened.ThirdPartyConsulted(on, "第三方一"))
    march.refused("2026-03-09", happened.ThirdPartyConsulted(on, "第三方一"))
    march.refused("2026-03-09", happened.ThirdPartyAnswered(on, "第三方二"))
    march.refused("2026-03-09", happened.AgencyAnswered(on, "第三方一"))
    march.refused("2026-03-09", happened.ReplyDrafted("a", "GRANT_PROVIDE", ""))


# ---- 条例第三十五条: a later date ---------------------------------------------------------------


def test_a_later_date_follows_reasons_and_moves_on_from_a_rest_day(march: Course) -> None:
    on = day("2026-03-09")
    may = happened.LaterDateSet(on, until=day("2026-05-01"))
    assert "说明理由" in march.refused("2026-03-09", may).rule
    march.goes("2026-03-09", happened.ReasonsAsked(on), happened.ReasonsGiven(on))
    march.refused("2026-03-09", happened.LaterDateSet(on, until=day("2026-03-30")))
    march.goes("2026-03-09", may)
    assert march.due == "2026-05-06"  # the holiday lasts through the fifth


def test_a_later_date_comes_before_the_limit_is_over(march: Course) -> None:
    march.goes("2026-03-09", happened.ReasonsAsked(day("2026-03-09")))
    march.goes("2026-03-10", happened.ReasonsGiven(day("2026-03-10")))
    late = happened.LaterDateSet(day("2026-03-31"), until=day("2026-05-06"))
    assert "已过" in march.refused("2026-03-31", late).rule


# ---- 条例第四十二条: fees ----------------------------------------------------------------------


def test_fees_stay_out_of_the_procedure_until_they_are_on(
    march: Course, calendar: WorkingCalendar
) -> None:
    noticed = happened.FeeNoticed(day("2026-03-04"), 100)
    assert march.refused("2026-03-04", noticed).article == "条例第四十二条"
    charged = course(calendar, "2026-03-02", fees=True)
    charged.goes("2026-03-04", noticed)
    assert charged.due == ""
    charged.goes("2026-03-16", happened.FeePaid(day("2026-03-16")))
    assert charged.due == "2026-04-14"  # counted in full from the day after
    charged.refused("2026-03-17", happened.FeeNoticed(day("2026-03-17"), 100))


# ---- letters and outcomes ----------------------------------------------------------------------


def test_a_reply_is_not_dated_before_its_approval(march: Course) -> None:
    """Dating back would make a late reply look timely."""
    march.goes("2026-03-20", happened.ReplyDrafted("a", "GRANT_PROVIDE", ""))
    march.goes("2026-03-30", happened.SecrecyReviewed("a"), happened.LegalChecked("a"), by=HEAD)
    march.goes("2026-04-01", happened.ReplyApproved("a", "1"), by=HEAD)
    march.refused("2026-04-02", happened.LetterSent("a", day("2026-03-30"), "post", ""))
    march.refused("2026-04-02", happened.ReplySent(day("2026-04-02"), "GRANT_PROVIDE", "", "a"))
    march.goes("2026-04-02", happened.LetterSent("a", day("2026-04-01"), "post", ""))
    march.refused("2026-04-02", happened.ReplySent(day("2026-04-02"), "PARTIAL", "", "a"))
    march.goes("2026-04-02", happened.ReplySent(day("2026-04-01"), "GRANT_PROVIDE", "", "a"))
    assert march.position.stage is Stage.REPLIED


def test_a_letter_stays_what_it_is_and_a_reply_goes_no_shorter_way(march: Course) -> None:
    march.goes("2026-03-20", happened.ReplyDrafted("a", "GRANT_PROVIDE", ""))
    march.refused("2026-03-20", happened.LetterDrafted("a", "correction", ""))
    march.refused("2026-03-20", happened.LetterDrafted("b", "reply", ""))
    refusal = march.refused("2026-03-20", happened.LetterApproved("a", "1"), by=HEAD)
    assert refusal.article == "条例第十七条"


def test_a_discarded_letter_goes_nowhere_and_a_reply_under_way_is_sent_back_first(
    march: Course,
) -> None:
    for name in ("a", "b"):
        march.goes("2026-03-03", happened.LetterDrafted(name, "correction", ""))
    march.goes("2026-03-03", happened.LetterApproved("b", "1"), by=HEAD)
    for name in ("a", "b"):
        march.goes("2026-03-03", happened.LetterDiscarded(name))
    for event in (
        happened.LetterDrafted("a", "correction", ""),
        happened.LetterReturned("a"),
        happened.LetterDiscarded("a"),
        happened.LetterSent("b", day("2026-03-03"), "post", ""),
    ):
        assert "已经作废" in march.refused("2026-03-03", event).rule
    assert "已经作废" in march.refused("2026-03-03", happened.LetterApproved("a", "2"), HEAD).rule
    assert "没有这份文书" in march.refused("2026-03-03", happened.LetterDiscarded("c")).rule
    march.goes("2026-03-03", happened.ReplyDrafted("r", "GRANT_PROVIDE", ""))
    assert "应先退回" in march.refused("2026-03-03", happened.LetterDiscarded("r")).rule
    march.goes("2026-03-03", happened.ReplyReturned("r"), happened.LetterDiscarded("r"))
    again = happened.ReplyDrafted("r", "GRANT_PROVIDE", "")
    assert "已经作废" in march.refused("2026-03-03", again).rule
    march.goes("2026-03-03", happened.LetterDrafted("d", "correction", ""))
    march.goes("2026-03-03", happened.LetterApproved("d", "3"), by=HEAD)
    march.goes("2026-03-03", happened.LetterSent("d", day("2026-03-03"), "post", ""))
    assert "已经发出" in march.refused("2026-03-03", happened.LetterDiscarded("d")).rule


def test_a_reply_that_was_approved_in_error_is_discarded_and_another_is_written(
    march: Course,
) -> None:
    march.goes("2026-03-03", happened.ReplyDrafted("r", "GRANT_PROVIDE", ""))
    reviewed = (happened.SecrecyReviewed("r"), happened.LegalChecked("r"))
    march.goes("2026-03-03", *reviewed, by="reviewer")
    march.goes("2026-03-03", happened.ReplyApproved("r", "1"), by=HEAD)
    assert "没有可以退回的答复" in march.refused("2026-03-03", happened.ReplyReturned("r")).rule
    march.goes("2026-03-04", happened.LetterDiscarded("r"))
    assert (march.position.stage, march.position.reply) == (Stage.IN_REVIEW, "")
    sent = happened.LetterSent("r", day("2026-03-04"), "post", "")
    assert "已经作废" in march.refused("2026-03-04", sent).rule
    march.goes("2026-03-04", happened.ReplyDrafted("s", "PARTIAL", ""))
    march.goes("2026-03-04", happened.Withdrawn(day("2026-03-04")))
    march.goes("2026-03-04", happened.LetterDiscarded("s"))
    assert march.position.stage is Stage.WITHDRAWN


def test_what_comes_in_meanwhile_does_not_move_the_day_on_which_the_reply_was_posted(
    march: Course,
) -> None:
    """Posted on Friday the 27th; a complaint came on Saturday; recorded on Monday."""
    reply = happened.ReplyDrafted("a", "GRANT_PROVIDE", "")
    march.goes("2026-03-26", reply)
    march.goes(
        "2026-03-26", happened.SecrecyReviewed("a"), happened.LegalChecked("a"), by="reviewer"
    )
    march.goes("2026-03-27", happened.ReplyApproved("a", "1"), by=HEAD)
    march.goes(
        "2026-03-28",
        happened.ComplaintReceived(day("2026-03-28")),
        happened.FileAdded(day("2026-03-28"), "f", "0" * 64, by_applicant=True),
    )
    posted = happened.LetterSent("a", day("2026-03-27"), "post", "")
    march.goes("2026-03-30", posted)
    sent = happened.ReplySent(day("2026-03-26"), "GRANT_PROVIDE", "", letter="a")
    assert "早于" in march.refused("2026-03-30", sent).rule


_OF_REQUESTS_ONLY = (
    happened.CorrectionAsked(day("2026-03-03")),
    happened.ReasonsAsked(day("2026-03-03")),
    happened.DeadlineExtended(5),
    happened.FeeNoticed(day("2026-03-03")),
)


@pytest.mark.parametrize("matter", ["record_correction", "suggestion"])
@pytest.mark.parametrize("event", _OF_REQUESTS_ONLY, ids=lambda event: type(event).__name__)
def test_what_articles_30_33_35_and_42_say_of_requests_holds_for_no_other_matter(
    calendar: WorkingCalendar, matter: str, event: Event
) -> None:
    """A suggestion that waited for a correction could never be ended."""
    beside = course(calendar, "2026-03-02", matter=matter, fees=True)
    assert "只适用于" in beside.refused("2026-03-03", event).rule
    course(calendar, "2026-03-02", fees=True).goes("2026-03-03", event)


@pytest.mark.parametrize(
    ("matter", "code", "fits"),
    [
        ("request", "GRANT_PROVIDE", True),
        ("request", "RECORD_CORRECTED", False),
        ("record_correction", "RECORD_CORRECTED", True),
        ("record_correction", "GRANT_PROVIDE", False),
        ("suggestion", "SUGGESTION_TAKEN", True),
        ("suggestion", "RECORD_KEPT", False),
    ],
)
def test_each_matter_has_its_own_endings(
    calendar: WorkingCalendar, matter: str, code: str, fits: bool
) -> None:
    one = course(calendar, "2026-03-02", matter=matter)
    written = happened.ReplyDrafted("a", code, "")
    if fits:
        one.goes("2026-03-03", written)
    else:
        one.refused("2026-03-03", written)


def test_what_was_found_cannot_be_said_not_to_exist(march: Course) -> None:
    absent, on = happened.ReplyDrafted("a", "NOT_HELD", ""), day("2026-03-03")
    march.refused("2026-03-03", absent)
    march.goes("2026-03-03", happened.SearchRecorded(on, found=True))
    assert "找到" in march.refused("2026-03-03", absent).rule
    march.goes("2026-03-03", happened.SearchRecorded(on, found=False), absent)


def test_only_what_is_given_in_full_can_be_given_on_the_spot(march: Course) -> None:
    on = day("2026-03-03")
    refusal = march.refused("2026-03-03", happened.AnsweredOnSpot(on, "REFUSE_PROCESS"))
    assert refusal.article == "条例第三十三条第一款"
    march.goes("2026-03-03", happened.AnsweredOnSpot(on, "GRANT_ALREADY_PUBLIC"))


def test_what_is_not_public_yet_is_given_on_the_spot_only_after_its_review(march: Course) -> None:
    on = day("2026-03-03")
    given = happened.AnsweredOnSpot(on, "GRANT_PROVIDE")
    assert march.refused("2026-03-03", given).article == "条例第十七条"
    march.goes("2026-03-03", replace(given, secrecy_reviewed=True))


# ---- receipt, order, and what comes after ------------------------------------------------------


def test_what_was_said_aloud_is_read_back_before_it_counts_as_received(
    calendar: WorkingCalendar,
) -> None:
    spoken = Course(Procedure(calendar))
    spoken.goes("2026-03-02", happened.Filed("oral", "", arrived=day("2026-03-02")))
    receipt = happened.ReceiptConfirmed(day("2026-03-02"), "oral")
    assert spoken.refused("2026-03-02", receipt).article == "条例第二十九条"
    spoken.goes("2026-03-02", happened.ReadBackConfirmed(day("2026-03-02")), receipt)


def test_receipt_lies_neither_before_the_arrival_nor_ahead(calendar: WorkingCalendar) -> None:
    posted = Course(Procedure(calendar))
    posted.goes("2026-03-04", happened.Filed("ordinary_post", "", arrived=day("2026-03-03")))
    for wrong in ("2026-03-02", "2026-03-05"):
        posted.refused("2026-03-04", happened.ReceiptConfirmed(day(wrong), "ordinary_post"))
    posted.goes("2026-03-04", happened.ReceiptConfirmed(day("2026-03-03"), "ordinary_post"))


def test_a_review_is_registered_once_and_decided_once(march: Course) -> None:
    on = day("2026-03-03")
    opened = happened.ReviewOpened(on, "复议1号", "reconsideration")
    decided = happened.ReviewDecided(on, "复议1号", "upheld")
    march.refused("2026-03-03", decided)
    march.goes("2026-03-03", opened)
    march.refused("2026-03-03", opened)
    march.goes("2026-03-03", happened.Withdrawn(on))
    assert "没有审结" in march.refused("2026-03-03", happened.Archived(on)).rule
    march.goes("2026-03-03", decided)
    march.refused("2026-03-03", opened)
    march.goes("2026-03-03", happened.Archived(on))


def test_what_is_published_was_decided_before_and_not_dropped(march: Course) -> None:
    on, address = day("2026-03-03"), "https://www.example.gov.cn/1"
    made, dropped = (
        happened.InformationPublished(on, "甲", address),
        happened.PublicationDropped(on, "甲"),
    )
    assert "没有这项主动公开的决定" in march.refused("2026-03-03", made).rule
    march.goes("2026-03-03", happened.PublicationDecided(on, "甲"))
    assert "已经决定" in march.refused("2026-03-03", happened.PublicationDecided(on, "甲")).rule
    march.goes("2026-03-03", made, made, dropped)
    for event in (made, dropped):
        assert march.refused("2026-03-03", event).article == "条例第四十四条"
    march.goes("2026-03-03", happened.PublicationDecided(on, "甲"))


def test_after_erasure_nothing_is_added_but_what_organs_and_courts_decide(march: Course) -> None:
    on = day("2026-03-03")
    march.goes("2026-03-03", happened.Withdrawn(on), happened.LegalHoldSet(on))
    march.refused("2026-03-03", happened.CaseErased(on))
    march.goes("2026-03-03", happened.LegalHoldLifted(on), happened.CaseErased(on))
    for event in (happened.CaseErased(on), happened.IdentityShown("name"), happened.Archived(on)):
        assert "销毁" in march.refused("2026-03-03", event).rule
    march.goes("2026-03-03", happened.CaseExported(on))
    march.goes("2026-03-03", happened.ReviewOpened(on, "复议1号", "reconsideration"))
