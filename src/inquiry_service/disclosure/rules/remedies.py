"""What a reply must say about reconsideration and litigation. Pure.

Since 1 January 2024 a refusal to disclose must go to reconsideration first, and the agency must
say so (行政复议法第二十三条第一款第四项、第二款); templates that offer both ways are outdated.
"""

from dataclasses import dataclass

from inquiry_service.disclosure.rules.outcomes import Outcome, RemedyGroup


@dataclass(frozen=True, slots=True)
class Remedy:
    """The paragraph for the applicant; `unconfirmed` until the bureau's lawyer has settled it."""

    text: str
    unconfirmed: bool


_TEXTS = {
    # 60 days: 行政复议法第二十条; the people's government: 第二十四条;
    # 15 days after the reconsideration: 行政诉讼法第四十五条.
    RemedyGroup.RECONSIDERATION_FIRST: (
        "如不服本答复中不予公开政府信息的决定，应当先申请行政复议：可以自知道本答复之日起六十日内"
        "向{organ}提出（《中华人民共和国行政复议法》第二十条、第二十三条、第二十四条）。对行政复议"
        "决定不服的，可以自收到复议决定书之日起十五日内向{court}提起行政诉讼"
        "（《中华人民共和国行政诉讼法》第四十五条）。"
    ),
    # 行政诉讼法第四十六条: six months where suit is brought directly
    RemedyGroup.EITHER: (
        "如不服本答复，可以自知道本答复之日起六十日内向{organ}申请行政复议"
        "（《中华人民共和国行政复议法》第二十条、第二十四条），也可以自知道本答复之日起六个月内向"
        "{court}提起行政诉讼（《中华人民共和国行政诉讼法》第四十六条）。"
    ),
    # Whether courts admit these is disputed (法释〔2025〕8号), so nothing is promised.
    RemedyGroup.UNSETTLED: (
        "如认为本答复侵犯您的合法权益，可以依照《中华人民共和国行政复议法》《中华人民共和国行政"
        "诉讼法》的规定，向{organ}申请行政复议，或者向{court}提起行政诉讼；是否受理，由复议机关或者"
        "人民法院依法决定。"
    ),
    RemedyGroup.NONE: "",
}


def remedy_for(outcome: Outcome, *, organ: str, court: str) -> Remedy:
    """The paragraph that belongs to an outcome, with the reviewing organ and court filled in."""
    text = _TEXTS[outcome.remedy].format(organ=organ, court=court)
    unsettled = outcome.remedy is RemedyGroup.UNSETTLED or outcome.code == "PARTIAL"
    return Remedy(text, unconfirmed=unsettled)
