"""The procedure as one table: which fact may follow, in which stage, by which article. Pure.

`lawful` asks it before anything is recorded; `position` only follows.
"""

from collections.abc import Callable
from dataclasses import dataclass

from inquiry_service.disclosure.rules import events as happened
from inquiry_service.disclosure.rules import guards, guards_letters
from inquiry_service.disclosure.rules.events import Event
from inquiry_service.disclosure.rules.position import OPEN, REPLY_UNDER_WAY, Stage

Guard = Callable[[guards.Try], None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: `event` may follow in `stages`; `told` is the sentence when it may not."""

    event: type[Event]
    stages: frozenset[Stage]
    told: str
    article: str
    guards: tuple[Guard, ...] = ()


_REVIEW = frozenset({Stage.IN_REVIEW})
_WORKING = frozenset({Stage.IN_REVIEW, Stage.CONSULTING})
_ENDED = frozenset({Stage.REPLIED, Stage.WITHDRAWN})
_CLOSED = _ENDED | {Stage.ARCHIVED}
_REGISTERED = OPEN - {Stage.AWAITING_RECEIPT, Stage.RECEIVED}
_ALWAYS = frozenset(Stage) - {Stage.NOTHING}
_WAITING_FOR_NOTHING = frozenset(
    {Stage.IN_REVIEW, Stage.AWAITING_CORRECTION, Stage.AWAITING_FEE, Stage.AWAITING_REASONS}
)

TABLE: tuple[Rule, ...] = (
    Rule(happened.Filed, frozenset({Stage.NOTHING}), "这件申请已经提交", "条例第二十九条"),
    Rule(
        happened.ReadBackConfirmed,
        frozenset({Stage.AWAITING_RECEIPT, Stage.RECEIVED}),
        "口头申请的核对应在登记之前",
        "条例第二十九条",
    ),
    Rule(
        happened.ReceiptConfirmed,
        frozenset({Stage.AWAITING_RECEIPT}),
        "收到申请之日已经确认",
        "条例第三十一条",
        (guards.spoken_was_read_back,),
    ),
    Rule(
        happened.Registered,
        frozenset({Stage.RECEIVED}),
        "只有已确认收到、还没有登记的申请可以登记",
        "条例第四十五条",
    ),
    Rule(happened.FileAdded, _ALWAYS - {Stage.ARCHIVED}, "已归档的案卷不能再加材料", ""),
    Rule(
        happened.CorrectionAsked,
        _REVIEW,
        "只有办理中的申请可以要求补正",
        "条例第三十条",
        (
            guards.of_a_request,
            guards.correction_only_once,
            guards.correction_in_seven_days,
            guards.reasonable_time,
        ),
    ),
    Rule(
        happened.CorrectedRequestReceived,
        frozenset({Stage.AWAITING_CORRECTION}),
        "没有在等待补正",
        "条例第三十条",
    ),
    Rule(
        happened.ReasonsAsked,
        _REVIEW,
        "只有办理中的申请可以要求说明理由",
        "条例第三十五条",
        (guards.of_a_request, guards.reasons_only_once, guards.reasonable_time),
    ),
    Rule(
        happened.ReasonsGiven,
        frozenset({Stage.AWAITING_REASONS}),
        "没有在等待说明理由",
        "条例第三十五条",
    ),
    Rule(
        happened.LaterDateSet,
        _REVIEW,
        "只有办理中的申请可以另定答复时间",
        "条例第三十五条",
        (guards.after_reasons, guards.later_than_the_limit, guards.in_time),
    ),
    Rule(
        happened.ThirdPartyConsulted,
        _WORKING,
        "只有办理中的申请可以征求第三方意见",
        "条例第三十二条",
        (guards.not_asked_already,),
    ),
    Rule(
        happened.ThirdPartyAnswered,
        frozenset({Stage.CONSULTING}),
        "没有在征求第三方意见",
        "条例第三十二条",
        (guards.was_asked, guards.silence_has_lapsed),
    ),
    Rule(
        happened.AgencyConsulted,
        _WORKING,
        "只有办理中的申请可以征求其他机关意见",
        "条例第三十三条第三款、第三十四条",
        (guards.not_asked_already, guards.time_for_an_answer),
    ),
    Rule(
        happened.AgencyAnswered,
        frozenset({Stage.CONSULTING}),
        "没有在征求其他机关意见",
        "条例第三十四条",
        (guards.was_asked, guards.silence_has_lapsed),
    ),
    Rule(
        happened.DeadlineExtended,
        _WORKING | {Stage.AWAITING_REASONS},  # asking for reasons stops no clock (35)
        "只有办理中的申请可以延长答复期限",
        "条例第三十三条第二款",
        (
            guards.of_a_request,
            guards.extended_only_once,
            guards.extension_in_bounds,
            guards.in_time,
        ),
    ),
    Rule(
        happened.FeeNoticed,
        _REVIEW,
        "只有办理中的申请可以通知收费",
        "条例第四十二条",
        (guards.of_a_request, guards.fees_are_on, guards.fee_only_once, guards.in_time),
    ),
    Rule(happened.FeePaid, frozenset({Stage.AWAITING_FEE}), "没有在等待缴费", "条例第四十二条"),
    Rule(happened.DueRecomputed, OPEN, "已经办结的申请不再重算期限", ""),
    Rule(happened.SearchRecorded, _REGISTERED, "检索应在登记之后、办结之前", "条例第三十六条"),
    Rule(happened.OutcomeConsidered, _REGISTERED, "应在登记之后、办结之前", "条例第三十六条"),
    Rule(
        happened.LetterDrafted,
        _ALWAYS - {Stage.ARCHIVED},
        "已归档的案卷不能再起草文书",
        "条例第四十五条",
        (guards_letters.of_one_kind, guards_letters.not_discarded, guards_letters.not_approved_yet),
    ),
    Rule(
        happened.LetterReturned,
        _ALWAYS - {Stage.ARCHIVED},
        "已归档的案卷不能再退回文书",
        "",
        (guards_letters.drafted, guards_letters.not_discarded, guards_letters.not_approved_yet),
    ),
    Rule(
        happened.LetterDiscarded,
        _ALWAYS - {Stage.ARCHIVED},
        "已归档的案卷不能再作废文书",
        "",
        (
            guards_letters.drafted,
            guards_letters.not_discarded,
            guards_letters.not_sent_yet,
            guards_letters.no_reply_in_review,
        ),
    ),
    Rule(
        happened.LetterApproved,
        _ALWAYS - {Stage.ARCHIVED},
        "已归档的案卷不能再批准文书",
        "条例第四十五条",
        (
            guards_letters.drafted,
            guards_letters.not_discarded,
            guards_letters.no_reply,
            guards_letters.not_approved_yet,
            guards_letters.by_another,
        ),
    ),
    Rule(
        happened.LetterSent,
        _ALWAYS - {Stage.ARCHIVED},
        "已归档的案卷不能再发文书",
        "条例第四十五条",
        (
            guards_letters.approved,
            guards_letters.not_discarded,
            guards_letters.not_sent_yet,
            guards_letters.leaves_as_reply,
            guards_letters.not_before_approval,
        ),
    ),
    Rule(
        happened.ReplyDrafted,
        _WAITING_FOR_NOTHING | REPLY_UNDER_WAY - {Stage.APPROVED},
        "征求意见期间、批准之后或者办结之后不能起草答复",
        "条例第三十三条",
        (
            guards_letters.of_one_kind,
            guards_letters.not_discarded,
            guards_letters.not_approved_yet,
            guards_letters.outcome_is_open,
        ),
    ),
    Rule(
        happened.SecrecyReviewed,
        frozenset({Stage.DRAFTED}),
        "没有等待保密审查的答复",
        "条例第十七条",
        (guards_letters.of_this_reply, guards_letters.by_another),
    ),
    Rule(
        happened.LegalChecked,
        frozenset({Stage.SECRECY_REVIEWED}),
        "答复应先通过保密审查",
        "条例第十七条",
        (guards_letters.of_this_reply, guards_letters.by_another),
    ),
    Rule(
        happened.ReplyApproved,
        frozenset({Stage.LEGAL_CHECKED}),
        "答复应先通过保密审查和合法性审核",
        "条例第十七条、第四十五条",
        (guards_letters.of_this_reply, guards_letters.by_another),
    ),
    Rule(
        happened.ReplyReturned,
        REPLY_UNDER_WAY - {Stage.APPROVED},
        "没有可以退回的答复",
        "条例第四十五条",
        (guards_letters.of_this_reply,),
    ),
    Rule(
        happened.ReplySent,
        frozenset({Stage.APPROVED}),
        "答复应先批准",
        "条例第四十五条",
        (guards_letters.of_this_reply, guards_letters.has_left, guards_letters.as_drafted),
    ),
    Rule(
        happened.AnsweredOnSpot,
        _REVIEW,
        "只有办理中的申请可以当场答复",
        "条例第三十三条第一款",
        (guards_letters.nothing_is_withheld, guards_letters.reviewed_before_given),
    ),
    Rule(happened.Withdrawn, OPEN, "已经办结的申请不能撤回", ""),
    Rule(
        happened.Archived,
        _ENDED,
        "办结之后才能归档",
        "条例第四十五条",
        (guards.no_review_pending,),
    ),
    Rule(happened.ComplaintReceived, _ALWAYS, "", "条例第四十七条"),
    Rule(happened.ReviewOpened, _ALWAYS, "", "条例第五十一条", (guards.new_review,)),
    Rule(happened.ReviewDecided, _ALWAYS, "", "条例第五十一条", (guards.pending_review,)),
    Rule(
        happened.PublicationDecided,
        _ALWAYS,
        "",
        "条例第四十四条",
        (guards.is_no_record_correction, guards.not_decided_yet),
    ),
    Rule(
        happened.InformationPublished, _ALWAYS, "", "条例第四十四条", (guards.decided_to_publish,)
    ),
    Rule(happened.PublicationDropped, _ALWAYS, "", "条例第四十四条", (guards.decided_to_publish,)),
    Rule(happened.LegalHoldSet, _ALWAYS, "", "", (guards.not_held,)),
    Rule(happened.LegalHoldLifted, _ALWAYS, "", "", (guards.held,)),
    Rule(happened.IdentityShown, _ALWAYS, "", "个人信息保护法第五十一条"),
    Rule(happened.CaseExported, _ALWAYS, "", "个人信息保护法第五十一条"),
    Rule(
        happened.CaseErased,
        _CLOSED,
        "没有办结的申请不能销毁",
        "个人信息保护法第十九条",
        (guards.not_held, guards.no_review_pending),
    ),
)

RULES = {rule.event: rule for rule in TABLE}
