"""The disclosure office: what every use case of the disclosure desk stands on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from inquiry_service.calendar.working_days import WorkingCalendar
from inquiry_service.disclosure.rules.clock import Reading
from inquiry_service.disclosure.rules.lawful import Procedure
from inquiry_service.disclosure.sealing import Seals
from inquiry_service.moments import Clock
from inquiry_service.notify import PostOffice
from inquiry_service.storage import Database


@dataclass(frozen=True)
class DisclosureOffice:
    """The 政府信息公开工作机构 of a bureau (条例第四条), with its register, calendar and secret.

    `reconsideration_organ` is the people's government of the county (行政复议法第二十四条), not the
    upper bureau; the court depends on local jurisdiction (行政诉讼法第十八条). The first of
    `data_keys` seals, all of them open; none means the key that follows from the secret.

    What the law leaves to a bureau: `fees` and `reading`, see `lawful.Procedure`;
    `document_mark` begins its document numbers; `settled_outcomes` are those whose wording its
    lawyer has confirmed. `post` takes notices to applicants and staff; without it none are sent.
    """

    database: Database
    calendars: Callable[[], WorkingCalendar]
    clock: Clock
    secret: str = field(repr=False)
    bureau: str
    reconsideration_organ: str = "桐乡市人民政府"
    court: str = "有管辖权的人民法院"
    data_keys: tuple[str, ...] = field(default=(), repr=False)
    upload_megabytes: int = 10

    fees: bool = False
    reading: Reading = Reading.AFTER_ASKING
    document_mark: str = "信息公开"
    contact: str = ""
    letter_templates: Path | None = None
    settled_outcomes: frozenset[str] = frozenset()
    frequent_requests: int = 0
    post: PostOffice | None = None

    @property
    def calendar(self) -> WorkingCalendar:
        """As it stands now: a notice may have been loaded a moment ago."""
        return self.calendars()

    @property
    def procedure(self) -> Procedure:
        return Procedure(self.calendar, self.fees, self.reading)

    @property
    def seals(self) -> Seals:
        return Seals(self.secret, self.data_keys)
