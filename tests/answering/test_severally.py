"""Several questions at once: nothing that was asked is silently dropped."""

from inquiry_service.answering.answer import Answer, Citation, Status
from inquiry_service.answering.sentences import NOT_FOUND, PART_UNCLEAR
from inquiry_service.answering.severally import joined

ASKED = "购物卡最多能充多少钱，丢了怎么办"
PARTS = ("购物卡最多能充多少钱", "购物卡丢了怎么办")
LIMIT = "单张限额，记名卡不超过5000元。"


def answered(question: str, quote: str) -> Answer:
    citation = Citation("card", "card-1", "预付卡", (), "/documents/card")
    return Answer(Status.ANSWERED, question, "查到：", 0.9, quote, (citation,))


def test_a_quote_repeated_for_its_topic_alone_answers_the_later_part_not() -> None:
    together = joined(ASKED, PARTS, [answered(part, LIMIT) for part in PARTS])
    assert together is not None
    assert together.quote == LIMIT
    assert [(part.status, part.quote) for part in together.parts] == [
        (Status.ANSWERED, LIMIT),
        (Status.UNMATCHED, None),
    ]
    assert together.parts[1].message == NOT_FOUND


def test_a_quote_that_speaks_of_both_answers_them_as_one_question() -> None:
    both = "记名卡不超过5000元，丢失的可以挂失。"
    assert joined(ASKED, PARTS, [answered(part, both) for part in PARTS]) is None


def test_parts_that_say_nothing_of_their_own_are_one_question() -> None:
    again = (PARTS[0], PARTS[0])
    assert joined(ASKED, again, [answered(part, LIMIT) for part in again]) is None


def test_a_part_with_several_meanings_is_asked_for_again_and_not_left_open() -> None:
    unclear = Answer(Status.CLARIFY, PARTS[1], "请问您想了解哪一方面？")
    together = joined(ASKED, PARTS, [answered(PARTS[0], LIMIT), unclear])
    assert together is not None
    assert together.parts[1].message == PART_UNCLEAR
