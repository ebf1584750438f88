"""The words by which triage goes: cues, what speaks against them, doors and departments. Pure.

Departments are named by their kind only: which office it is differs from place to place.
"""

import re
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a description can look like: sentence for the applicant, door, article of the 条例."""

    COMPLAINT = (
        "您写的内容像是投诉、举报或者信访事项。这类事项不按政府信息公开申请处理，可以通过{door}提出。",
        "信访渠道、政务服务便民热线或者主管部门的投诉举报渠道",
        "第三十九条第一款",
    )
    PUBLICATION = (
        "您要的像是公开出版物，可以通过{door}取得。",
        "图书馆、档案馆、政务服务场所的查阅点，出版发行单位或者政府网站",
        "第三十九条第二款",
    )
    OTHER_BODY = (
        "您要的信息一般由{door}制作或者保存，向其申请更快。",
        "",
        "第三十六条第（五）项",
    )
    REGISTER = (
        "您要的像是登记资料查询，法律、行政法规有专门规定，请到{door}办理。",
        "登记机构的查询窗口",
        "第三十六条第（七）项",
    )
    BUSINESS = ("您像是要办理一项业务，不必申请信息公开，请到{door}办理。", "办事服务入口", "")
    QUESTION = ("您像是要咨询一个问题，用{door}答复更快。", "咨询入口", "")
    MAKING = (
        "您像是要求汇总、加工或者分析。需要另行制作的可以不提供，建议改为申请已有的{door}。",
        "原始文件或者统计资料",
        "第三十八条",
    )
    CONFIRMATION = (
        "您像是要求确认一件事或者出具证明。公开的是已有的信息，建议改为申请相关的{door}。",
        "原始文件",
        "",  # only the yearly table has a row for it
    )

    @property
    def sentence(self) -> str:
        return self.value[0]

    @property
    def door(self) -> str:
        return self.value[1]

    @property
    def article(self) -> str:
        return self.value[2]


@dataclass(frozen=True, slots=True)
class Rule:
    """`cue` is looked for clause by clause; `unless` in the same clause silences it.

    `no_record`: silent when the whole text asks for a record. `not_ours`: silent when the text
    names the bureau or its own matters.
    """

    cue: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    no_record: bool = False
    not_ours: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """A kind of department and the matters that are plainly its own."""

    name: str
    matters: re.Pattern[str]


RECORD = re.compile(
    r"文件|通知|办法|名单|名册|名录|批复|预算|决算|总结|稿|年报|月报"
    r"|表(?![人示达明扬面彰决演态])|书(?![记法本籍画包店面])|函(?![授数])"
    r"|方案|目录|合同|协议|纪要|公示|公告|台账|记录|清单|依据|数据|决定|案卷|笔录|凭证|请示|规划|细则"
    r"|指南|档案|材料|复印件|电子版|扫描件|报告|明细|备案信息|费用|经费|支出|结果|意见|通报|计划|预案"
    r"|条件、|制度|存根|票据|全文|账目|执法证号|评价|资料|工单"
)
"""Something that is kept: with it a clause speaks of information, not of a wish."""

ASKS = re.compile(
    r"公开|获取|提供|复制|查阅|调取|查看|想看|给我一份|要[^，。]{0,10}(?:书|件|单|表)"
)
OWN = re.compile(
    r"[贵你本我]局|你们局|局里|局(?:机关|党组|干部|职工|属)|机关(?:工作|干部|食堂)|[贵你本]单位"
    r"|商务|粮|加油|成品油|预付卡|家政|拍卖|外贸|展会|电商|以旧换新|报废车|二手车|再生资源"
)

BODIES: tuple[Body, ...] = (
    Body(
        "人力资源社会保障部门",
        re.compile(r"社保|社会保险|养老保险|退休金|失业金|工伤认定|劳动仲裁"),
    ),
    Body("医疗保障部门", re.compile(r"医保|医疗保险|生育津贴")),
    Body("住房公积金管理机构", re.compile(r"公积金")),
    Body(
        "公安机关",
        re.compile(r"户籍|户口|派出所|出警|报警记录|交通违法|违章|驾驶证|电子警察|居住证"),
    ),
    Body("自然资源部门或者乡镇人民政府、街道办事处", re.compile(r"宅基地|征地|土地出让")),
    Body("住房城乡建设部门", re.compile(r"拆迁|房屋征收|物业维修资金|住宅维修资金|商品房预售")),
    Body("教育部门", re.compile(r"学区|学籍|入学报名|招生录取|教师资格")),
    Body("民政部门", re.compile(r"低保|最低生活保障|婚姻登记|殡葬")),
    Body("生态环境部门", re.compile(r"环评|环境影响评价|排污许可")),
    Body("农业农村部门", re.compile(r"土地承包|农机购置|耕地地力")),
    Body("税务机关", re.compile(r"纳税记录|个人所得税|完税证明")),
    Body("市场监督管理部门", re.compile(r"营业执照|食品安全抽检|特种设备|商标注册")),
    Body("卫生健康部门", re.compile(r"疫苗接种|出生医学证明|医疗机构执业")),
)

_TO = r"(?:(?!公开)[^，。])"  # on to the next word, never past 公开
_PLEASE = r"(?:(?<![申邀])请求?|要求|恳请|恳求|麻烦|希望|盼|望|求|帮)"
_QUESTIONS = (
    r"请问|怎[么样]|咋|如何(?=申请|办理|领取|备案|处理|查)|为什么|为啥|多少|多久|几点|去哪"
    r"|哪个部门|还能|能不能|能否|要不要|需不需要|是否需要|有没有$"
    r"|什么(?:条件|材料|资料|手续|证|时候|意思)|吗[？]?$|[？]$|"
)
_WHO = r"(?:^|我|我们|本人|公司|我司|[我本]店|单位)(?:现|正)?"

RULES: dict[Kind, tuple[Rule, ...]] = {
    Kind.COMPLAINT: (
        # something is to be done to somebody, or for the applicant
        Rule(
            re.compile(
                rf"{_PLEASE}{_TO}{{0,16}}?(?:查处|严惩|惩处|取缔|追究|赔偿|赔礼|道歉|退还|退款|退钱"
                r"|讨回|[讨要][^，。]{0,4}回来|追回|赔[我付]|做主|管一管|来管|管管|给个说法|公道"
                r"|解决|制止|重新处理|处理一下|(?<!怎么)(?<!如何)处理$)"
                rf"|申请{_TO}{{0,8}}?(?:查处|取缔|追究|责令)"
            ),
            RECORD,
        ),
        # a grievance of one's own
        Rule(
            re.compile(
                rf"(?:我要|我想|我来|特此|现|实名|强烈){_TO}{{0,6}}?(?:投诉|举报|控告|检举|反映)"
                r"|^(?:我)?(?:举报|投诉|控告)(?![人信件者受处办电渠奖情举投数线平热制工的和、]).{4}"
                r"|(?:拖?欠)(?:我|本人)|我[^，。]{0,12}被[^，。]{0,10}[骗坑宰]|没人管|态度恶劣"
                r"|管不管|找谁赔|退不了|不[给肯][^，。]{0,4}退|不退[钱款卡费]|求求你们|还我[血钱公]"
                r"|还给我|要维权|查一查"
            ),
            no_record=True,
        ),
    ),
    Kind.PUBLICATION: (
        Rule(
            re.compile(
                r"(?:[寄买送给借]|购买|想要|要|提供|索取|借阅)[^，。]{0,14}(?:年鉴|县志|市志|地方志"
                r"|公报|日报|晚报|报纸|期刊|杂志|书籍|图书|合订本)"
            ),
            re.compile(
                r"(?<!免)费|支出|合同|采购|稿|编写|编纂|刊登|登载|发布|报送|预算|订阅|审批|内部"
            ),
        ),
    ),
    Kind.OTHER_BODY: (
        Rule(
            re.compile("|".join(body.matters.pattern for body in BODIES)),
            not_ours=True,
        ),
    ),
    Kind.REGISTER: (
        Rule(
            re.compile(
                r"(?:查|调取|调阅|复制|打印|提供)[^，。]{0,16}?"
                r"(?:(?:不动产|房产|房屋|产权)[^，。]{0,4}(?:登记|查档)(?:信息|资料|档案|情况|$)"
                r"|(?:企业|公司|工商)(?:的)?(?:内档|机读档案|登记档案|登记资料)|机读档案|工商档案)"
            ),
            not_ours=True,
        ),
    ),
    Kind.BUSINESS: (
        Rule(
            re.compile(
                rf"{_WHO}(?:想要?|(?<!不)要|拟|准备|打算|需要)(?:申请|办理?|申办|领取?|申领|注册"
                r"|开办|变更|注销|报名|备案|做[^，。]{0,10}备案)|^报名参加|[帮给替]我办"
            ),
            re.compile(r"公开|信息|[贵你]局"),
            no_record=True,
        ),
    ),
    Kind.QUESTION: (
        Rule(
            re.compile(
                f"{_QUESTIONS}{_PLEASE}{_TO}{{0,8}}?(?:解释|答复|解答|回答|说明理由|说明原因)"
            ),
            re.compile(rf"公开|获取|复制|查阅|(?<!什么)(?:{RECORD.pattern})|给我"),
            no_record=True,
        ),
    ),
    Kind.MAKING: (
        Rule(
            re.compile(
                rf"{_PLEASE}{_TO}{{0,30}}?(?:(?:统计|汇总|整理|比较|对比|分析|计算|测算)"
                r"(?=一下|一份|出|成|各|近|过去|每|所有|全|历年|后|并|从|我|本|按|如果|分析|\d)"
                r"|测算(?![表报依过方结资])|翻译成|逐[家年月项镇村][^，。]{0,4}列"
                r"|计算[^，。]{0,2}[合总平]|[做制]成[^，。]{0,4}[表图])"
            ),
        ),
    ),
    Kind.CONFIRMATION: (
        Rule(
            re.compile(
                rf"{_PLEASE}{_TO}{{0,8}}?(?:(?:确认|认定|证实|核实){_TO}{{0,30}}?"
                rf"(?:是否|真实|有效|合法|真的|属实)|[出开]具?{_TO}{{0,20}}?证明|重新出具|证明我)"
            ),
        ),
    ),
}
