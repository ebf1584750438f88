"""What counts as right for a judged question: endings, quotes, and the parts of a question."""

from pathlib import Path

import pytest

from inquiry_service.answering.answer import Answer, Citation, Part, Status
from inquiry_service.answering.question_sets import (
    Given,
    Half,
    JudgedQuestion,
    half_of,
    load_judged_questions,
)
from inquiry_service.errors import KnowledgeFault

SEVERAL = """
- question: 收粮食要不要备案？不备案罚多少？
  expect: answered
  also: [clarify]
  document: filing
  contains: 应当备案
  parts:
    - {document: filing, contains: 应当备案}
    - {document: fines, contains: 2万元}
  kind: multi_part
"""
UNTRUE = """
- question: 申请信息公开要交50元，去哪交？
  expect: unmatched
  also: [answered]
  document: fees
  contains: 不收取费用
  kind: wrong_premise
"""


def _one(tmp_path: Path, text: str) -> JudgedQuestion:
    path = tmp_path / "questions.yaml"
    path.write_text(text, encoding="utf-8")
    [judged] = load_judged_questions(path)
    return judged


def _answered(*quotes: tuple[str, str]) -> Given:
    return Given(Status.ANSWERED, quotes)


def test_several_endings_may_be_right(tmp_path: Path) -> None:
    judged = _one(tmp_path, SEVERAL)
    assert judged.right_ending(_answered())
    assert judged.right_ending(Given(Status.CLARIFY))
    assert not judged.right_ending(Given(Status.UNMATCHED))


def test_an_answer_that_may_be_given_must_still_be_right(tmp_path: Path) -> None:
    judged = _one(tmp_path, UNTRUE)
    assert judged.right_ending(_answered(("fees", "不收取费用。")))
    assert not judged.wrong_answer(_answered(("fees", "不收取费用。")))
    assert judged.wrong_answer(_answered(("fees", "收费办法另行规定。")))
    assert judged.wrong_answer(_answered(("other", "不收取费用。")))
    assert not judged.wrong_answer(Given(Status.UNMATCHED))


def test_one_wrong_quote_among_several_makes_an_answer_wrong(tmp_path: Path) -> None:
    judged = _one(tmp_path, SEVERAL)
    right, also_right = ("filing", "收购企业应当备案。"), ("fines", "处2万元以上罚款。")
    assert judged.right_quote(_answered(right))
    assert judged.right_quote(_answered(also_right, right))
    assert judged.wrong_answer(_answered(right, ("fines", "处5000元罚款。")))
    assert judged.parts_told(_answered(right)) == 1
    assert judged.parts_told(_answered(also_right, right)) == 2


def test_every_quote_of_an_answer_is_judged_once() -> None:
    def citation(document: str) -> Citation:
        return Citation(document, "p", "title", (), "/")

    answer = Answer(
        Status.ANSWERED,
        "收粮食要不要备案？不备案罚多少？",
        "",
        quote="收购企业应当备案。",
        citations=(citation("filing"), citation("fines")),
        parts=(
            Part("一", Status.ANSWERED, "", 0.9, "收购企业应当备案。", citation("filing")),
            Part("二", Status.ANSWERED, "", 0.9, "处2万元以上罚款。", citation("fines")),
            Part("三", Status.UNMATCHED, ""),
        ),
    )
    expected = (("filing", "收购企业应当备案。"), ("fines", "处2万元以上罚款。"))
    assert Given.of(answer) == _answered(*expected)
    assert Given.of(Answer(Status.UNMATCHED, "x", "")) == Given(Status.UNMATCHED)


@pytest.mark.parametrize(
    ("kind", "also", "everyday"),
    [
        ("everyday", "[]", True),
        ("other_bureau", "[out_of_scope]", True),
        ("injection", "[]", True),
        ("other_bureau", "[answered]", False),
        ("year_trap", "[]", False),
    ],
)
def test_everyday_questions_are_those_that_no_answer_is_right_for(
    tmp_path: Path, kind: str, also: str, everyday: bool
) -> None:
    entry = (
        f"{{question: x, expect: unmatched, also: {also}, kind: {kind}, document: d, contains: c}}"
    )
    assert _one(tmp_path, f"- {entry}").everyday is everyday


@pytest.mark.parametrize(
    "entry",
    [
        "{question: x, expect: unmatched, also: [answered]}",
        "{question: x, expect: unmatched, also: clarify}",
        "{question: x, expect: unmatched, also: [perhaps]}",
        "{question: x, expect: answered, parts: [{document: d}]}",
        "{question: x, expect: answered, document: d, contains: c, alternatives: {document: e}}",
    ],
)
def test_a_faulty_entry_is_refused(tmp_path: Path, entry: str) -> None:
    with pytest.raises(KnowledgeFault):
        _one(tmp_path, f"- {entry}")


def test_the_half_is_told_by_the_name_of_the_file() -> None:
    assert half_of(Path("knowledge/evaluation/questions.yaml")) is Half.FITTING
    assert half_of(Path("knowledge/evaluation/held-out.yaml")) is Half.HELD_OUT
    assert half_of(Path("elsewhere/held-out-2027.yaml")) is Half.HELD_OUT
