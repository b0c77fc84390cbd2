"""Which machines we call: a server that somebody typed in may be no machine of our own network.

A name is looked up here, once for each call, and the address that was looked at is the address that
is called: a name that leads elsewhere a moment later leads nobody there.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence

from django.conf import settings


class NotPublic(Exception):
    """The name leads to a machine that the whole world cannot call."""


def open_addresses(host: str, port: int) -> Sequence[str]:
    """The addresses ``host`` has, in the order to try them; none where nobody knows the name.

    Raises ``NotPublic`` where one of them is closed to the world and ``host`` is not listed in
    NETWORK_PRIVATE_HOSTS.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    if not is_listed(host) and not all(map(is_open, addresses)):
        raise NotPublic
    return addresses


def is_listed(host: str) -> bool:
    """Whether whoever runs Medspil lets us call it, wherever it stands."""
    return host.lower() in settings.NETWORK_PRIVATE_HOSTS


def is_open(address: str) -> bool:
    """Whether the whole world may call an address; an old one in a new one's clothes is undressed
    first.
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inside = found.ipv4_mapped or found.sixtofour or _nat64(found)
        if inside is not None:
            return is_open(str(inside))
    return found.is_global and not found.is_multicast and not found.is_reserved


def _nat64(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The old address behind the prefix that translates the one into the other (RFC 6052)."""
    is_translated = address in ipaddress.ip_network("64:ff9b::/96")
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if is_translated else None
