"""The matters of one form in the words of each: 条例第二十七条、第四十一条、第四十四条. Pure."""

from dataclasses import dataclass

from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.request import choice_of


@dataclass(frozen=True, slots=True)
class Words:
    """What the pages of filing say for a matter; `what` is the noun for it in a sentence."""

    heading: str
    lead: str
    what: str
    part: str
    description: str
    wanted: str
    hint: str
    supply: str
    receive: str
    receipt: str
    promise: str
    materials: str


_FORM = "希望得到的形式"
_ROUTE = "希望怎样取得"
_IF_ANY = (
    "需要附上身份证明、授权委托书等材料的，现在就可以上传；以后凭编号和查询码也可以上传。没有的不必"
    "理会。"
)
_NO_DAYS = "《政府信息公开条例》没有规定这类事项的办理天数，本局核实后把结果告知您"

WORDS: dict[Matter, Words] = {
    Matter.REQUEST: Words(
        heading="政府信息公开申请",
        lead="没有找到的政府信息，可以依法申请公开。不需要说明用途；除了数量、频次明显超过合理"
        "范围的，不收费。",
        what="申请",
        part="一、需要什么信息",
        description="所需信息的内容",
        wanted="所需信息",
        hint="写明名称，或者便于查找的特征，例如“2017年度商务局政府信息公开工作报告中依申请公开的"
        "件数”。最多2000字。",
        supply=_FORM,
        receive=_ROUTE,
        receipt="政府信息公开申请接收回执",
        # 条例第三十三条
        promise="本局自收到申请之日起20个工作日内答复（次日起算）；需要延长的会告知您，延长最多"
        "20个工作日（《政府信息公开条例》第三十三条）。",
        materials=_IF_ANY,
    ),
    Matter.RECORD_CORRECTION: Words(
        heading="更正与自己有关的政府信息",
        # evidence is needed: 条例第四十一条
        lead="有证据证明本局提供的与您自身有关的政府信息记录不准确的，可以要求更正"
        "（《政府信息公开条例》第四十一条）。证据在提交之后上传，也可以当面或者邮寄补交。",
        what="更正申请",
        part="一、要更正什么",
        description="哪一条记录不准确，应当是什么",
        wanted="更正内容",
        hint="写明记录在哪里、现在怎样写、应当怎样写，以及有什么证据。最多2000字。",
        supply="希望收到的结果的形式",
        receive="希望怎样收到结果",
        receipt="政府信息更正申请接收回执",
        promise=f"{_NO_DAYS}（第四十一条）。",
        materials="请上传证明记录不准确的证据（《政府信息公开条例》第四十一条）；现在没有的，以后凭编号和"
        "查询码也可以上传。",
    ),
    Matter.SUGGESTION: Words(
        heading="建议公开政府信息",
        # 条例第四十四条第二款
        lead="您认为某项信息应当主动公开的，可以建议本局把它列入主动公开的范围，经审核适合公开的"
        "会及时公开（《政府信息公开条例》第四十四条）。",
        what="建议",
        part="一、建议公开什么",
        description="建议公开的信息和理由",
        wanted="建议内容",
        hint="写明信息的名称或者特征，为什么应当让大家都能看到。最多2000字。",
        supply="希望收到的结果的形式",
        receive="希望怎样收到结果",
        receipt="建议公开政府信息接收回执",
        promise=f"{_NO_DAYS}（第四十四条）。",
        materials=_IF_ANY,
    ),
}


def matter_named(text: object) -> Matter:
    """The matter that a form or an address names; a request when it names none."""
    return choice_of(Matter, text) or Matter.REQUEST


def matter_of(number: str) -> Matter:
    """The matter that a proper number belongs to."""
    return next(matter for matter in Matter if number.startswith(matter.prefix))
