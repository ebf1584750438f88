"""From an answer to the parts of a reply."""

from inquiry_service.answering.answer import Answer, Citation, Part, Pointer, Status
from inquiry_service.conversation import replies
from inquiry_service.conversation.speaking import speak

FEE = Citation("fee", "p1", "收费办法", ("第一条",), "/documents/fee?highlight=p1#p-p1")
WHERE = Citation(
    "where", "p2", "办事指南", (), "/documents/where?highlight=p2#p-p2", status="repealed"
)


def answered(**facts: object) -> Answer:
    told = {"quote": "不收费。", "citations": (FEE,)} | facts
    return Answer(Status.ANSWERED, "收费吗", "在《收费办法》里查到：", **told)  # type: ignore[arg-type]


def test_several_questions_are_answered_one_by_one() -> None:
    parts = (
        Part("收费吗", Status.ANSWERED, "在《收费办法》里查到：", 0.9, "不收费。", FEE),
        Part("多久办好", Status.UNMATCHED, "没有查到。", 0.1),
        Part("在哪里办", Status.ANSWERED, "在《办事指南》里查到：", 0.9, "在大厅。", WHERE),
    )
    answer = answered(citations=(FEE, WHERE), parts=parts)
    said = speak(answer, form_url="/requests/new?draft=1", feedback=False)
    assert [reply.kind for reply in said] == [
        "text", "text", "citation", "text", "text", "citation", "link",
    ]  # fmt: skip
    assert answer.not_found == "多久办好"
    assert said[-1] == replies.Link(
        "填写政府信息公开申请表（已带上没有查到的问题）", "/requests/new?draft=1"
    )
    plain = replies.plain(said)
    for told in ("1. 收费吗", "不收费。", "2. 多久办好\n没有查到。", "3. 在哪里办", "在大厅。"):
        assert told in plain
    assert "该文件已废止" in plain


def test_a_newer_document_is_linked() -> None:
    newer = Pointer("fee-2026", "收费办法（2026年）", "/documents/fee-2026")
    said = speak(answered(newer=(newer,)), feedback=False)
    assert said[-1] == replies.Link(
        "同一事项更新的文件：《收费办法（2026年）》", "/documents/fee-2026"
    )


def test_a_single_answer_has_its_sentence_its_quote_and_the_question_whether_it_helped() -> None:
    assert [reply.kind for reply in speak(answered())] == ["text", "citation", "choices"]
