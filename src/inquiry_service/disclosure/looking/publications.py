"""What the bureau publishes because several asked for it (条例第四十四条): read from the cases."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from cryptography.fernet import InvalidToken
from sqlalchemy import Connection, Row, select

from inquiry_service.disclosure import store
from inquiry_service.disclosure.advice.likeness import Earlier, Evidence, Past, asked_by_several
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.publishing import DROPPED, TITLE
from inquiry_service.disclosure.rules.events import (
    InformationPublished,
    PublicationDecided,
    PublicationDropped,
)
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.numbering import find_request_number
from inquiry_service.disclosure.rules.recorded import Recorded, from_text
from inquiry_service.disclosure.texts import texts
from inquiry_service.errors import NotFound
from inquiry_service.moments import local_day
from inquiry_service.redaction import redact

_ALL = (PublicationDecided, InformationPublished, PublicationDropped)


@dataclass(frozen=True, slots=True)
class Publication:
    """One decision to publish: `numbers` are the requests that it rests on; `by` are logins.

    `address` is empty until it stands somewhere; `dropped_on` is set when it came to nothing.
    """

    name: str
    title: str
    numbers: tuple[str, ...]
    decided_on: date
    decided_by: str
    address: str = ""
    published_on: date | None = None
    published_by: str = ""
    dropped_on: date | None = None
    dropped_by: str = ""
    why: str = ""

    @property
    def waiting(self) -> bool:
        return not self.address and self.dropped_on is None

    @property
    def public(self) -> bool:
        return bool(self.address) and self.dropped_on is None


def publications(office: DisclosureOffice) -> tuple[Publication, ...]:
    """All decisions, the oldest first; without those whose cases have all been erased."""
    with office.database.read() as connection:
        happened = _happened(connection)
        written = _written(office, connection)
    found: dict[str, Publication] = {}
    for recorded in happened:
        _follow(found, recorded, written)
    return tuple(one for one in found.values() if one.title)


def publications_of(known: Iterable[Publication], numbers: Iterable[str]) -> list[Publication]:
    """Those that rest on one of these requests."""
    wanted = set(numbers)
    return [one for one in known if wanted & set(one.numbers)]


def wanted_alike(office: DisclosureOffice, number: str) -> tuple[Evidence, ...]:
    """All other requests and suggestions for the same, whoever filed them and whenever.

    Raises `NotFound` for an unknown number.
    """
    proper = find_request_number(number)
    with office.database.read() as connection:
        rows = store.all_requests(connection)
    own = next((row for row in rows if row.number == proper), None)
    if own is None:
        raise NotFound("这件申请")
    past = Past(_wish_of(row) for row in rows if row.kind != Matter.RECORD_CORRECTION)
    of = replace(_wish_of(own), filed_on=local_day(office.clock()))
    return asked_by_several(of, past).evidence


def published_near(office: DisclosureOffice, description: str) -> tuple[Publication, ...]:
    """What stands somewhere and is what this description wants, the likest first.

    Held against its title and against the requests that it rests on, of which nothing is shown.
    """
    public = {one.name: one for one in publications(office) if one.public}
    if not public:
        return ()
    today = local_day(office.clock())
    titles = [Earlier(name, today, "", one.title) for name, one in public.items()]
    with office.database.read() as connection:
        rows = store.all_requests(connection)
    resting = {number: name for name, one in public.items() for number in one.numbers}
    wishes = [replace(_wish_of(row), filed_on=today) for row in rows if row.number in resting]
    of = Earlier("", today, "", redact(description))
    found = (item.number for item in asked_by_several(of, Past([*titles, *wishes])).evidence)
    names = dict.fromkeys(resting.get(one, one) for one in found)
    return tuple(public[name] for name in names)


def _wish_of(row: Row[tuple[object, ...]]) -> Earlier:
    """Nobody's: here it does not matter who asked."""
    return Earlier(row.number, local_day(row.filed_at), "", row.wish)


def _happened(connection: Connection) -> list[Recorded]:
    """In the order of happening; every case of a decision tells the same."""
    events = store.events.c
    named = select(events.sequence, events.content).where(
        events.name.in_([kind.__name__ for kind in _ALL])
    )
    found = [from_text(row.sequence, row.content) for row in connection.execute(named)]
    return sorted(found, key=lambda one: (one.at, one.number, one.sequence))


@dataclass(frozen=True)
class _Texts:
    """Sealed texts by id, opened when they are needed."""

    office: DisclosureOffice
    sealed: Mapping[str, str]

    def opened(self, text_id: str) -> str:
        """Empty for one that is gone, or that no key opens: it must not hide all the others."""
        try:
            return self.office.seals.unseal(self.sealed[text_id])
        except (KeyError, InvalidToken):
            return ""


def _written(office: DisclosureOffice, connection: Connection) -> _Texts:
    named = select(texts.c.text_id, texts.c.sealed).where(texts.c.about.in_((TITLE, DROPPED)))
    return _Texts(office, {row.text_id: row.sealed for row in connection.execute(named)})


def _follow(found: dict[str, Publication], recorded: Recorded, written: _Texts) -> None:
    match recorded.event:
        case PublicationDecided(on=on, publication=name, requests=numbers, text=text):
            known = found.get(name)
            title = (known.title if known else "") or written.opened(text)
            found[name] = Publication(name, title, numbers, on, recorded.actor)
        case InformationPublished(on=on, publication=name, address=address) if name in found:
            found[name] = replace(
                found[name], address=address, published_on=on, published_by=recorded.actor
            )
        case PublicationDropped(on=on, publication=name, text=text) if name in found:
            why = found[name].why or written.opened(text)
            found[name] = replace(found[name], dropped_on=on, dropped_by=recorded.actor, why=why)
        case _:
            pass
