"""How the answers to the form's questions are read. Pure rules; what is not understood is None."""

import re
from datetime import date

from inquiry_service.conversation.phrasing import asks, plain
from inquiry_service.disclosure.rules.request import ReceiveBy, SupplyForm
from inquiry_service.knowledge.expressions.references import find_document_numbers, find_years
from inquiry_service.redaction import MASKS

DESCRIPTION = "wanted_description"
PERIOD = "wanted_period"
SUPPLY = "supply_form"
RECEIVE = "receive_by"
CONFIRMED = "form_confirmed"
SLOTS = (DESCRIPTION, PERIOD, SUPPLY, RECEIVE, CONFIRMED)

ANY_PERIOD = "不限"
_LONGEST_PERIOD = 60
_SHORTEST_DESCRIPTION = 2
_SHORTEST_WISH = 5
_LONGEST_BARE = 8
"""Characters of a value said alone, such as 邮寄 or 2018年."""

_Kinds = tuple[tuple[str, tuple[str, ...]], ...]
_SUPPLY: _Kinds = (
    (SupplyForm.DISC.label, ("光盘", "光碟", "u盘", "优盘")),
    (SupplyForm.ON_SITE.label, ("查阅", "抄录", "现场看")),
    (SupplyForm.PAPER.label, ("纸", "打印", "复印", "书面")),
    (
        SupplyForm.ELECTRONIC.label,
        ("电子", "邮件", "邮箱", "pdf", "word", "excel", "文档", "扫描", "网上", "下载"),
    ),
)
_RECEIVE: _Kinds = (
    (ReceiveBy.EMAIL.label, ("电子邮", "邮箱", "邮件", "mail", "电邮")),
    (ReceiveBy.FAX.label, ("传真",)),
    (ReceiveBy.POST.label, ("寄", "快递", "邮政", "ems")),
    (
        ReceiveBy.COLLECT.label,
        ("当面", "自取", "自己取", "自己去", "现场", "窗口", "上门", "领", "去取", "来取", "去拿"),
    ),
    (ReceiveBy.ONLINE.label, ("网", "在线", "下载", "线上", "平台")),
)
_POLITE_QUESTION = re.compile(
    r"(?:(?:可以|行|好|能|成)(?:吗|么|不)|可不可以|行不行|好不好|吧)[?？。!！]*$"
)
_YEAR_WORDS = re.compile(
    r"[\d〇零一二三四五六七八九]{2,4}\s*年度?|[今去前上]年|以来|以后|以前|之间"
)
_WISH = re.compile(
    r"我(?:想|要|需)要?(?!问|咨询|知道|了解|请问)|想要|(?:(?<!申)请|希望|麻烦)(?:提供|公开|给|发)"
)
_LEAD = re.compile(
    r"^(?:您好|你好)?[,，]?(?:请|麻烦)?(?:我们?)?(?:想要?|要|需要|打算|希望|准备)?(?:帮我)?"
    r"(?:(?:依法|书面)?(?:申请|提出|提交|办理|填写|填)(?:一个|一份|一下)?)"
    r"(?:依申请)?(?:公开|获取)?(?:政府|政务)?(?:信息)?(?:公开)?(?:的?申请)?(?:表|书)?"
    r"(?:依申请公开|信息公开|政府信息公开)?[:：,，。!！吧了\s]*"
)
_FILLER = re.compile(r"[\W_]+|申请|公开|信息|政府|依|我|想|要|一个|一下|请|帮|填|表|的|了|吧")
_MASKED = re.compile("|".join(map(re.escape, MASKS)))


def _words(written: str) -> frozenset[str]:
    return frozenset(written.split())


_AFFIRMED = _words(
    """
    对 都对 对的 对了 都对了 全对 是 是的 没错 没问题 没有问题 无误 准确 正确 确认 确定 同意 提交
    可以 可以的 好 好的 行 行的 嗯 嗯嗯 ok yes 就这样 就这些 没有了 不用改 不改了
    """
)
_DENIED = _words(
    """
    不对 不 不是 不是的 不正确 不行 不可以 没对 错 错了 有错 有误 否 no
    改 修改 要改 我要改 需要修改 改一下
    """
)
_UNLIMITED = re.compile(
    r"不限|不清楚|不知道|不确定|不记得|忘了|都行|都可以|随便|没有(?:要求|限制)?$|无(?:所谓)?$|全部|所有|任何|跳过|没要求"
)
_RANGE = re.compile(r"((?:19|20)\d\d)年?(?:-|—|–|~|～|至|到)+((?:19|20)\d\d)年?(?:度|的|期间)?")
_BARE_YEAR = re.compile(r"((?:19|20)\d\d)年?(?:度|的|全年)?")
_FIELDS = (
    (SUPPLY, "提供形式|提供方式|形式|载体"),
    (RECEIVE, "领取方式|获取方式|接收方式|获取途径|领取|方式|途径"),
    (PERIOD, "时间或文号|时间|年份|年度|日期|期间|文号|时间段|哪一年"),
    (DESCRIPTION, "想要的信息|申请内容|信息内容|内容|描述|名称|信息|标题"),
)
_CHANGE = r"(?:请|帮我|我要|我想|要|需要)*(?:把|将)?"
_INTO = r"(?:改成|改为|改到|换成|更正为|修改为|应该是|应为|是)"
_WRONG = re.compile(r"^(?:不对|不是的?|错了|有错|不)[,，。!！\s]*")


