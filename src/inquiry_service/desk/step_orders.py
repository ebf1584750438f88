"""From what was typed to the use case: read the fields, say what is missing, hand it over."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from inquiry_service.desk.fields import Option
from inquiry_service.desk.step_fields import FOUND, GIVEN_AT_ONCE
from inquiry_service.desk.submitted import day_in, needed_day
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure import (
    consulting,
    correcting,
    ending,
    receiving,
    searching,
)
from inquiry_service.disclosure.procedure.consulting import Opinion
from inquiry_service.errors import BadInput, Problem

_LONGEST_CASE_NUMBER = 60
_Whose = Literal["third_party", "agency"]


@dataclass(frozen=True, slots=True)
class Order:
    """What a member of staff wants done with a case that was looked at in this version.

    `may_approve` is asked where one form holds what anybody may do and what only some may.
    """

    office: DisclosureOffice
    number: str
    by: str
    version: int
    typed: Mapping[str, str]
    may_approve: bool = False

    def said(self, name: str) -> str:
        return self.typed.get(name, "").strip()

    def refuse_unsure(self) -> None:
        if not self.said("sure"):
            raise BadInput([Problem("sure", "请先核对，勾选确认后再提交。")])

    def needed(self, **labels: str) -> None:
        """Raise `BadInput` with every field that was left out, by its label."""
        left_out = [name for name in labels if not self.said(name)]
        if left_out:
            raise BadInput([Problem(name, f"请填写“{labels[name]}”。") for name in left_out])

    def chosen(self, name: str, label: str, options: tuple[Option, ...]) -> str:
        if self.said(name) not in {option.value for option in options}:
            raise BadInput([Problem(name, f"请选择“{label}”。")])
        return self.said(name)


def read_back(order: Order) -> None:
    order.refuse_unsure()
    receiving.confirm_read_back(
        order.office, order.number, by=order.by, expected_version=order.version
    )


def receipt(order: Order) -> None:
    receiving.confirm_receipt(
        order.office,
        order.number,
        received=day_in(order.typed, "received"),
        by=order.by,
        expected_version=order.version,
    )


def register(order: Order) -> None:
    receiving.register_request(
        order.office, order.number, by=order.by, expected_version=order.version
    )


def correction_received(order: Order) -> None:
    correcting.submit_correction(
        order.office,
        order.number,
        description=order.said("description"),
        document_number=order.said("document_number"),
        period=order.said("period"),
        on=day_in(order.typed, "on"),
        by=order.by,
        expected_version=order.version,
    )


def reasons_received(order: Order) -> None:
    consulting.give_reasons(
        order.office,
        order.number,
        order.said("reasons"),
        by=order.by,
        expected_version=order.version,
    )


def opinion(order: Order) -> None:
    whose, _, party = order.said("who").partition(":")
    problems = [] if whose in get_args(_Whose) else [Problem("who", "请选择是哪一方的意见。")]
    if order.said("opinion") not in get_args(Opinion):
        problems.append(Problem("opinion", "请选择意见。"))
    if problems:
        raise BadInput(problems)
    consulting.record_opinion(
        order.office,
        order.number,
        whose="third_party" if whose == "third_party" else "agency",
        party=party,
        opinion=_opinion(order.said("opinion")),
        on=day_in(order.typed, "on"),
        received=day_in(order.typed, "received"),
        by=order.by,
        expected_version=order.version,
    )


def _opinion(text: str) -> Opinion:
    known: dict[str, Opinion] = {"agrees": "agrees", "objects": "objects", "silent": "silent"}
    return known[text]


def payment(order: Order) -> None:
    consulting.record_payment(
        order.office,
        order.number,
        on=needed_day(order.typed, "on"),
        by=order.by,
        expected_version=order.version,
    )


def search(order: Order) -> None:
    order.needed(places="检索范围", words="检索线索", found="是否找到", result="检索结果")
    searching.record_search(
        order.office,
        order.number,
        places=order.said("places"),
        words=order.said("words"),
        result=order.said("result"),
        found=order.chosen("found", "是否找到", FOUND) == "yes",
        by=order.by,
        expected_version=order.version,
    )


def on_the_spot(order: Order) -> None:
    order.needed(outcome_code="办理结果", text="提供或者告知的内容")
    code = order.chosen("outcome_code", "办理结果", GIVEN_AT_ONCE)
    reviewed = bool(order.said("secrecy_reviewed"))
    if code == "GRANT_PROVIDE" and order.may_approve and not reviewed:
        told = "当场提供信息以前应先做保密审查（条例第十七条），请审查后勾选。"
        raise BadInput([Problem("secrecy_reviewed", told)])
    ending.answer_on_spot(
        order.office,
        order.number,
        outcome_code=code,
        text=order.said("text"),
        may_approve=order.may_approve,
        secrecy_reviewed=reviewed,
        by=order.by,
        expected_version=order.version,
    )


def withdraw(order: Order) -> None:
    order.refuse_unsure()
    ending.withdraw_request(order.office, order.number, by=order.by, expected_version=order.version)


def archive(order: Order) -> None:
    order.refuse_unsure()
    ending.archive_case(order.office, order.number, by=order.by, expected_version=order.version)


def complaint(order: Order) -> None:
    ending.complain(
        order.office,
        order.number,
        order.said("complaint"),
        by=order.by,
        expected_version=order.version,
    )


def review_opened(order: Order) -> None:
    order.needed(way="种类", review="案号", on="提起日期")
    if len(order.said("review")) > _LONGEST_CASE_NUMBER:
        raise BadInput([Problem("review", f"案号最多{_LONGEST_CASE_NUMBER}字，请核对。")])
    ending.open_review(
        order.office,
        order.number,
        review=order.said("review"),
        way=order.said("way"),
        on=needed_day(order.typed, "on"),
        by=order.by,
        expected_version=order.version,
    )


def review_decided(order: Order) -> None:
    order.needed(review="哪一件", result="审结结果", on="审结日期")
    ending.decide_review(
        order.office,
        order.number,
        review=order.said("review"),
        result=order.said("result"),
        on=needed_day(order.typed, "on"),
        by=order.by,
        expected_version=order.version,
    )


def hold(order: Order) -> None:
    ending.hold_case(
        order.office, order.number, held=True, by=order.by, expected_version=order.version
    )


def lift_hold(order: Order) -> None:
    ending.hold_case(
        order.office, order.number, held=False, by=order.by, expected_version=order.version
    )
