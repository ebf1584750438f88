"""What is refused leaves no trace: random steps by random people, the whole database compared.

Five hundred tries on a handful of cases. Whatever ends in an error must leave every table as it
was, byte for byte; what succeeds moves a case on, so that later tries meet other stages.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random

import pytest

from inquiry_service.disclosure import (
    Application,
    DisclosureOffice,
    file_request,
    open_case,
    verify_chain,
)
from inquiry_service.disclosure.letters.kinds import Delivery, LetterKind
from inquiry_service.disclosure.procedure import (
    approving,
    consulting,
    correcting,
    ending,
    receiving,
    searching,
    sending,
    writing,
)
from inquiry_service.disclosure.rules.outcomes import OUTCOMES
from inquiry_service.errors import InquiryError
from inquiry_service.moments import FrozenClock
from inquiry_service.storage import metadata
from procedure_house import whole_content

pytestmark = pytest.mark.thorough

TRIES = 500
PEOPLE = ("clerk", "reviewer", "head")
CODES = ("GRANT_PROVIDE", *(outcome.code for outcome in OUTCOMES), "UNHEARD_OF")
Step = Callable[["Dice", str, dict[str, object]], object]


def everything(office: DisclosureOffice) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with office.database.read() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(table.select())), key=repr)
            for table in metadata.sorted_tables
        }


class Dice:
    """Draws a step with its person, version, day and words for one case."""

    def __init__(self, office: DisclosureOffice, seed: int) -> None:
        self.office, self.random = office, Random(seed)

    def day(self) -> date:
        today = self.office.clock().date()
        return today + timedelta(days=self.random.choice([0, 0, 0, 0, -2, 1]))

    def letter(self, number: str) -> str:
        letters = open_case(self.office, number).letters
        known = [letter.letter_id for letter in letters]
        return self.random.choice([*known, *known[-1:] * 4, "0" * 32])

    def draft(self, number: str, given: dict[str, object]) -> None:
        kind = self.random.choice(
            [LetterKind.REPLY, LetterKind.REPLY, LetterKind.CORRECTION, LetterKind.EXTENSION]
        )
        words = {"outcome": self.random.choice([*CODES[:1] * 9, *CODES])}
        case = open_case(self.office, number)
        whole = kind is LetterKind.REPLY and self.random.random() < 0.9
        content: Mapping[str, str] = (
            whole_content(self.office, case, kind, words) if whole else words
        )
        writing.draft_letter(self.office, number, kind, content, **given)  # type: ignore[arg-type]

    def roll(self, number: str) -> str:
        """Try one step; gives the name of the error, empty when it happened."""
        name = self.random.choice([*STEPS, *ONWARD * 3])
        at = open_case(self.office, number).version + self.random.choice([0] * 9 + [-1])
        given: dict[str, object] = {"by": self.random.choice(PEOPLE), "expected_version": at}
        try:
            STEPS[name](self, number, given)
        except InquiryError as error:
            return type(error).__name__
        return ""


def _on(use_case: Callable[..., object], **facts: object) -> Step:
    return lambda dice, number, given: use_case(dice.office, number, **facts, **given)


def _of_letter(use_case: Callable[..., object], **facts: object) -> Step:
    return lambda dice, number, given: use_case(
        dice.office, number, dice.letter(number), **facts, **given
    )


STEPS: Mapping[str, Step] = {
    "register": _on(receiving.register_request),
    "receive": _on(receiving.confirm_receipt),
    "read back": _on(receiving.confirm_read_back),
    "correct": _on(correcting.submit_correction, description="2019年度储备粮轮换计划的批复文件"),
    "empty correction": _on(correcting.submit_correction, description=""),
    "reasons": lambda dice, number, given: consulting.give_reasons(
        dice.office,
        number,
        "研究需要",
        **given,  # type: ignore[arg-type]
    ),
    "opinion": _on(
        consulting.record_opinion, whose="third_party", party="第三方一", opinion="agrees"
    ),
    "payment": lambda dice, number, given: consulting.record_payment(
        dice.office,
        number,
        on=dice.day(),
        **given,  # type: ignore[arg-type]
    ),
    "search": _on(
        searching.record_search, places="档案室", words="文号", result="没有找到", found=False
    ),
    "empty search": _on(searching.record_search, places="", words="", result="", found=False),
    "draft": lambda dice, number, given: dice.draft(number, given),
    "return": _of_letter(writing.return_letter, why="请补充"),
    "secrecy": _of_letter(approving.pass_secrecy_review),
    "legal": _of_letter(approving.pass_legal_check),
    "approve": _of_letter(approving.approve_letter),
    "send": lambda dice, number, given: sending.send_letter(
        dice.office,
        number,
        dice.letter(number),
        route=Delivery.POST,
        on=dice.day(),
        **given,  # type: ignore[arg-type]
    ),
    "on the spot": _on(ending.answer_on_spot, outcome_code="REFUSE_PROCESS", text="不予公开"),
    "archive": _on(ending.archive_case),
    "review": lambda dice, number, given: ending.decide_review(
        dice.office,
        number,
        review="1号",
        result="upheld",
        on=dice.day(),
        **given,  # type: ignore[arg-type]
    ),
    "unhold": _on(ending.hold_case, held=False),
}
ONWARD = ("register", "draft", "secrecy", "legal", "approve", "send")


def test_a_refused_step_changes_nothing_in_any_table(
    office: DisclosureOffice, application: Application, frozen_clock: FrozenClock
) -> None:
    numbers = [file_request(office, application, submission_key=f"{n}").number for n in range(6)]
    dice, ended = Dice(office, 4), Counter[str]()
    before = everything(office)
    for turn in range(TRIES):
        error = dice.roll(numbers[turn * len(numbers) // TRIES])
        after = everything(office)
        assert error == "" or after == before, error
        before = after
        ended[error] += 1
        if turn % 40 == 0:
            frozen_clock.advance(timedelta(days=1))
    assert all(verify_chain(office, number) is None for number in numbers)
    assert ended["StepNotAllowed"] > 150
    assert ended["Conflict"] > 10
    assert ended["BadInput"] > 5
    assert ended[""] > 30
