"""Steps of demonstration cases: each is one real use case, done by the account whose step it is.

`STEP(words)` gives something to do in a `Scene`; what the case knows fills its letters.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from inquiry_service.disclosure import DisclosureOffice, open_case
from inquiry_service.disclosure.letters.kinds import Delivery, LetterKind
from inquiry_service.disclosure.looking.handling import Case
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
from inquiry_service.disclosure.rules.clock import due
from inquiry_service.disclosure.rules.events import DeadlineExtended
from inquiry_service.moments import local_day

CLERK, REVIEWER, HEAD = "demo", "demo-review", "demo-head"
_THIRD_PARTY = "第三方一"


@dataclass
class Scene:
    """One case while it is played; `letter` is the one written last."""

    office: DisclosureOffice
    number: str = ""
    letter: str = ""

    @property
    def case(self) -> Case:
        return open_case(self.office, self.number)

    @property
    def version(self) -> int:
        return self.case.version

    def in_days(self, days: int) -> str:
        """As letters write it: the day so many days from the scene's today."""
        return (local_day(self.office.clock()) + timedelta(days=days)).isoformat()


Do = Callable[[Scene], None]


def register(scene: Scene) -> None:
    receiving.register_request(scene.office, scene.number, by=CLERK, expected_version=scene.version)


def ask_correction(what: str, days: int) -> Do:
    """The correction notice, out on the same day."""

    def do(scene: Scene) -> None:
        until = scene.in_days(days)
        content = {"reason": "申请内容不明确，无法查找。", "what_to_correct": what, "until": until}
        _send_out(scene, LetterKind.CORRECTION, content)

    return do


def correct(description: str) -> Do:
    def do(scene: Scene) -> None:
        correcting.submit_correction(scene.office, scene.number, description=description)

    return do


def consult(information: str) -> Do:
    """A third party is asked; who applies is not told to it."""

    def do(scene: Scene) -> None:
        content = {
            "addressee": "演示第三方单位",
            "information": information,
            "reason": "其中可能有贵单位的商业秘密。",
        }
        _send_out(scene, LetterKind.THIRD_PARTY_CONSULTATION, content, party=_THIRD_PARTY)

    return do


def hear(opinion: Literal["agrees", "objects"]) -> Do:
    def do(scene: Scene) -> None:
        consulting.record_opinion(
            scene.office,
            scene.number,
            whose="third_party",
            party=_THIRD_PARTY,
            opinion=opinion,
            by=CLERK,
            expected_version=scene.version,
        )

    return do


def extend(days: int) -> Do:
    """The notice names the new day, which is the clock's."""

    def do(scene: Scene) -> None:
        events = [recorded.event for recorded in scene.case.history]
        extension = DeadlineExtended(days, local_day(scene.office.clock()))
        later = due([*events, extension], scene.office.calendar, scene.office.reading)
        content = {
            "reason": "涉及的材料较多，需要逐件核对。",
            "days": str(days),
            "new_due": later.due.isoformat() if later else "",
            "due_note": writing.PROVISIONAL if later and later.provisional else "",
        }
        _send_out(scene, LetterKind.EXTENSION, content)

    return do


def search(places: str, words: str) -> Do:
    def do(scene: Scene) -> None:
        searching.record_search(
            scene.office,
            scene.number,
            places=places,
            words=words,
            result="没有找到所申请的信息。",
            found=False,
            by=CLERK,
            expected_version=scene.version,
        )

    return do


def draft(outcome: str, **content: str) -> Do:
    """A reply to this outcome, complete."""

    def do(scene: Scene) -> None:
        _draft(scene, LetterKind.REPLY, content, outcome=outcome)

    return do


def review(scene: Scene) -> None:
    """Secrecy review and legal check."""
    for step in (approving.pass_secrecy_review, approving.pass_legal_check):
        step(scene.office, scene.number, scene.letter, by=REVIEWER, expected_version=scene.version)


def approve(scene: Scene) -> None:
    approving.approve_letter(
        scene.office, scene.number, scene.letter, by=HEAD, expected_version=scene.version
    )


def send(scene: Scene) -> None:
    sending.send_letter(
        scene.office,
        scene.number,
        scene.letter,
        route=Delivery.POST,
        by=CLERK,
        expected_version=scene.version,
    )


def finish(scene: Scene) -> None:
    """Review, approval and the post on one day."""
    for step in (review, approve, send):
        step(scene)


def withdraw(scene: Scene) -> None:
    ending.withdraw_request(scene.office, scene.number)


def challenge(scene: Scene) -> None:
    """The applicant went to the reconsideration organ (条例第五十一条)."""
    ending.open_review(
        scene.office,
        scene.number,
        review="演示复议案",
        way="reconsideration",
        on=local_day(scene.office.clock()),
        by=CLERK,
        expected_version=scene.version,
    )


def _send_out(
    scene: Scene, kind: LetterKind, content: Mapping[str, str], *, party: str = ""
) -> None:
    _draft(scene, kind, content, party=party)
    approve(scene)
    send(scene)


def _draft(
    scene: Scene,
    kind: LetterKind,
    content: Mapping[str, str],
    *,
    outcome: str = "",
    party: str = "",
) -> None:
    case = scene.case
    known = writing.suggested_content(
        scene.office,
        kind,
        case.application,
        number=case.number,
        due=case.due,
        received=case.position.received,
        matter=case.position.matter,
        outcome_code=outcome,
    )
    scene.letter = writing.draft_letter(
        scene.office,
        scene.number,
        kind,
        {**known, "delivery": Delivery.POST.value, **content},
        party=party,
        by=CLERK,
        expected_version=case.version,
    )
