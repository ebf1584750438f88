"""The people at the desk: accounts and sessions."""

from inquiry_service.staff.accounts import (
    Session,
    SignedIn,
    StaffOffice,
    create_administrator,
    session_of,
    sign_in,
    sign_out,
)

__all__ = [
    "Session",
    "SignedIn",
    "StaffOffice",
    "create_administrator",
    "session_of",
    "sign_in",
    "sign_out",
]
