"""An account's address and its server's: what a person writes, as the one thing that is meant."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from panel.core.addresses import is_listed, is_open

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_NAME: Final = r"[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*"
_ADDRESS: Final = re.compile(rf"@?(?P<name>{_NAME})@(?P<server>[^\s@/?#]+)", re.IGNORECASE)
_PAGE: Final = re.compile(rf"/(?:@|users/)(?P<name>{_NAME})/?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Handle:
    """An account, by its name and the server it lives on, both in small letters."""

    name: str
    server: str

    def __str__(self) -> str:
        return f"@{self.name}@{self.server}"


def handle_of(text: str) -> Handle | None:
    """The account that ``@name@server``, or the address of its page, names; None for all else."""
    text = text.strip()
    if found := _ADDRESS.fullmatch(text):
        return _handle(found["name"], found["server"])
    page = _split(text)
    if page is None or page.scheme not in ("https", "http"):
        return None
    found = _PAGE.fullmatch(page.path)
    return _handle(found["name"], page.netloc) if found else None


def server_of(url: str) -> str:
    """Scheme and host of a server that a key may be sent to; empty where it may not.

    Only encrypted, unless it stands on this machine and is listed in NETWORK_PRIVATE_HOSTS.
    """
    found = _split(url.strip())
    if found is None or not found.hostname or found.username or found.password:
        return ""
    host = _host(found.netloc)
    is_ours = found.hostname in LOOPBACK and is_listed(found.hostname)
    if not host or not (found.scheme == "https" or (found.scheme == "http" and is_ours)):
        return ""
    if _is_number(found.hostname) and not (is_open(found.hostname) or is_listed(found.hostname)):
        return ""
    return f"{found.scheme}://{host}"


def _handle(name: str, server: str) -> Handle | None:
    host = _host(server)
    return Handle(name.lower(), host) if host else None


def _host(text: str) -> str:
    """A host, with its port where it has one, in the letters names are looked up in."""
    found = _split(f"//{text}")
    if found is None or not found.hostname or found.username is not None:
        return ""
    if _is_number(found.hostname):
        name = f"[{found.hostname}]" if ":" in found.hostname else found.hostname
    else:
        name = _ascii(found.hostname)
    return f"{name}:{found.port}" if name and found.port else name


def _ascii(name: str) -> str:
    try:
        written = name.encode("idna").decode()
    except UnicodeError:
        return ""
    return written if re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*", written) else ""


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _split(text: str) -> SplitResult | None:
    """The parts of an address; None for one that has a port no machine has, or is none."""
    try:
        found = urlsplit(text)
        _port = found.port
    except ValueError:
        return None
    return found
