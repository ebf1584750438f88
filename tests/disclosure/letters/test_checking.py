"""No letter is approved while something the law wants said is missing or wrong."""

import pytest
from letter_specimens import all_specimens, other_specimen, reply_specimen, specimen

from inquiry_service.disclosure.letters import (
    LetterKind,
    Recipient,
    carries_remedy,
    elements_of,
    missing,
    naming_applicant,
    needs_secrecy_review,
    starting_content,
    unconfirmed,
)
from inquiry_service.disclosure.letters.element import Form
from inquiry_service.disclosure.letters.variants import with_article
from inquiry_service.disclosure.letters.wording import VARIANT_WORDING, WORDING
from inquiry_service.disclosure.rules.opinions import Relation
from inquiry_service.disclosure.rules.outcomes import (
    OUTCOMES,
    SIDE_OUTCOMES,
    Outcome,
    RemedyGroup,
    outcome_of,
)

SPECIMENS = list(all_specimens())
NAMES = [name for name, _, _ in SPECIMENS]
ELEMENTS = [
    (kind, content, element)
    for _, kind, content in SPECIMENS
    for element in elements_of(kind, content)
]
REQUIRED = [case for case in ELEMENTS if case[2].required]


def fields(kind: LetterKind, content: dict[str, str]) -> list[str]:
    return [problem.field for problem in missing(kind, content)]


def reply(code: str, **changes: str) -> dict[str, str]:
    outcome = outcome_of(code)
    assert outcome is not None
    return {**reply_specimen(outcome), **changes}


def test_there_are_thirteen_kinds_and_each_says_what_it_is_for() -> None:
    assert len(LetterKind) == 13
    for kind in LetterKind:
        assert kind.nature.title
        assert kind.nature.article.startswith("第")
        assert kind.nature.serves
    codes = [kind.nature.code for kind in LetterKind if kind.nature.numbered]
    assert len(codes) == len(set(codes)) == 10


def test_only_a_reply_decides_so_only_it_carries_a_remedy_and_needs_secrecy_review() -> None:
    assert [kind for kind in LetterKind if carries_remedy(kind)] == [LetterKind.REPLY]
    assert [kind for kind in LetterKind if needs_secrecy_review(kind)] == [LetterKind.REPLY]
    for kind in LetterKind:
        if kind is not LetterKind.REPLY:
            assert "remedy" not in {element.name for element in elements_of(kind)}


@pytest.mark.parametrize(("name", "kind", "content"), SPECIMENS, ids=NAMES)
def test_a_full_letter_lacks_nothing(name: str, kind: LetterKind, content: dict[str, str]) -> None:
    assert missing(kind, content) == ()


@pytest.mark.parametrize(
    ("kind", "content", "element"), REQUIRED, ids=[f"{k}-{e.name}" for k, _, e in REQUIRED]
)
def test_whatever_is_required_is_named_when_it_is_missing(
    kind: LetterKind, content: dict[str, str], element: object
) -> None:
    name, label = getattr(element, "name", ""), getattr(element, "label", "")
    for empty in ("", " \n\x00 "):
        problems = {p.field: p.message for p in missing(kind, {**content, name: empty})}
        assert f"“{label}”" in problems[name]
        assert problems[name].endswith("。")


def test_the_letter_that_says_nothing_lacks_everything() -> None:
    for kind in LetterKind:
        wanted = {element.name for element in elements_of(kind) if element.required}
        assert set(fields(kind, {})) == wanted


@pytest.mark.parametrize("wrong", ["2026-02-30", "2026年3月2日", "3月2日", "２０２６-03-02", "0"])
def test_a_day_is_a_real_day(wrong: str) -> None:
    for kind, content, element in ELEMENTS:
        if element.form is Form.DAY:
            assert element.name in fields(kind, {**content, element.name: wrong})


@pytest.mark.parametrize("wrong", ["0", "-5", "1.234", "一百", "1e3", "NaN", "99999999", "１００"])
def test_an_amount_is_a_sum_of_money(wrong: str) -> None:
    assert fields(LetterKind.FEE, {**specimen(LetterKind.FEE), "amount": wrong}) == ["amount"]


@pytest.mark.parametrize(
    "wrong", ["1", "演商补2026年1号", "演商补〔2026〕0号", "〔2026〕1号", "演商补[2026]1号"]
)
def test_a_document_number_has_its_form(wrong: str) -> None:
    content = {**specimen(LetterKind.CORRECTION), "document_number": wrong}
    assert fields(LetterKind.CORRECTION, content) == ["document_number"]


