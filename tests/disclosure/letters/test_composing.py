"""The words of the letters: in order, with their article, and only what was written."""

import re

import pytest
from letter_specimens import (
    all_specimens,
    other_specimen,
    receipt_specimen,
    reply_specimen,
    specimen,
)

from inquiry_service.disclosure.letters import LetterKind, composed, elements_of, paragraphs
from inquiry_service.disclosure.letters.composing import values
from inquiry_service.disclosure.letters.reply_wording import REPLY_WORDING
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.outcomes import OUTCOMES, SIDE_OUTCOMES, outcome_of

SPECIMENS = list(all_specimens())
NAMES = [name for name, _, _ in SPECIMENS]


def text(kind: LetterKind, content: dict[str, str]) -> str:
    return "\n".join(paragraphs(kind, content))


def reply(code: str, **changes: str) -> str:
    outcome = outcome_of(code)
    assert outcome is not None
    return text(LetterKind.REPLY, {**reply_specimen(outcome), **changes})


@pytest.mark.parametrize(("name", "kind", "content"), SPECIMENS, ids=NAMES)
def test_every_element_that_was_written_is_read_in_the_letter(
    name: str, kind: LetterKind, content: dict[str, str]
) -> None:
    said, told = text(kind, content), values(kind, content)
    quiet = {"outcome", "addressed_as", "relation", "ground", "matter"}  # they choose the words
    for element in elements_of(kind, content):
        if element.name in content and element.name not in quiet:
            assert told[element.name] in said
    assert not re.search(r"[{}]|待填写|。。|，。|None", said)


@pytest.mark.parametrize(("name", "kind", "content"), SPECIMENS, ids=NAMES)
def test_a_letter_is_read_from_the_bureau_down_to_the_date(
    name: str, kind: LetterKind, content: dict[str, str]
) -> None:
    lines = list(paragraphs(kind, content))
    title = lines.index(composed(kind, content).title)
    if kind is not LetterKind.THIRD_PARTY_OPINION:
        assert lines[0] == content["bureau"]
    if kind.nature.numbered:
        assert lines[title + 1] == content["document_number"]
    if "signed_on" in content and kind is not LetterKind.REGISTRATION:
        seal = lines.index("（印章）")
        assert lines[seal - 1] == content["bureau"]
        assert re.fullmatch(r"2026年\d+月\d+日", lines[seal + 1])


def test_every_outcome_has_its_finding_with_article_and_reason() -> None:
    outcomes = (*OUTCOMES, *SIDE_OUTCOMES)
    assert set(REPLY_WORDING) == {outcome.code for outcome in outcomes}
    for outcome in outcomes:
        if outcome.article:
            assert f"《中华人民共和国政府信息公开条例》{outcome.article}" in reply(outcome.code)


def test_a_draft_shows_where_something_is_still_to_be_written() -> None:
    for kind in LetterKind:
        said = text(kind, {})
        assert "【待填写：" in said
        assert kind.nature.title in said


def test_a_sentence_about_something_optional_is_left_out_when_nothing_was_written() -> None:
    assert "可以通过下列渠道提出" in reply("PETITION")
    assert "可以通过下列渠道提出" not in reply("PETITION", right_channel="")
    content = specimen(LetterKind.CORRECTION)
    assert "登记编号" not in text(LetterKind.CORRECTION, {**content, "request_number": ""})
    assert "依据：" not in reply("CONFIRM_OR_REISSUE", article="")


def test_an_unknown_holder_is_not_called_a_body() -> None:
    assert "负责公开该信息的行政机关为演示县财政局" in reply("NOT_OURS")
    unknown = reply("NOT_OURS", holder="不能确定", holder_contact="")
    assert "不属于本机关负责公开" in unknown
    assert "不能确定" not in unknown


def test_a_correction_of_records_and_a_suggestion_are_not_called_requests() -> None:
    kept, taken = reply("RECORD_KEPT"), reply("SUGGESTION_TAKEN")
    assert "政府信息更正申请答复书" in kept
    assert "收到您提出的更正政府信息申请" in kept
    assert "政府信息主动公开建议答复书" in taken
    assert "政府信息公开申请" not in kept + taken


