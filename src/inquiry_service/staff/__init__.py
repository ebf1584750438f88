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
from inquiry_service.staff.roles import Permission, Role, role_of

__all__ = [
    "Member",
    "Permission",
    "Role",
    "Session",
    "SignedIn",
    "StaffOffice",
    "add_member",
    "create_administrator",
    "members",
    "role_of",
    "session_of",
    "sign_in",
    "sign_out",
]