@pytest.mark.parametrize("right", ["第三十条", "第三十六条第（四）项", "《演示条例》第八条第二款"])
def test_an_article_is_a_place_in_a_law(right: str) -> None:
    content = specimen(LetterKind.CORRECTION)
    assert fields(LetterKind.CORRECTION, {**content, "article": right}) == []
    assert fields(LetterKind.CORRECTION, {**content, "article": "依法"}) == ["article"]


def test_one_line_is_one_line_and_nothing_is_endless() -> None:
    content = specimen(LetterKind.CORRECTION)
    assert fields(LetterKind.CORRECTION, {**content, "addressee": "甲\n乙"}) == ["addressee"]
    assert fields(LetterKind.CORRECTION, {**content, "addressee": "甲" * 301}) == ["addressee"]
    assert fields(LetterKind.CORRECTION, {**content, "reason": "甲" * 10_001}) == ["reason"]


@pytest.mark.parametrize(
    "kind", [LetterKind.CORRECTION, LetterKind.REASONS, LetterKind.ASSISTANCE, LetterKind.FEE]
)
def test_a_time_limit_ends_after_the_letter_was_signed(kind: LetterKind) -> None:
    content = specimen(kind)
    assert fields(kind, {**content, "until": content["signed_on"]}) == ["until"]


def test_a_delay_ends_later_than_the_limit_and_is_told_before_it_is_over() -> None:
    kind = LetterKind.EXTENSION
    delayed = other_specimen(kind)
    assert "days" not in delayed
    assert delayed["article"] == "第三十五条"
    assert fields(kind, {**delayed, "until": delayed["due"]}) == ["until"]
    for wrong in ("", "2028-03-01", "9999-12-31"):
        assert fields(kind, {**delayed, "until": wrong}) == ["until"]
    assert fields(kind, {**delayed, "signed_on": "2026-03-31"}) == ["signed_on"]
    assert fields(kind, {**delayed, "article": "第三十三条"}) == ["article"]


def test_the_article_is_that_of_the_relation_and_the_day_for_an_answer_comes_later() -> None:
    kind = LetterKind.CO_MAKER_CONSULTATION
    makers, others = specimen(kind), other_specimen(kind)
    assert fields(kind, {**makers, "relation": ""}) == ["relation"]
    assert fields(kind, {**makers, "article": others["article"]}) == ["article"]
    assert fields(kind, {**others, "article": "第三十四条"}) == ["article"]
    assert fields(kind, {**others, "until": others["signed_on"]}) == ["until"]
    assert with_article(kind, {**makers, "relation": "other"})["article"] == others["article"]
    assert with_article(kind, {**makers, "article": "《演示条例》第八条"}) == {
        **makers,
        "article": "《演示条例》第八条",
    }


@pytest.mark.parametrize(
    ("days", "allowed"), [("0", False), ("1", True), ("20", True), ("21", False)]
)
def test_an_extension_is_one_to_twenty_working_days(days: str, allowed: bool) -> None:
    content = {**specimen(LetterKind.EXTENSION), "days": days}
    assert fields(LetterKind.EXTENSION, content) == ([] if allowed else ["days"])


def test_an_extension_ends_later_and_is_told_before_the_time_is_up() -> None:
    content = specimen(LetterKind.EXTENSION)
    assert fields(LetterKind.EXTENSION, {**content, "new_due": content["due"]}) == ["new_due"]
    assert fields(LetterKind.EXTENSION, {**content, "signed_on": "2026-03-31"}) == ["signed_on"]
    assert fields(LetterKind.EXTENSION, {**content, "signed_on": content["due"]}) == []


@pytest.mark.parametrize("outcome", [*OUTCOMES, *SIDE_OUTCOMES], ids=lambda outcome: outcome.code)
def test_a_reply_needs_a_remedy_unless_its_outcome_has_none(outcome: Outcome) -> None:
    content = {**reply_specimen(outcome), "remedy": ""}
    needs = outcome.remedy is not RemedyGroup.NONE
    assert ("remedy" in fields(LetterKind.REPLY, content)) is needs


def test_a_refusal_says_that_reconsideration_comes_first() -> None:
    either = "可以申请行政复议，也可以提起行政诉讼。"
    assert fields(LetterKind.REPLY, reply("REFUSE_INTERNAL", remedy=either)) == ["remedy"]
    assert fields(LetterKind.REPLY, reply("GRANT_PROVIDE", remedy=either)) == []
    assert fields(LetterKind.REPLY, reply("GRANT_PROVIDE", remedy="可以投诉。")) == ["remedy"]


