"""Files that an applicant adds: each one taken in or refused by itself, and the same one once."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from inquiry_service.disclosure.attachments.adding import (
    FIELD,
    MOST_FILES,
    MOST_MEGABYTES,
    FileSource,
    FileState,
    StoredFile,
    files_of,
)
from inquiry_service.disclosure.attachments.kinds import ALLOWED
from inquiry_service.disclosure.attachments.naming import download_name
from inquiry_service.disclosure.looking.handling import open_case
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.correcting import add_material
from inquiry_service.errors import BadInput, Conflict, Problem, StepNotAllowed

STATES = {
    FileState.QUARANTINED: "已收到，等待查毒",
    FileState.CLEAN: "已收到",
    FileState.NOT_SCANNED: "已收到",
    FileState.INFECTED: "查出病毒，已经隔离，请重新提交干净的文件",
}
"""What the applicant reads about a file."""
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class TakenIn:
    """Names of the files that are in, and what is wrong with those that are not."""

    received: tuple[str, ...]
    problems: tuple[Problem, ...]


def upload_rules(office: DisclosureOffice) -> str:
    """What may be uploaded, said before anybody tries."""
    return (
        f"可以上传{ALLOWED}，每个不超过{office.upload_megabytes}MB，"
        f"一件最多{MOST_FILES}个、合计不超过{MOST_MEGABYTES}MB。"
    )


def take_in(office: DisclosureOffice, number: str, files: Iterable[tuple[str, bytes]]) -> TakenIn:
    """Add files to a request, one transaction each: one that is refused holds up no other.

    A file that is there already counts as received: sending a form twice adds nothing.
    """
    received: list[str] = []
    problems: list[Problem] = []
    for name, data in files:
        try:
            kept = _take(office, number, name, data)
        except BadInput as fault:
            problems.extend(fault.problems)
        except StepNotAllowed:
            problems.append(Problem(FIELD, f"“{download_name(name)}”没有收下：案卷已经归档。"))
        except Conflict:
            told = f"“{download_name(name)}”没有收下：这件申请正好有新的进展，请再传一次。"
            problems.append(Problem(FIELD, told))
        else:
            received.append(kept)
    if not received and not problems:
        problems.append(Problem(FIELD, "还没有选择文件，请选好以后再上传。"))
    return TakenIn(tuple(received), tuple(problems))


def materials_of(office: DisclosureOffice, number: str) -> tuple[StoredFile, ...]:
    """What the applicant has added, oldest first."""
    return tuple(file for file in files_of(office, number) if file.source is FileSource.APPLICANT)


def _take(office: DisclosureOffice, number: str, name: str, data: bytes) -> str:
    """The name under which it is kept: that which the page lists, and the desk too."""
    digest = hashlib.sha256(data).hexdigest()
    attempt = 1
    while True:
        version = open_case(office, number).version
        known = (file for file in materials_of(office, number) if file.sha256 == digest)
        if same := next(known, None):
            return same.name
        try:
            return add_material(office, number, name, data, expected_version=version)
        except StepNotAllowed:
            raise
        except Conflict:  # something else was recorded meanwhile, perhaps this very file
            if attempt == _ATTEMPTS:
                raise
        attempt += 1
