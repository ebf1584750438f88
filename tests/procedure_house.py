"""The procedure step by step for tests that need a case at a certain point: real use cases only.

The clerk writes, the reviewer reviews, the head approves: three persons, as the procedure wants.
"""

from collections.abc import Mapping

from inquiry_service.disclosure import DisclosureOffice, open_case
from inquiry_service.disclosure.letters.element import Form
from inquiry_service.disclosure.letters.elements import elements_of
from inquiry_service.disclosure.letters.kinds import Delivery, LetterKind
from inquiry_service.disclosure.looking.handling import Case
from inquiry_service.disclosure.procedure import approving, receiving, searching, sending, writing
from inquiry_service.disclosure.rules.position import Stage

CLERK, REVIEWER, HEAD = "clerk", "reviewer", "head"

_SPECIMEN = {
    Form.TEXT: "按实际情况填写的内容",
    Form.DAY: "2026-12-31",
    Form.DAYS: "5",
    Form.AMOUNT: "100",
    Form.NUMBER: "信息公开征〔2026〕1号",
    Form.ARTICLE: "第三十六条",
}


def version(office: DisclosureOffice, number: str) -> int:
    return open_case(office, number).version


def register(office: DisclosureOffice, number: str) -> None:
    """Unless it has been registered already."""
    case = open_case(office, number)
    if case.position.stage is Stage.RECEIVED:
        receiving.register_request(office, number, by=CLERK, expected_version=case.version)


def whole_content(
    office: DisclosureOffice, case: Case, kind: LetterKind, given: Mapping[str, str]
) -> dict[str, str]:
    """What the case knows, what the test says, and specimens for whatever else is required."""
    content = writing.suggested_content(
        office,
        kind,
        case.application,
        number=case.number,
        due=case.due,
        received=case.position.received,
        matter=case.position.matter,
        outcome_code=given.get("outcome", ""),
    )
    content |= {"delivery": Delivery.POST.value, **given}
    for element in elements_of(kind, content):
        if element.required and not content.get(element.name):
            first = next(iter(element.choices)) if element.choices else None
            content[element.name] = first.value if first else _SPECIMEN[element.form]
    return content


def draft(
    office: DisclosureOffice, number: str, kind: LetterKind, *, party: str = "", **given: str
) -> str:
    case = open_case(office, number)
    content = whole_content(office, case, kind, given)
    return writing.draft_letter(
        office, number, kind, content, party=party, by=CLERK, expected_version=case.version
    )


def approve(office: DisclosureOffice, number: str, letter: str, *, by: str = HEAD) -> str:
    return approving.approve_letter(
        office, number, letter, by=by, expected_version=version(office, number)
    )


def send(
    office: DisclosureOffice, number: str, letter: str, route: Delivery = Delivery.POST
) -> None:
    sending.send_letter(
        office, number, letter, route=route, by=CLERK, expected_version=version(office, number)
    )


def send_out(
    office: DisclosureOffice, number: str, kind: LetterKind, *, party: str = "", **given: str
) -> str:
    """A letter from draft to the post."""
    letter = draft(office, number, kind, party=party, **given)
    approve(office, number, letter)
    send(office, number, letter)
    return letter


def reply(
    office: DisclosureOffice,
    number: str,
    outcome: str = "GRANT_PROVIDE",
    route: Delivery = Delivery.POST,
    **given: str,
) -> str:
    """The whole way of a reply, from registration to the post."""
    register(office, number)
    if outcome == "NOT_HELD":
        search(office, number)
    letter = draft(office, number, LetterKind.REPLY, outcome=outcome, **given)
    review(office, number, letter)
    approve(office, number, letter)
    send(office, number, letter, route)
    return letter


def review(office: DisclosureOffice, number: str, letter: str) -> None:
    for step in (approving.pass_secrecy_review, approving.pass_legal_check):
        step(office, number, letter, by=REVIEWER, expected_version=version(office, number))


def search(office: DisclosureOffice, number: str) -> None:
    searching.record_search(
        office,
        number,
        places="档案室、办公系统",
        words="文件标题和文号",
        result="没有找到",
        found=False,
        by=CLERK,
        expected_version=version(office, number),
    )
