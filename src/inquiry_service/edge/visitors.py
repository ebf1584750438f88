"""Who a request comes from, as far as limits need it: an address, never kept as it is."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from fastapi import Request

_ONE_HOUSEHOLD = 64
"""Bits of an IPv6 address that a provider gives to one customer, who has all the rest."""


def visitor_address(request: Request) -> str:
    """The address that the server saw; empty when it saw none, as on a local socket.

    Behind a proxy the server tells the client's own, if the proxy is one that it trusts
    (`FORWARDED_ALLOW_IPS`): what a stranger writes into a header is never looked at here.
    """
    host = request.client.host if request.client else ""
    try:
        return _grouped(ip_address(host))
    except ValueError:  # a name, as tests and sockets have it
        return host


def _grouped(address: IPv4Address | IPv6Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((address, _ONE_HOUSEHOLD), strict=False))
