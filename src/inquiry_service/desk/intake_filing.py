"""Filing what was typed in, and the steps that can follow at once: one use case each."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from inquiry_service.desk.intake_fields import Typed, day_problems
from inquiry_service.disclosure.attachments.adding import StoredFile, files_of
from inquiry_service.disclosure.looking.handling import Case, open_case
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.correcting import add_material
from inquiry_service.disclosure.procedure.filing import Filed
from inquiry_service.disclosure.procedure.intake import file_for_applicant
from inquiry_service.disclosure.procedure.receiving import (
    confirm_read_back,
    confirm_receipt,
    register_request,
)
from inquiry_service.disclosure.rules.channels import Channel
from inquiry_service.disclosure.rules.events import Filed as FiledEvent
from inquiry_service.disclosure.rules.events import ReadBackConfirmed
from inquiry_service.disclosure.rules.position import Stage
from inquiry_service.errors import BadInput, Conflict


@dataclass(frozen=True, slots=True)
class Scan:
    """A file that came with the form."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in, as it stands now. `changed`: the form was sent before, otherwise."""

    filed: Filed
    case: Case
    files: tuple[StoredFile, ...]
    changed: bool

    @property
    def to_read_back(self) -> bool:
        position = self.case.position
        spoken = self.case.channel == Channel.ORAL and not position.has(ReadBackConfirmed)
        return spoken and position.stage is Stage.AWAITING_RECEIPT

    @property
    def to_confirm(self) -> bool:
        return self.case.position.stage is Stage.AWAITING_RECEIPT and not self.to_read_back

    @property
    def to_register(self) -> bool:
        return self.case.position.stage is Stage.RECEIVED

    def pending(self, step: str) -> bool:
        """Whether a step is the next one."""
        steps = {"read_back": self.to_read_back, "receipt": self.to_confirm}
        return {**steps, "register": self.to_register}.get(step, False)


def take_in(office: DisclosureOffice, typed: Typed, *, key: str, by: str) -> Filed:
    """File it; the same form again gives the same request. Raises `BadInput`, `Conflict`."""
    days = day_problems(typed)
    try:
        # What cannot be read is handed on as what is certainly refused: all problems come at once.
        return file_for_applicant(
            office,
            typed.application,
            channel=typed.channel or Channel.WEB,
            arrived=date.max if days or typed.arrived is None else typed.arrived,
            submission_key=key,
            by=by,
            matter=typed.matter,
        )
    except BadInput as fault:
        others = [p for p in fault.problems if p.field != "arrived" or not days]
        raise BadInput([*days, *others]) from fault


def taken(office: DisclosureOffice, filed: Filed, typed: Typed) -> Taken:
    """How the request that was just filed stands."""
    case = open_case(office, filed.number)
    first = next(r.event for r in case.history if isinstance(r.event, FiledEvent))
    said = (typed.channel, typed.arrived, typed.matter)
    changed = (first.channel, first.arrived, first.matter) != said
    return Taken(filed, case, files_of(office, filed.number), changed)


def attach(office: DisclosureOffice, number: str, scans: Iterable[Scan], *, by: str) -> None:
    """Add what was scanned; the same file again is not added twice. Raises `BadInput`."""
    for scan in scans:
        try:
            _attach_new(office, number, scan, by)
        except Conflict:  # a double click: the other one may have added it meanwhile
            _attach_new(office, number, scan, by)


def _attach_new(office: DisclosureOffice, number: str, scan: Scan, by: str) -> None:
    version, digest = open_case(office, number).version, hashlib.sha256(scan.data).hexdigest()
    if digest not in {file.sha256 for file in files_of(office, number)}:
        add_material(office, number, scan.name, scan.data, by=by, expected_version=version)


def step(
    office: DisclosureOffice,
    number: str,
    name: str,
    *,
    received: date | None,
    by: str,
    expected_version: int,
) -> None:
    """The next step by its name; an unknown one is none. Raises `Conflict`, `BadInput`."""
    if name == "read_back":
        confirm_read_back(office, number, by=by, expected_version=expected_version)
        # 条例第二十九条、第三十一条: said face to face, it is received the moment it is confirmed.
        confirm_receipt(office, number, by=by, expected_version=expected_version + 1)
    elif name == "receipt":
        confirm_receipt(office, number, received=received, by=by, expected_version=expected_version)
    elif name == "register":
        register_request(office, number, by=by, expected_version=expected_version)
