"""One specimen of every letter, and of every reply: `python scripts/letter_specimens.py OUT`.

Writes DOCX, and PDF and PNG beside it where LibreOffice is installed. People and bodies are roles
for show. `--folder` fills a bureau's own templates instead of the house's.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from inquiry_service.disclosure.letters import LetterKind, fill, starting_content, to_pdf
from inquiry_service.disclosure.letters.elements import elements_of
from inquiry_service.disclosure.letters.variants import with_article
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.outcomes import OUTCOMES, SIDE_OUTCOMES, Outcome
from inquiry_service.disclosure.rules.remedies import remedy_for
from inquiry_service.errors import InquiryError

BUREAU = "演示县商务局"
ORGAN, COURT = "演示县人民政府", "演示县人民法院"
DOTS_PER_INCH = 110

_COMMON = {
    "addressee": "演示申请人",
    "addressed_as": "person",
    "submitted_on": "2026-03-01",
    "request_date": "2026-03-02",
    "request_number": "演示〔2026〕0001",
    "request_summary": "2025年度粮食收购企业备案名单，以及县级储备粮轮换工作的有关通知",
    "channel": "网上提交",
    "delivery": "post",
    "contact": "演示县商务局政府信息公开工作机构",
    "bureau": BUREAU,
    "signed_on": "2026-03-09",
}
_INFORMATION = "演示企业在申报储备粮轮换项目时提交的《仓储设施情况说明》及其附表"

_OWN: dict[LetterKind, dict[str, str]] = {
    LetterKind.REGISTRATION: {
        "channel": "网上",
        "applicant_kind": "natural_person",
        "applicant": "演示申请人",
        "identity_proof": "居民身份证 ××××××********××××",
        "applicant_contact": "演示县演示路1号（邮寄地址）",
        "information_marks": "文件标题中有“轮换”字样",
        "supply_form": "paper",
        "receive_by": "post",
        "due": "2026-03-30",
        "registered_by": "演示登记员",
        "remark": "无",
    },
    LetterKind.RECEIPT: {"due": "2026-03-30", "delivery": "online"},
    LetterKind.CORRECTION: {
        "reason": "“有关通知”没有写明名称、文号、时间或者内容，无法确定具体的文件",
        "what_to_correct": (
            "一、写明“有关通知”的文件名称或者文号；\n"
            "二、不知道名称、文号的，写明大致的发文时间、发文机关和主要内容，以便查找"
        ),
        "until": "2026-03-23",
        "attachments": "政府信息公开申请补正表",
    },
    LetterKind.REASONS: {
        "reason": "2026年2月共提出政府信息公开申请46件，其中31件内容相近",
        "until": "2026-03-16",
    },
    LetterKind.EXTENSION: {
        "signed_on": "2026-03-26",
        "reason": "申请公开的文件涉及多个年度，存于县档案馆，需要逐件调取、核对",
        "due": "2026-03-30",
        "days": "20",
        "new_due": "2026-04-28",
    },
    LetterKind.THIRD_PARTY_CONSULTATION: {
        "addressee": "演示企业",
        "information": _INFORMATION,
        "reason": "其中的库容、设备和客户情况可能属于商业秘密",
        "attachments": "政府信息公开征求意见确认函",
    },
    LetterKind.THIRD_PARTY_OPINION: {
        "letter_number": "演商征〔2026〕1号",
        "party": "演示企业",
        "information": _INFORMATION,
    },
    LetterKind.CONSULTATION_NOTICE: {"consulted": "third_party", "consulted_on": "2026-03-09"},
    LetterKind.DISCLOSURE_NOTICE: {
        "signed_on": "2026-03-24",
        "addressee": "演示企业",
        "consulted_on": "2026-03-09",
        "opinion": "objected",
        "information": "《仓储设施情况说明》第一部分（仓房数量和完好仓容），其余部分不公开",
        "reason": "该部分反映储备粮承储条件，不公开可能对公共利益造成重大影响",
    },
    LetterKind.CO_MAKER_CONSULTATION: {
        "relation": "co_maker",
        "addressee": "演示县财政局",
        "information": "《关于2025年度县级储备粮费用补贴的通知》",
        "bureau_view": "该通知不涉及不予公开的情形，拟予以公开",
    },
    LetterKind.ASSISTANCE: {
        "addressee": "演示县档案馆",
        "information": "2015年至2018年县级储备粮轮换工作的文件",
        "what_needed": (
            "一、查找上述文件，并告知是否存有；\n二、存有的，提供目录和复制件；\n"
            "三、没有的，说明查找的范围和方法"
        ),
        "until": "2026-03-16",
        "delivery": "direct",
    },
    LetterKind.FEE: {
        "reason": "2026年3月提出政府信息公开申请31件",
        "rate": "按件计收：同一申请人一个自然月内第11件至第30件每件100元，第31件200元",
        "amount": "2200",
        "how_to_pay": "凭本通知书到演示县商务局窗口缴纳，领取财政票据",
        "until": "2026-04-07",
    },
}

_OTHER_GROUND: dict[LetterKind, dict[str, str]] = {
    LetterKind.EXTENSION: {
        "ground": "delayed",
        "reason": "46件申请涉及多个年度，需要分批调取、核对",
        "until": "2026-05-29",
    },
    LetterKind.CO_MAKER_CONSULTATION: {
        "relation": "other",
        "information": "县财政局抄送的《关于拨付2025年度储备粮资金的函》",
        "until": "2026-03-23",
    },
}

_OF_MATTER: dict[Matter, dict[str, str]] = {
    Matter.RECORD_CORRECTION: {
        "matter": "record_correction",
        "request_summary": "粮食收购企业备案名单中本单位的名称与营业执照不一致，请予更正",
    },
    Matter.SUGGESTION: {
        "matter": "suggestion",
        "request_summary": "县级储备粮轮换的结果关系到售粮农户，建议按年公布",
    },
}

_REPLY_ELEMENTS = {
    "reason": "经核对，申请公开的信息具备该条规定的情形，公开将产生该条所要避免的后果",
    "provided": (
        "一、2025年度粮食收购企业备案名单1份；\n二、《关于做好县级储备粮轮换工作的通知》1份"
    ),
    "how_provided": "纸质复制件，随本答复书邮寄",
    "where_public": "演示县商务局网站“政府信息公开—粮食管理”栏目，名单于2026年1月15日公布",
    "withheld": "通知附件中承储企业的银行账户",
    "withheld_article": "第十五条",
    "special_law": "《演示条例》第八条",
    "where_to_query": "到演示县登记机构查询窗口，持身份证明查询",
    "search": (
        "2026年3月4日检索办公系统和档案管理系统，检索词为“轮换”“储备粮”；"
        "3月5日查阅2015年至2018年纸质档案目录。均未发现该信息"
    ),
    "holder": "演示县财政局",
    "holder_contact": "演示县演示路2号",
    "correction_asked_on": "2026-03-04",
    "until": "2026-03-06",
    "right_channel": "演示县信访接待场所",
    "earlier_reply": "2026年1月20日的演商答〔2026〕2号答复书",
    "publication": "《演示县统计年鉴》（2025年卷）",
    "where_to_get": "可以到公共图书馆查阅",
    "reasons_asked_on": "2026-03-04",
    "fee_noticed_on": "2026-02-04",
    "corrected": "将备案名单中贵单位的名称更正为与营业执照一致",
    "online_route": "演示县行政复议网上申请窗口",
}


def specimen(kind: LetterKind) -> dict[str, str]:
    """Full content of a kind; a reply is a partial disclosure, the longest there is."""
    if kind is LetterKind.REPLY:
        return reply_specimen(next(o for o in OUTCOMES if o.code == "PARTIAL"))
    return _whole(kind, _OWN[kind])


def other_specimen(kind: LetterKind) -> dict[str, str]:
    """Full content of a kind with two grounds, on the second."""
    return _whole(kind, {**_OWN[kind], **_OTHER_GROUND[kind]})


def receipt_specimen(matter: Matter) -> dict[str, str]:
    """Full content of the receipt for a matter beside requests (条例第四十一条、第四十四条)."""
    return _whole(LetterKind.RECEIPT, {**_OWN[LetterKind.RECEIPT], **_OF_MATTER[matter]})


def _whole(kind: LetterKind, own: dict[str, str]) -> dict[str, str]:
    content = with_article(kind, {**_COMMON, **starting_content(kind), **own})
    return _only(kind, {**content, "document_number": f"演商{kind.nature.code}〔2026〕1号"})


def reply_specimen(outcome: Outcome) -> dict[str, str]:
    """Full content of a reply with this outcome."""
    content = {**_COMMON, **_REPLY_ELEMENTS, **starting_content(LetterKind.REPLY, outcome.code)}
    content |= {"document_number": "演商答〔2026〕3号", "signed_on": "2026-03-30"}
    content["remedy"] = remedy_for(outcome, organ=ORGAN, court=COURT).text
    return _only(LetterKind.REPLY, content)


def all_specimens() -> Iterator[tuple[str, LetterKind, dict[str, str]]]:
    """Name, kind and content of every specimen."""
    for kind in LetterKind:
        if kind is not LetterKind.REPLY:
            yield kind.value, kind, specimen(kind)
    for kind in _OTHER_GROUND:
        yield f"{kind.value}-other", kind, other_specimen(kind)
    for matter in _OF_MATTER:
        yield f"receipt-{matter}", LetterKind.RECEIPT, receipt_specimen(matter)
    for outcome in (*OUTCOMES, *SIDE_OUTCOMES):
        yield f"reply-{outcome.code.lower()}", LetterKind.REPLY, reply_specimen(outcome)


def _only(kind: LetterKind, content: dict[str, str]) -> dict[str, str]:
    names = [element.name for element in elements_of(kind, content)]
    return {name: content[name] for name in names if name in content}


def main() -> int:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("out", type=Path)
    reader.add_argument("--folder", type=Path, help="a bureau's own templates")
    reader.add_argument("--only", default="", help="specimens whose name begins with this")
    wanted = reader.parse_args()
    wanted.out.mkdir(parents=True, exist_ok=True)
    for name, kind, content in all_specimens():
        if name.startswith(wanted.only):
            try:
                document = fill(kind, content, folder=wanted.folder)
            except InquiryError as fault:
                print(f"{name}: {fault.message}", file=sys.stderr)
                return 1
            _keep(wanted.out / name, document)
    return 0


def _keep(path: Path, document: bytes) -> None:
    path.with_suffix(".docx").write_bytes(document)
    made = [".docx"]
    if pdf := to_pdf(document):
        path.with_suffix(".pdf").write_bytes(pdf)
        made += [".pdf", *_pictures(path, pdf)]
    print(path.name, *made)


def _pictures(path: Path, pdf: bytes) -> Iterator[str]:
    import pypdfium2

    for at, page in enumerate(pypdfium2.PdfDocument(pdf), 1):
        picture = path.with_name(f"{path.name}-{at}.png")
        page.render(scale=DOTS_PER_INCH / 72).to_pil().save(picture)
        yield picture.name.removeprefix(path.name)


if __name__ == "__main__":
    sys.exit(main())
