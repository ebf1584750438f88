"""Looking for the information, and for the right outcome: both leave a record.

Whoever says "does not exist" must show a reasonable search in court (法释〔2025〕8号).
"""

from collections.abc import Sequence

from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.case_file import opened
from inquiry_service.disclosure.rules.events import OutcomeConsidered, SearchRecorded
from inquiry_service.disclosure.rules.request import printable
from inquiry_service.errors import BadInput, Problem


def record_search(
    office: DisclosureOffice,
    number: str,
    *,
    places: str,
    words: str,
    result: str,
    found: bool,
    by: str,
    expected_version: int,
) -> None:
    """Where was looked, with which words, by whom, and what came of it (条例第三十六条第四项)."""
    problems = [
        Problem(field, told)
        for field, text, told in (
            ("places", places, "请写明查了哪些系统、档案和机构。"),
            ("words", words, "请写明用什么线索检索。"),
            ("result", result, "请写明检索结果。"),
        )
        if not printable(text)
    ]
    if problems:
        raise BadInput(problems)
    record = (
        f"检索范围：{printable(places)}\n检索线索：{printable(words)}\n结果：{printable(result)}"
    )
    with opened(office, number, by=by, expected_version=expected_version) as case:
        case.happen(SearchRecorded(case.today, found, case.write("search", record)))


def consider_outcome(
    office: DisclosureOffice,
    number: str,
    *,
    outcome_code: str,
    trail: Sequence[str],
    by: str,
    expected_version: int,
) -> None:
    """The outcome assistant was followed to its end; `trail` is `step=answer` in order."""
    with opened(office, number, by=by, expected_version=expected_version) as case:
        case.happen(OutcomeConsidered(outcome_code, tuple(trail)))
