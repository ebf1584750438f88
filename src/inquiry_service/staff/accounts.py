"""Who may sit at the desk: accounts, signing in and out. There is no default password.

Passwords are kept as Argon2id hashes, session tokens as SHA-256 hashes; the CSRF token is derived
from the session token and so needs no place of its own.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from inquiry_service.errors import BadInput, Conflict, NotSignedIn, Problem
from inquiry_service.moments import Clock
from inquiry_service.staff import store
from inquiry_service.staff.patience import WINDOW, refuse_impatience
from inquiry_service.staff.roles import Permission, Role, role_of
from inquiry_service.storage import Database

SESSION_LIFETIME = timedelta(hours=12)
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 256

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
_LONGEST_NAME = 64
_LONGEST_MAIL = 254
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
_NOT_STAFF = frozenset({"applicant", "system"})
"""Who else acts in the history of a case: no account may pass for one of them."""


def _without_seal(_text: str) -> str:
    raise AssertionError("an office without a seal keeps nothing of people")


@dataclass(frozen=True)
class StaffOffice:
    """What the use cases of this room stand on; what is kept of people is sealed."""

    database: Database
    clock: Clock
    hasher: PasswordHasher = field(default_factory=PasswordHasher)
    seal: Callable[[str], str] = field(default=_without_seal, repr=False)
    unseal: Callable[[str], str] = field(default=_without_seal, repr=False)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Handed out once; `token` goes into the cookie and is not kept here."""

    token: str = field(repr=False)
    csrf: str = field(repr=False)
    expires: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """Who is there, and in which role."""

    login: str
    name: str
    role: Role
    csrf: str = field(repr=False)

    def may(self, *any_of: Permission) -> bool:
        return self.role.may(*any_of)


@dataclass(frozen=True, slots=True)
class Member:
    """One account."""

    login: str
    name: str
    role: Role


def create_administrator(office: StaffOffice, login: str, name: str, password: str) -> None:
    """Make the first account, which may everything; raises what `add_member` raises."""
    add_member(office, login, name, Role.ADMINISTRATOR, password)


def add_member(
    office: StaffOffice, login: str, name: str, role: Role, password: str, *, mail: str = ""
) -> None:
    """Make an account; with `mail` its holder is reminded there too, besides the desk.

    Raises `BadInput` with one problem a field, `Conflict` if it exists.
    """
    login, name, mail = login.strip().lower(), name.strip(), mail.strip()
    if problems := [*_account_problems(login, name, password), *mail_problems(mail)]:
        raise BadInput(problems)
    password_hash, now = office.hasher.hash(password), office.clock()
    try:
        with office.database.begin() as connection:
            store.add_member(connection, login, name, role.value, password_hash, now)
            store.add_event(connection, now, login, "AccountCreated")
            if mail:
                store.change_mail(connection, login, office.seal(mail))
    except IntegrityError:
        raise Conflict(f"登录名 {login} 已经存在", "请换一个登录名") from None


def members(office: StaffOffice) -> tuple[Member, ...]:
    """All accounts by login."""
    with office.database.read() as connection:
        rows = store.member_rows(connection)
    return tuple(Member(row.login, row.name, _stored_role(row.role)) for row in rows)


def sign_in(office: StaffOffice, login: str, password: str, *, address: str = "") -> SignedIn:
    """Open a session of twelve hours. `address` is where the visitor comes from.

    An unknown login and a wrong password are the same `BadInput` on the field `password`, and
    take the same time. Raises `TooManyAttempts` after some failures from this address, for longer
    each time: see `patience`.
    """
    login, now = login.strip().lower(), office.clock()
    everywhere, here = _hash(login), _hash(f"{login} {address}")
    with office.database.read() as connection:  # whoever has to wait writes nothing
        _refuse_impatience(connection, everywhere, here, now)
        # What cannot be a login is not looked for: PostgreSQL takes no NUL.
        member = store.member_row(connection, login) if _LOGIN.fullmatch(login) else None
    with office.database.begin() as connection:
        # A try counts before it is looked at, or many at once would each be the first.
        _refuse_impatience(connection, everywhere, here, now)
        store.add_failure(connection, here, now, forget=now - WINDOW)
        counted = store.add_failure(connection, everywhere, now, forget=now - WINDOW)
    known = str(member.password_hash) if member else _nobodys_hash(office.hasher)
    if not _verifies(office, known, password) or member is None:
        raise BadInput([Problem("password", "登录名或者密码不正确，请重新输入。")])
    with office.database.begin() as connection:
        store.forget_failure(connection, counted)
        store.forget_failures(connection, here)
        return _opened(office, connection, login, password, known)


