"""Whom a limit counts: what the server saw, one household of IPv6 as one, headers never."""

import pytest
from fastapi import Request

from inquiry_service.edge.visitors import visitor_address


def asked(host: str | None, **headers: str) -> str:
    sent = [(name.encode(), value.encode()) for name, value in headers.items()]
    client = (host, 50000) if host is not None else None
    return visitor_address(Request({"type": "http", "client": client, "headers": sent}))


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
        (None, ""),
    ],
)
def test_an_address_is_counted_by_who_has_it(host: str | None, counted: str) -> None:
    assert asked(host) == counted


def test_what_a_visitor_writes_into_a_header_does_not_count() -> None:
    assert asked("192.0.2.7", **{"x-forwarded-for": "203.0.113.1"}) == "192.0.2.7"