def test_a_reply_needs_its_outcome() -> None:
    assert "outcome" in fields(LetterKind.REPLY, {})
    assert "outcome" in fields(LetterKind.REPLY, reply("OTHER", outcome="MAYBE"))


@pytest.mark.parametrize(
    ("code", "element"),
    [
        ("GRANT_ALREADY_PUBLIC", "where_public"),
        ("GRANT_PROVIDE", "how_provided"),
        ("PARTIAL", "withheld"),
        ("PARTIAL", "reason"),
        ("NOT_HELD", "search"),
        ("REFUSE_OTHER_LAW", "special_law"),
        ("DUPLICATE", "earlier_reply"),
        ("EXCESSIVE", "reasons_asked_on"),
    ],
)
def test_each_outcome_asks_for_what_its_article_asks_for(code: str, element: str) -> None:
    assert fields(LetterKind.REPLY, reply(code, **{element: ""})) == [element]


def test_another_body_is_named_with_its_contact_or_said_to_be_unknown() -> None:
    content = reply("NOT_OURS")
    assert fields(LetterKind.REPLY, {**content, "holder": ""}) == ["holder"]
    assert fields(LetterKind.REPLY, {**content, "holder_contact": ""}) == ["holder_contact"]
    unknown = {**content, "holder": "不能确定", "holder_contact": ""}
    assert fields(LetterKind.REPLY, unknown) == []


@pytest.mark.parametrize("delivery", ["online", "email", "网上送达"])
def test_a_reply_served_online_shows_the_online_way_to_reconsideration(delivery: str) -> None:
    content = reply("GRANT_PROVIDE", delivery=delivery)
    assert fields(LetterKind.REPLY, content) == ["online_route"]
    assert fields(LetterKind.REPLY, {**content, "online_route": "网上窗口"}) == []
    assert fields(LetterKind.REPLY, reply("OTHER", delivery=delivery)) == []


def test_nobody_else_learns_who_asked() -> None:
    for kind in LetterKind:
        content = specimen(kind)
        name = "information" if "information" in content else "reason"
        telling = {**content, name: "由张某某（电话13800000000）申请"}
        problems = naming_applicant(kind, telling, ["张某某", "13800000000", "", "张"])
        others = kind.nature.recipient in (Recipient.THIRD_PARTY, Recipient.AGENCY)
        assert [p.field for p in problems] == ([name] if others else [])
        assert naming_applicant(kind, content, ["张某某", "张"]) == ()


def test_no_letter_to_others_has_a_place_for_the_applicant() -> None:
    telling = {"applicant", "request_number", "request_summary", "identity_proof", "submitted_on"}
    for kind in LetterKind:
        if kind.nature.hides_applicant:
            assert not telling & {element.name for element in elements_of(kind)}
            assert "{you}" not in str(WORDING.get(kind, ()))
    assert "{you}" not in str(VARIANT_WORDING[Relation.OTHER])


def test_what_is_unsettled_is_told_on_the_desk() -> None:
    assert "109号" in unconfirmed(LetterKind.FEE, {})[0]
    assert unconfirmed(LetterKind.REPLY, reply("DUPLICATE"))
    assert unconfirmed(LetterKind.REPLY, reply("GRANT_PROVIDE")) == ()
    assert unconfirmed(LetterKind.EXTENSION, {}) == ()


def test_a_letter_starts_with_the_article_of_its_kind_or_outcome() -> None:
    assert starting_content(LetterKind.CORRECTION) == {"article": "第三十条"}
    assert "109号" in starting_content(LetterKind.FEE)["fee_basis"]
    assert starting_content(LetterKind.THIRD_PARTY_OPINION) == {}
    assert starting_content(LetterKind.REPLY, "PETITION")["article"] == "第三十九条第一款"
    assert starting_content(LetterKind.REPLY) == {}


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        (
            "REFUSE_INTERNAL",
            "应当先申请行政复议，也可以在六个月内直接向人民法院提起行政诉讼。",
        ),
        ("NOT_HELD", "应当先申请行政复议，对复议决定不服的再提起行政诉讼。"),
    ],
)
def test_a_remedy_of_the_other_group_is_refused(code: str, remedy: str) -> None:
    """Templates from before 2024 offer both ways; whoever may sue at once must not be held back."""
    assert fields(LetterKind.REPLY, reply(code)) == []
    assert fields(LetterKind.REPLY, reply(code, remedy=remedy)) == ["remedy"]