def session_of(office: StaffOffice, token: str) -> Session:
    """Who holds this token. Raises `NotSignedIn` when nobody does any more."""
    with office.database.read() as connection:
        holder = store.holder_of(connection, _hash(token), office.clock())
    if holder is None:
        raise NotSignedIn
    return Session(holder.login, holder.name, _stored_role(holder.role), _csrf(token))


def sign_out(office: StaffOffice, token: str) -> None:
    """End a session; signing out twice is no error."""
    now = office.clock()
    with office.database.begin() as connection:
        holder = store.holder_of(connection, _hash(token), now)
        store.end_session(connection, _hash(token))
        if holder is not None:
            store.add_event(connection, now, holder.login, "SignedOut")


def _stored_role(stored: str) -> Role:
    role = role_of(stored)
    if role is None:
        raise AssertionError(f"an account of unknown role {stored}")
    return role


def _opened(
    office: StaffOffice, connection: Connection, login: str, password: str, known: str
) -> SignedIn:
    token, now = secrets.token_urlsafe(32), office.clock()
    expires = now + SESSION_LIFETIME
    if office.hasher.check_needs_rehash(known):
        store.change_password_hash(connection, login, office.hasher.hash(password))
    store.add_session(connection, _hash(token), login, expires, forget=now)
    store.add_event(connection, now, login, "SignedIn")
    return SignedIn(token, _csrf(token), expires)


@cache
def _nobodys_hash(hasher: PasswordHasher) -> str:
    """Nobody's password: checking against it takes an unknown login as long as a known one."""
    return hasher.hash(secrets.token_urlsafe(32))


def _refuse_impatience(connection: Connection, everywhere: str, here: str, now: datetime) -> None:
    refuse_impatience(
        store.failures_since(connection, here, now - WINDOW),
        now,
        everywhere=len(store.failures_since(connection, everywhere, now - WINDOW)),
    )


def _verifies(office: StaffOffice, known: str, password: str) -> bool:
    try:
        return office.hasher.verify(known, password[: LONGEST_PASSWORD + 1])
    except (VerificationError, InvalidHashError):
        return False


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _csrf(token: str) -> str:
    return hmac.new(token.encode(), b"csrf", hashlib.sha256).hexdigest()


def mail_problems(address: str) -> list[Problem]:
    """What stands against an e-mail address; nothing against none at all."""
    if not address or (len(address) <= _LONGEST_MAIL and _MAIL.fullmatch(address)):
        return []
    return [Problem("mail", "邮箱地址应写成 name@example.com 这样，不能有空格和中文。")]


def _account_problems(login: str, name: str, password: str) -> list[Problem]:
    return [
        *_login_problems(login),
        *_name_problems(name),
        *_password_problems(login, password),
    ]


def _login_problems(login: str) -> list[Problem]:
    if login in _NOT_STAFF:
        return [Problem("login", f"登录名 {login} 有别的用途，请换一个。")]
    if _LOGIN.fullmatch(login):
        return []
    return [Problem("login", "登录名应为2至32位小写字母、数字、点、横线，以字母或数字开头。")]


def _name_problems(name: str) -> list[Problem]:
    if 1 <= len(name) <= _LONGEST_NAME:
        return []
    return [Problem("name", f"请填写姓名，最多{_LONGEST_NAME}字。")]


def _password_problems(login: str, password: str) -> list[Problem]:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        told = f"密码应为{SHORTEST_PASSWORD}至{LONGEST_PASSWORD}位。"
        return [Problem("password", told)]
    if password.lower() == login:
        return [Problem("password", "密码不能与登录名相同。")]
    return []
