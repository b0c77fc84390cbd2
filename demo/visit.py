"""A visit without a network."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults


def visit(application: Any, site: str) -> str:
    """Ask ``application`` (WSGI) for the front page of ``site``; answers its status ("200 OK")."""
    statuses: list[str] = []
    environ: dict[str, Any] = {"HTTP_HOST": urlsplit(site).netloc}
    setup_testing_defaults(environ)
    answer = application(environ, lambda status, headers: statuses.append(status))
    try:
        b"".join(answer)
    finally:
        answer.close()
    return statuses[0]
