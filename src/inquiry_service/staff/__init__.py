"""The people at the desk: accounts and sessions."""

from inquiry_service.staff.accounts import (
    Member,
    Session,
    SignedIn,
    StaffOffice,
    add_member,
    create_administrator,
    members,
    session_of,
    sign_in,
    sign_out,
)
from inquiry_service.staff.mail import change_mail, mail_addresses
from inquiry_service.staff.roles import Permission, Role, role_of

__all__ = [
    "Member",
    "Permission",
    "Role",
    "Session",
    "SignedIn",
    "StaffOffice",
    "add_member",
    "change_mail",
    "create_administrator",
    "mail_addresses",
    "members",
    "role_of",
    "session_of",
    "sign_in",
    "sign_out",
]
