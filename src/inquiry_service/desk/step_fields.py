"""What each step's form asks for. The names are those in which the use cases report problems."""

from inquiry_service.desk.fields import Field, Look, Option, day_field, pairs, sure
from inquiry_service.disclosure.looking.handling import Case

OPINIONS = pairs(("agrees", "同意公开"), ("objects", "不同意公开"), ("silent", "期满没有提出意见"))
FOUND = pairs(("yes", "找到了"), ("no", "没有找到"))
GIVEN_AT_ONCE = pairs(
    ("GRANT_PROVIDE", "予以公开"), ("GRANT_ALREADY_PUBLIC", "已经主动公开，告知获取方式")
)
WAYS = pairs(
    ("reconsideration", "行政复议"),
    ("suit", "未经复议直接起诉"),
    ("suit_after", "复议后起诉"),
)
RESULTS = pairs(("upheld", "结果维持"), ("corrected", "结果纠正"), ("other", "其他结果"))
_TODAY = "不填就是今天"


def none(_case: Case) -> tuple[Field, ...]:
    """A step that only needs to be done."""
    return ()


def read_back(_case: Case) -> tuple[Field, ...]:
    return (sure("已经向申请人宣读记录，申请人确认无误"),)


def receipt(_case: Case) -> tuple[Field, ...]:
    hint = f"平常信函、传真、电子邮件以双方确认之日为收到之日；{_TODAY}"
    return (day_field("received", "收到申请之日", hint),)


def correction_received(case: Case) -> tuple[Field, ...]:
    a = case.application
    return (
        Field("description", "补正后的申请内容", Look.TEXT, "照补正材料录入", a.description),
        Field("document_number", "文号", value=a.document_number, optional=True),
        Field("period", "所属时间", value=a.period, optional=True),
        day_field("on", "收到补正之日", f"当面提交或者签收的那一天，答复期限由此起算；{_TODAY}"),
    )


def reasons_received(_case: Case) -> tuple[Field, ...]:
    return (Field("reasons", "申请人说明的理由", Look.TEXT, "照原文录入"),)


def opinion(case: Case) -> tuple[Field, ...]:
    options = tuple(
        Option(f"{one.whose}:{one.party}", f"{one.party}：{one.told}") for one in case.awaited
    )
    first = options[0].value if len(options) == 1 else ""
    receipt = "只在逾期未提出意见时填写，以回执为准；征求意见书写明了答复日期的不必填写"
    return (
        Field("who", "哪一方", Look.CHOICE, value=first, options=options),
        Field("opinion", "意见", Look.CHOICE, options=OPINIONS),
        day_field("on", "收到意见或者期满之日", _TODAY),
        day_field("received", "对方收到征求意见书之日", receipt),
    )


def payment(_case: Case) -> tuple[Field, ...]:
    return (day_field("on", "缴费日期"),)


def search(_case: Case) -> tuple[Field, ...]:
    return (
        Field("places", "检索范围", Look.TEXT, "查了哪些系统、档案和机构"),
        Field("words", "检索线索", Look.TEXT, "用了哪些名称、文号、时间"),
        Field("found", "是否找到", Look.CHOICE, options=FOUND),
        Field("result", "检索结果", Look.TEXT, "找到什么，或者由谁确认没有"),
    )


def on_the_spot(_case: Case) -> tuple[Field, ...]:
    return (
        Field("outcome_code", "办理结果", Look.CHOICE, options=GIVEN_AT_ONCE),
        Field("text", "提供或者告知的内容", Look.TEXT),
        Field(
            "secrecy_reviewed",
            "已做保密审查，不涉及不予公开的内容（条例第十七条）",
            Look.SURE,
            "“予以公开”必须勾选，并且由有批准权限的人员办理；信息已经主动公开的不必勾选",
        ),
    )


def withdraw(_case: Case) -> tuple[Field, ...]:
    return (sure("申请人已经明确表示撤回，有书面材料或者记录"),)


def archive(_case: Case) -> tuple[Field, ...]:
    return (sure("申请、文书、送达凭证等材料已经齐全"),)


def complaint(_case: Case) -> tuple[Field, ...]:
    return (Field("complaint", "投诉内容", Look.TEXT, "写明对哪一步不满意"),)


def review_opened(_case: Case) -> tuple[Field, ...]:
    return (
        Field("way", "种类", Look.CHOICE, options=WAYS),
        Field("review", "案号", hint="复议机关或者人民法院的案号，不写申请人姓名"),
        day_field("on", "提起日期"),
    )


def review_decided(case: Case) -> tuple[Field, ...]:
    ways = {option.value: option.label for option in WAYS}
    pending = tuple(
        Option(review, f"{review}（{ways.get(way, way)}）") for review, way in case.position.reviews
    )
    return (
        Field("review", "哪一件", Look.CHOICE, options=pending),
        Field("result", "审结结果", Look.CHOICE, options=RESULTS),
        day_field("on", "审结日期"),
    )