def wishes(text: str) -> bool:
    """Whether the text is put as a wish for information, be it a polite question."""
    return _WISH.search(plain(text)) is not None


def description_in(text: str) -> str | None:
    """What is wanted, without the words that only say that one applies."""
    said = text.strip()
    rest = _LEAD.sub("", said, count=1).strip()
    wanted = rest if _meaning(rest) >= _SHORTEST_DESCRIPTION else said
    return wanted if _meaning(wanted) >= _SHORTEST_DESCRIPTION else None


def new_wish_in(text: str) -> str | None:
    """Another description, told while something else was asked; a mere "我要2017年的" is none."""
    if not wishes(text) or asks(text):
        return None
    beyond_the_year = _YEAR_WORDS.sub("", plain(text))
    return description_in(text) if _meaning(beyond_the_year) >= _SHORTEST_WISH else None


def _meaning(text: str) -> int:
    return len(_FILLER.sub("", _MASKED.sub("", text)))


def supply_form_in(text: str) -> str | None:
    return _first_named(text, _SUPPLY)


def receive_by_in(text: str) -> str | None:
    return _first_named(text, _RECEIVE)


def _first_named(text: str, table: _Kinds) -> str | None:
    """The one kind that is named, unless the text asks something about it."""
    said = _POLITE_QUESTION.sub("", plain(text)).lower()
    if asks(said):
        return None
    return next((kind for kind, words in table if any(word in said for word in words)), None)


def period_in(text: str, today: date) -> str | None:
    """A year, a span of years, a document number, 不限, or the words themselves.

    Personal data, masked by now, belongs on the form's page and is no period.
    """
    said = plain(text)
    if asks(_POLITE_QUESTION.sub("", said)) or not said or _MASKED.search(said):
        return None
    if _UNLIMITED.search(said):
        return ANY_PERIOD
    numbers = find_document_numbers(said)
    return numbers[0] if numbers else _years_in(said, today) or said[:_LONGEST_PERIOD]


def _years_in(said: str, today: date) -> str | None:
    if span := _RANGE.fullmatch(said):
        return f"{span[1]}年至{span[2]}年"
    if year := _BARE_YEAR.fullmatch(said):
        return f"{year[1]}年"
    relative = find_years(said, today)
    written = find_years(said)
    return f"{relative[0]}年" if len(relative) == 1 and not written else None


def confirmed_in(text: str) -> bool | None:
    """True for yes, False for no, None for neither."""
    said = re.sub(r"[\W_]+", "", plain(text)).lower()
    bare = re.sub(r"(?:呀|啊|哦|了|的|吧)$", "", said)
    if {said, bare} & _AFFIRMED:
        return True
    return False if {said, bare} & _DENIED else None


def corrections_in(text: str, today: date, *, unnamed: bool) -> dict[str, str]:
    """Slots that the text changes: 时间改成2018年, 改内容：… and the like.

    With `unnamed` also 改成邮寄, or 邮寄 alone.
    """
    said = _WRONG.sub("", plain(text))
    for slot, names in _FIELDS:
        value = _changed_to(said, names)
        # 名称是什么 is a question; 名称改成… is none, whatever it is changed to.
        if value is None or (asks(value) and not re.search("改|换|更正", said)):
            continue
        read = _read(slot, value, today)
        if read is not None:
            return {slot: read}
    return _unnamed_change(said, today) if unnamed else {}


def _changed_to(said: str, names: str) -> str | None:
    patterns = (
        rf"{_CHANGE}(?:{names}){_INTO}[:：]?\s*(?P<value>.+)",
        rf"{_CHANGE}(?:修改|更正|改)(?:一下)?(?:{names})(?:为|成)?[:：,，\s]*(?P<value>.+)",
        rf"(?:{names})[:：]\s*(?P<value>.+)",
        rf"{_CHANGE}(?:{names})(?:改|换)(?P<value>.+)",
    )
    matches = (re.fullmatch(pattern, said, re.DOTALL) for pattern in patterns)
    return next((found["value"].strip() for found in matches if found), None)


def _unnamed_change(said: str, today: date) -> dict[str, str]:
    found = re.fullmatch(rf"{_CHANGE}(?:改成|改为|换成|应该是|应为|改|换|是)(?P<value>.+)", said)
    value = found["value"].strip() if found else said[: _LONGEST_BARE + 1]
    if asks(value) or (found is None and len(value) > _LONGEST_BARE):
        return {}
    # 电子邮件 says how to get it, though 电子 is in it.
    for slot in (RECEIVE, SUPPLY):
        read = _read(slot, value, today)
        if read is not None:
            return {slot: read}
    if find_years(value, today) or find_document_numbers(value) or _BARE_YEAR.fullmatch(value):
        return {PERIOD: period_in(value, today) or value}
    return {}


def _read(slot: str, value: str, today: date) -> str | None:
    match slot:
        case "supply_form":
            return supply_form_in(value)
        case "receive_by":
            return receive_by_in(value)
        case "wanted_period":
            return period_in(value, today)
        case _:
            return description_in(value)
