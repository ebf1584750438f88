"""What the demonstration cases tell: one for every sight that the desk should have."""

from dataclasses import dataclass
from typing import Literal

from inquiry_service.disclosure.request import (
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


@dataclass(frozen=True)
class Story:
    """What a person says, what they then apply for, and how it was answered, if it was.

    `days_ago` is the day of filing; with an `outcome`, the reply is of `replied_days_ago`.
    """

    description: str
    period: str
    days_ago: int
    said: tuple[str, ...] = ()
    channel: Literal["web", "wechat"] = "web"
    applicant: Application = PERSON
    outcome: str = ""
    reply: str = ""
    replied_days_ago: int = 0


STORIES = (
    Story(
        "2019年度收到和办理的政府信息公开申请件数",
        "2019年",
        days_ago=0,
        said=("你好", "2017年收到多少件依申请公开申请？", "2019年收到多少件依申请公开？"),
    ),
    Story(
        "单用途商业预付卡备案企业名单（2026年上半年）",
        "2026年",
        days_ago=8,
        said=("单用途预付卡备案要交哪些材料？", "已经备案的企业有哪些？"),
        channel="wechat",
    ),
    Story("成品油零售经营资格的审批结果", "2025年", days_ago=15, applicant=ORGANISATION),
    Story(
        "粮食应急供应网点的设置标准和现有网点清单",
        "2025年",
        days_ago=50,  # more than 20 working days in any month, so always overdue
        said=("粮食应急供应网点有哪些？",),
    ),
    Story(
        "2017年度政府信息公开工作报告",
        "2017年",
        days_ago=33,
        said=("年报的电子版在哪里下载？",),
        outcome="GRANT_ALREADY_PUBLIC",
        reply="您申请的信息已经主动公开，可以在本服务“公开文件”栏目查阅全文。\n（本答复为演示内容。）",
        replied_days_ago=30,
    ),
    Story(
        "按经营者类别重新汇总的近十年商贸统计表",
        "2016年至2025年",
        days_ago=25,
        applicant=ORGANISATION,
        outcome="NEEDS_CREATION",
        reply="本机关没有现成的按该口径汇总的信息，需要另行加工、分析，因此无法提供。\n（本答复为演示内容。）",
        replied_days_ago=12,
    ),
    Story(
        "内部研究讨论储备粮轮换时机的会议记录",
        "2026年",
        days_ago=20,
        outcome="REFUSE_PROCESS",
        reply="您申请的信息属于行政机关履行职责过程中形成的讨论记录，决定不予公开。\n（本答复为演示内容。）",
        replied_days_ago=6,
    ),
)
