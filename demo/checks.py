"""Whether the demo's door may open: asked by its view at every step, and by ``check``.

A door that should not be there neither opens nor goes unnoticed.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error

ROOT_URLS: Final = "demo.root_urls"


def is_asked_for() -> bool:
    """Whether the settings name the door's addresses."""
    return bool(settings.ROOT_URLCONF == ROOT_URLS)


def complaints() -> Iterator[str]:
    """Why a door that is asked for must stay shut: sentences, none where it may open."""
    site = urlsplit(settings.SITE_URL)
    if site.scheme != "http" or not _is_near(site.hostname or ""):
        yield (
            f"SITE_URL is {settings.SITE_URL}, which is no address of this machine or its network"
        )
    if any(name == "*" or name.startswith(".") for name in settings.ALLOWED_HOSTS):
        yield "ALLOWED_HOSTS lets every name in"
    if settings.SESSION_COOKIE_SECURE or settings.SECURE_SSL_REDIRECT:
        yield "the settings are those of a server (secure cookies, HTTPS only)"


def may_open() -> bool:
    """Whether somebody may be let in here."""
    return is_asked_for() and not any(complaints())


def check_door(**kwargs: object) -> list[Error]:
    """The demo's addresses stand on a laptop's settings only."""
    if not is_asked_for():
        return []
    return [
        Error(
            f"The demo's door for staff must stay shut: {complaint}.",
            hint="A server uses config.settings.production. For the demo, leave SITE_URL and "
            "ALLOWED_HOSTS to run.py demo.",
            id="demo.E001",
        )
        for complaint in complaints()
    ]


def _is_near(host: str) -> bool:
    """Loopback, or an address of the kind a house or an office gives its machines."""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_private
