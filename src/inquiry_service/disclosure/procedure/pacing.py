"""How much one address may send in a quarter of an hour: a machine must not drown the register.

Beside the wrong look-up codes, in their table and for their window, so that several processes and
a restart know of it. An address is kept as a keyed hash, and only until the window is over.
"""

from collections.abc import Iterable
from typing import Literal

from sqlalchemy import Connection

from inquiry_service.attempts import FAILURE_WINDOW, refuse_guessing
from inquiry_service.disclosure import store
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.filing import filed_already
from inquiry_service.disclosure.rules.request import Application
from inquiry_service.errors import TooManyAttempts, TooMuchFromHere

Sending = Literal["filing", "upload"]
_LONGEST_KEY = 20
"""Of the column; no request number begins like such a key."""


def take_turn(office: DisclosureOffice, what: Sending, address: str, *, allowed: int) -> None:
    """Count one sending from an address; what is refused counts for nothing.

    `allowed` within a quarter of an hour, 0 for any number. Raises `TooMuchFromHere`. Whoever
    has no address, as on a local socket, is not counted.
    """
    if not allowed or not address:
        return
    key = f"{what}:{office.seals.submission_hash('pace', what, address)}"[:_LONGEST_KEY]
    with office.database.read() as connection:  # a flood that is refused writes nothing
        _refuse(office, connection, key, allowed)
    now = office.clock()
    with office.database.begin() as connection:
        _refuse(office, connection, key, allowed)
        store.add_failure(connection, key, now, forget=now - FAILURE_WINDOW)


def take_turn_to_file(
    office: DisclosureOffice,
    application: Application,
    submission_keys: Iterable[str],
    address: str,
    *,
    allowed: int,
) -> None:
    """The same for filing. Whoever got no answer sends again, and what is filed takes no turn.

    `submission_keys` are those under which it may have been filed.
    """
    if not allowed or any(
        filed_already(office, application, submission_key=key) for key in submission_keys
    ):
        return
    take_turn(office, "filing", address, allowed=allowed)


def _refuse(office: DisclosureOffice, connection: Connection, key: str, allowed: int) -> None:
    now = office.clock()
    sent = store.failures_since(connection, key, now - FAILURE_WINDOW)
    try:
        refuse_guessing(sent, now, allowed=allowed)
    except TooManyAttempts as fault:
        raise TooMuchFromHere(fault.retry_after) from None
