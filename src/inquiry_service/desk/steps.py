"""The steps that are no letter: for each a form, who may do it, and the use case behind it.

The table only decides what is offered. Whether a step is lawful is asked of the procedure when it
is done, and its refusal is shown beside what was typed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from inquiry_service.desk import step_fields as fields
from inquiry_service.desk import step_orders as orders
from inquiry_service.desk.fields import Field
from inquiry_service.desk.step_orders import Order
from inquiry_service.disclosure.looking.handling import Case
from inquiry_service.disclosure.rules import events as happened
from inquiry_service.disclosure.rules.channels import Channel
from inquiry_service.disclosure.rules.events import Event
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.staff.roles import Permission

WORK, APPROVE = Permission.WORK, Permission.APPROVE


def _always(_case: Case) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class StepForm:
    """One step. It is offered when one of `events` may follow and `when` agrees.

    `told` says what it does and by which article; `aside` ones belong to no stage and stand apart.
    """

    key: str
    title: str
    told: str
    permission: Permission
    events: tuple[type[Event], ...]
    run: Callable[[Order], None]
    fields: Callable[[Case], tuple[Field, ...]] = fields.none
    when: Callable[[Case], bool] = _always
    aside: bool = False
    also_by: tuple[Permission, ...] = ()

    @property
    def any_of(self) -> tuple[Permission, ...]:
        """Who may open the form: the permission, or one of those beside it."""
        return (self.permission, *self.also_by)

    def offered(self, case: Case) -> bool:
        return not case.allowed.isdisjoint(self.events) and self.when(case)


def _of_a_request(case: Case) -> bool:
    return case.matter is Matter.REQUEST


def _spoken(case: Case) -> bool:
    return case.channel == Channel.ORAL and not case.position.has(happened.ReadBackConfirmed)


def _ready_to_receive(case: Case) -> bool:
    return not _spoken(case)


def _held(case: Case) -> bool:
    return case.position.held


def _not_held(case: Case) -> bool:
    return not case.position.held


def _pending(case: Case) -> bool:
    return bool(case.position.reviews)


STEPS: tuple[StepForm, ...] = (
    StepForm(
        "read-back",
        "口头申请核对",
        "把记录读给申请人听，申请人确认无误（条例第二十九条）。",
        WORK,
        (happened.ReadBackConfirmed,),
        orders.read_back,
        fields.read_back,
        when=_spoken,
    ),
    StepForm(
        "receipt",
        "确认收到",
        "认定收到申请之日，次日起计算答复期限（条例第三十一条）。",
        WORK,
        (happened.ReceiptConfirmed,),
        orders.receipt,
        fields.receipt,
        when=_ready_to_receive,
    ),
    StepForm(
        "register",
        "登记",
        "登记编号，核对申请人类型和身份证明（条例第二十九条、第四十五条）。",
        WORK,
        (happened.Registered,),
        orders.register,
    ),
    StepForm(
        "correction-received",
        "收到书面补正",
        "申请人在线下补正的，录入补正后的内容，答复期限自收到之日重新计算（条例第三十条）。",
        WORK,
        (happened.CorrectedRequestReceived,),
        orders.correction_received,
        fields.correction_received,
    ),
    StepForm(
        "reasons-received",
        "收到说明的理由",
        "录入申请人说明的理由，再决定是否办理（条例第三十五条）。",
        WORK,
        (happened.ReasonsGiven,),
        orders.reasons_received,
        fields.reasons_received,
    ),
    StepForm(
        "opinion",
        "记录征求意见的结果",
        "收到意见，或者期满未提出意见，答复期限继续计算（条例第三十二条至第三十四条）。",
        WORK,
        (happened.ThirdPartyAnswered, happened.AgencyAnswered),
        orders.opinion,
        fields.opinion,
    ),
    StepForm(
        "payment",
        "记录缴费",
        "申请人已经缴纳信息处理费（条例第四十二条）。",
        WORK,
        (happened.FeePaid,),
        orders.payment,
        fields.payment,
    ),
    StepForm(
        "search",
        "记录检索",
        "写明在哪里、用什么线索检索，结果如何。答复“不存在”必须先有检索记录（条例第三十六条）。",
        WORK,
        (happened.SearchRecorded,),
        orders.search,
        fields.search,
    ),
    StepForm(
        "on-the-spot",
        "当场答复",
        "能够当场答复的，当场予以答复，只限于予以公开（条例第三十三条第一款）。"
        "提供尚未公开的信息，由有批准权限的人员办理。",
        WORK,
        (happened.AnsweredOnSpot,),
        orders.on_the_spot,
        fields.on_the_spot,
        when=_of_a_request,
        also_by=(APPROVE,),
    ),
    StepForm(
        "withdraw",
        "申请人撤回",
        "申请人主动撤回的，记录后不再办理，不能恢复，申请人可以重新申请。",
        WORK,
        (happened.Withdrawn,),
        orders.withdraw,
        fields.withdraw,
        aside=True,
    ),
    StepForm(
        "archive",
        "归档",
        "案卷齐全后归档，归档后不能再加材料和文书（条例第四十五条）。",
        WORK,
        (happened.Archived,),
        orders.archive,
        fields.archive,
    ),
    StepForm(
        "complaint",
        "记录投诉",
        "申请人对办理情况不满意的投诉，不影响期限（条例第四十七条、第五十一条）。",
        WORK,
        (happened.ComplaintReceived,),
        orders.complaint,
        fields.complaint,
        aside=True,
    ),
    StepForm(
        "review-opened",
        "登记复议、诉讼",
        "申请人提起行政复议或者行政诉讼，登记后计入年度报告（条例第五十一条）。",
        WORK,
        (happened.ReviewOpened,),
        orders.review_opened,
        fields.review_opened,
        aside=True,
    ),
    StepForm(
        "review-decided",
        "登记复议、诉讼结果",
        "复议或者诉讼审结，登记结果（年度报告表四）。",
        WORK,
        (happened.ReviewDecided,),
        orders.review_decided,
        fields.review_decided,
        when=_pending,
        aside=True,
    ),
    StepForm(
        "hold",
        "暂停销毁",
        "有复议、诉讼、审计等需要的，案卷保管期满也不销毁。",
        APPROVE,
        (happened.LegalHoldSet,),
        orders.hold,
        when=_not_held,
        aside=True,
    ),
    StepForm(
        "lift-hold",
        "解除暂停销毁",
        "恢复正常保管，保管期满可以销毁。",
        APPROVE,
        (happened.LegalHoldLifted,),
        orders.lift_hold,
        when=_held,
        aside=True,
    ),
)

BY_KEY: Mapping[str, StepForm] = {step.key: step for step in STEPS}
