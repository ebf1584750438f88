"""What the demonstration cases tell: one for every sight that the desk should have."""

from dataclasses import dataclass, replace
from typing import Literal

from inquiry_service.cli.demonstration_steps import (
    Do,
    approve,
    ask_correction,
    challenge,
    consult,
    correct,
    draft,
    extend,
    finish,
    hear,
    register,
    review,
    search,
    withdraw,
)
from inquiry_service.disclosure.rules.channels import Channel
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.request import (
    ApplicantKind,
    Application,
    IdentityKind,
    ReceiveBy,
    SupplyForm,
)

PERSON = Application(
    applicant_kind=ApplicantKind.NATURAL_PERSON,
    name="演示申请人",
    identity_kind=IdentityKind.PASSPORT,
    identity_number="DEMO00001",
    email="applicant@example.com",
    supply_form=SupplyForm.ELECTRONIC,
    receive_by=ReceiveBy.ONLINE,
    consent=True,
)
OTHER_PERSON = replace(PERSON, name="另一演示申请人", identity_number="DEMO00002")
ORGANISATION = Application(
    applicant_kind=ApplicantKind.BUSINESS,
    organisation_name="演示申请单位",
    credit_code="91350100M000100Y43",  # the specimen of GB 32100
    contact_person="演示联系人",
    email="organisation@example.com",
    supply_form=SupplyForm.PAPER,
    receive_by=ReceiveBy.COLLECT,
    consent=True,
)
_DEMO = "（本文书为演示内容。）"


@dataclass(frozen=True)
class Story:
    """What a person says, what they then apply for, and what was done about it.

    `days_ago` is the day of filing, `steps` are the later ones with how many days ago each was.
    `on_paper` came by ordinary post and was typed in.
    """

    description: str
    days_ago: int
    period: str = ""
    said: tuple[str, ...] = ()
    channel: Literal["web", "wechat"] = "web"
    applicant: Application = PERSON
    matter: Matter = Matter.REQUEST
    on_paper: Channel | None = None
    steps: tuple[tuple[int, Do], ...] = ()


STORIES = (
    Story(
        "2019年度收到和办理的政府信息公开申请件数",
        days_ago=0,
        period="2019年",
        said=("你好", "2017年收到多少件依申请公开申请？", "2019年收到多少件依申请公开？"),
    ),
    Story(
        "单用途商业预付卡备案企业名单（2026年上半年）",
        days_ago=8,
        period="2026年",
        said=("单用途预付卡备案要交哪些材料？", "已经备案的企业有哪些？"),
        channel="wechat",
        steps=((7, register),),
    ),
    Story(
        "有关粮食的材料",
        days_ago=5,
        applicant=OTHER_PERSON,
        steps=(
            (4, register),
            (4, ask_correction("请写明所需信息的名称、文号，或者内容和年份。", 15)),
        ),
    ),
    Story(
        "去年的补贴",
        days_ago=22,
        steps=(
            (21, register),
            (20, ask_correction("请写明是哪一项补贴、什么内容。", 15)),
            (14, correct("2025年家电以旧换新补贴的实施方案")),
        ),
    ),
    Story(
        "某加油站经营资格变更的申报材料",
        days_ago=15,
        period="2025年",
        applicant=ORGANISATION,
        steps=((14, register), (10, consult("成品油零售经营资格变更的申报材料。"))),
    ),
    Story(
        "近五年地方储备粮轮换的批复文件",
        days_ago=24,
        period="2021年至2025年",
        steps=((23, register), (8, extend(15))),
    ),
    Story(
        "粮食应急供应网点的设置标准和现有网点清单",
        days_ago=50,  # more than 20 working days in any month, so always overdue
        period="2025年",
        said=("粮食应急供应网点有哪些？",),
        steps=((49, register),),
    ),
    Story(
        "县级粮食应急预案的全文",
        days_ago=12,
        period="2026年",
        steps=(
            (11, register),
            (2, draft("GRANT_PROVIDE", provided="粮食应急预案一份。", how_provided="邮寄纸质件。")),
        ),
    ),
    Story(
        "2025年家电以旧换新补贴的申领办法",
        days_ago=16,
        period="2025年",
        steps=(
            (15, register),
            (5, draft("GRANT_PROVIDE", provided="申领办法一份。", how_provided="邮寄纸质件。")),
            (4, review),
            (3, approve),
        ),
    ),
    Story(
        "2017年度政府信息公开工作报告",
        days_ago=33,
        period="2017年",
        said=("年报的电子版在哪里下载？",),
        steps=(
            (32, register),
            (31, draft("GRANT_ALREADY_PUBLIC", where_public="本服务“公开文件”栏目。")),
            (30, finish),
        ),
    ),
    Story(
        "商贸企业扶持资金的申报和评审材料",
        days_ago=45,
        period="2025年",
        applicant=OTHER_PERSON,
        steps=(
            (44, register),
            (40, consult("企业申报扶持资金的材料。")),
            (30, hear("objects")),
            (
                21,
                draft(
                    "PARTIAL",
                    provided="扶持资金评审办法和评审结果各一份。",
                    how_provided="邮寄纸质件。",
                    withheld="企业申报材料中的经营数据。",
                    withheld_article="第十五条",
                    reason=f"第三方不同意公开，公开会损害其合法权益。{_DEMO}",
                ),
            ),
            (19, finish),
        ),
    ),
    Story(
        "按经营者类别重新汇总的近十年商贸统计表",
        days_ago=25,
        period="2016年至2025年",
        applicant=ORGANISATION,
        steps=(
            (24, register),
            (
                14,
                draft(
                    "NEEDS_CREATION",
                    reason=f"本机关没有按该口径汇总的现成信息，需要加工、分析。{_DEMO}",
                ),
            ),
            (12, finish),
        ),
    ),
    Story(
        "内部研究讨论储备粮轮换时机的会议记录",
        days_ago=40,
        period="2026年",
        steps=(
            (39, register),
            (
                28,
                draft(
                    "REFUSE_PROCESS",
                    reason=f"属于行政机关在履行职责过程中形成的讨论记录。{_DEMO}",
                ),
            ),
            (26, finish),
            (6, challenge),
        ),
    ),
    Story(
        "1998年粮食收购站点撤并的批复",
        days_ago=28,
        period="1998年",
        steps=(
            (27, register),
            (18, search("档案室、办公系统、历年文件目录", "收购站点、撤并、1998年")),
            (
                17,
                draft("NOT_HELD", search=f"查找了档案室、办公系统和历年文件目录。{_DEMO}"),
            ),
            (16, finish),
        ),
    ),
    Story(
        "会展活动的审批结果",
        days_ago=19,
        period="2026年",
        steps=((18, register), (17, withdraw)),
    ),
    Story(
        "成品油零售经营资格的审批结果",
        days_ago=3,
        period="2025年",
        applicant=replace(PERSON, email="", address="演示地址", receive_by=ReceiveBy.POST),
        on_paper=Channel.ORDINARY_POST,
    ),
    Story(
        "备案登记中本单位的联系电话有误，请予更正",
        days_ago=9,
        applicant=ORGANISATION,
        matter=Matter.RECORD_CORRECTION,
        steps=((8, register),),
    ),
    Story(
        "建议公开粮食质量抽检的年度结果",
        days_ago=6,
        matter=Matter.SUGGESTION,
    ),
)
