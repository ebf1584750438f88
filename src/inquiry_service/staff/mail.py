"""Where members of staff are reminded by e-mail, sealed; off without an address."""

from cryptography.fernet import InvalidToken

from inquiry_service.errors import BadInput, NotFound
from inquiry_service.staff import store
from inquiry_service.staff.accounts import StaffOffice, mail_problems


def change_mail(office: StaffOffice, login: str, address: str) -> None:
    """Remind the holder of this account there from now on; empty: on the desk alone.

    Raises `NotFound` for an unknown account, `BadInput` for what is no address.
    """
    login, address = login.strip().lower(), address.strip()
    if problems := mail_problems(address):
        raise BadInput(problems)
    with office.database.begin() as connection:
        if not store.change_mail(connection, login, office.seal(address) if address else None):
            raise NotFound(f"账号 {login}")
        store.add_event(connection, office.clock(), login, "MailChanged")


def mail_addresses(office: StaffOffice) -> dict[str, str]:
    """Addresses by login. One that no key opens is left out: the desk still reminds."""
    with office.database.read() as connection:
        rows = store.mail_rows(connection)
    opened = ((row.login, _opened(office, row.mail)) for row in rows)
    return {login: address for login, address in opened if address}


def _opened(office: StaffOffice, sealed: str) -> str:
    try:
        return office.unseal(sealed)
    except InvalidToken:
        return ""