def test_an_organisation_is_spoken_to_as_one() -> None:
    content = {**specimen(LetterKind.EXTENSION), "addressed_as": "organisation"}
    assert "收到贵单位提出的政府信息公开申请" in text(LetterKind.EXTENSION, content)
    assert "收到您提出的政府信息公开申请" in text(
        LetterKind.EXTENSION, {**content, "addressed_as": ""}
    )


def test_another_law_is_cited_by_its_own_name() -> None:
    content = {**specimen(LetterKind.CORRECTION), "article": "《演示条例》第八条"}
    assert "根据《演示条例》第八条，请您补正" in text(LetterKind.CORRECTION, content)


def test_several_attachments_are_numbered_and_one_is_not() -> None:
    content = {**specimen(LetterKind.CORRECTION), "attachments": "甲表\n乙表"}
    lines = paragraphs(LetterKind.CORRECTION, content)
    assert "附件：1.甲表" in lines
    assert "　　　2.乙表" in lines
    assert "附件：甲表" in paragraphs(LetterKind.CORRECTION, {**content, "attachments": "甲表"})


def test_a_third_party_has_fifteen_working_days_and_hears_what_silence_means() -> None:
    said = text(LetterKind.THIRD_PARTY_CONSULTATION, specimen(LetterKind.THIRD_PARTY_CONSULTATION))
    assert "自收到本征求意见书之日起15个工作日内" in said
    assert "逾期未提出意见的，由本机关依照该条例的规定决定是否公开" in said


def test_a_delay_after_good_reasons_names_its_day_and_no_number_of_days() -> None:
    said = text(LetterKind.EXTENSION, other_specimen(LetterKind.EXTENSION))
    assert "您说明的申请理由合理，但是无法在规定的期限（至2026年3月30日届满）内答复" in said
    assert "第三十五条，本机关确定于2026年5月29日前（含当日）答复您" in said
    assert "工作日" not in said


def test_only_the_silence_of_a_co_maker_is_called_consent() -> None:
    kind = LetterKind.CO_MAKER_CONSULTATION
    makers, others = text(kind, specimen(kind)), text(kind, other_specimen(kind))
    assert "第三十四条，现就是否公开征求" in makers
    assert "15个工作日内提出书面意见；逾期未提出意见的，视为同意公开" in makers
    assert "第十一条、第三十三条第三款，现就是否公开征求" in others
    assert "请于2026年3月23日前（含当日）提出书面意见" in others
    for wrong in ("视为同意", "第三十四条", "15个工作日", "共同制作"):
        assert wrong not in others


def test_what_a_lawyer_has_still_to_settle_is_not_printed() -> None:
    for _, kind, content in SPECIMENS:
        assert "待确认" not in text(kind, content)
        assert "法律顾问" not in text(kind, content)


def test_a_refusal_of_excessive_requests_is_true_also_of_who_gave_no_reasons() -> None:
    said = reply("EXCESSIVE")
    assert "没有提出合理的申请理由" in said
    assert "认为申请理由不合理" not in said


@pytest.mark.parametrize(
    "reason", ["属于讨论记录", "属于讨论记录。", "（属于讨论记录。）", "写有“讨论。”"]
)
def test_a_sentence_ends_once(reason: str) -> None:
    said = reply("REFUSE_PROCESS", reason=reason)
    assert f"理由：{reason}".rstrip("。") in said
    assert not re.search(r"。[”）]?。", said)


@pytest.mark.parametrize(
    ("matter", "title", "promise"),
    [
        (Matter.RECORD_CORRECTION, "政府信息更正申请接收回执", "属实的，予以更正并告知您"),
        (Matter.SUGGESTION, "政府信息主动公开建议接收回执", "属于主动公开范围的，及时主动公开"),
    ],
)
def test_the_receipt_of_a_matter_without_a_limit_names_none(
    matter: Matter, title: str, promise: str
) -> None:
    said = text(LetterKind.RECEIPT, receipt_specimen(matter))
    assert title in said
    assert promise in said
    assert "2026年3月2日" in said
    assert not [word for word in ("工作日", "届满", "期限", "第三十三条") if word in said]
