"""The ground every network's client stands on: one call, one answer or one error.

An error says the one thing that counts afterwards: whether the call was sent. Nothing here tries
twice, follows a redirect, or lets an address with a key in it reach a log.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

from panel.core.addresses import NotPublic, open_addresses
from panel.core.later import Later

if TYPE_CHECKING:
    import httpx
else:
    httpx = Later("httpx")

CONNECT_SECONDS: Final = 5.0
WRITE_SECONDS: Final = 30.0
MAX_BYTES: Final = 8 * 1024 * 1024
# A machine that answers a crumb at a time is waited for this many times the pause allowed.
PATIENCE: Final = 3

# A part of a form with a file in it: the field, and (file name, bytes, media type).
Files = Sequence[tuple[str, tuple[str, bytes, str]]]


class Why(StrEnum):
    """Why there is no answer."""

    CONNECT = "connect"  # nobody there, or no way to them
    CLOSED = "closed"  # the name leads into a network that is closed to the world
    BUSY = "busy"  # all our own connections were taken
    ASKED = "asked"  # what we wanted to send cannot be sent
    TIMEOUT = "timeout"
    CUT = "cut"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"


class NoReply(Exception):
    """There is no answer.

    ``sent`` is whether a byte may have left: without, surely nothing was done.
    """

    def __init__(self, why: Why, *, sent: bool) -> None:
        super().__init__(str(why))
        self.why = why
        self.sent = sent


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered, whatever its status. ``headers`` have lower-case names."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = field(default=b"", repr=False)

    def json(self) -> Any:
        """The body as JSON; None where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None


class Caller:
    """Calls one server. ``transport`` takes the network's place in tests.

    ``only_open`` is for a server that somebody typed in: it is called only at an address that the
    whole world may call, or where the settings list it.
    """

    def __init__(
        self,
        base_url: str,
        *,
        transport: httpx.BaseTransport | None = None,
        only_open: bool = False,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        # Who takes the network's place takes that of its names too.
        self._only_open = only_open and transport is None
        self._own = _client(transport) if transport else None

    def call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        form: Mapping[str, str | list[str]] | None = None,
        files: Files = (),
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Ask once. Raises ``NoReply``; any status is an answer."""
        client = self._own or kept_client(self.base_url)
        try:
            request = client.build_request(
                method,
                f"{self.base_url}/{path.lstrip('/')}",
                params=query,
                data=form,
                files=list(files) or None,
                headers=headers,
                timeout=_limits(),
            )
        except (httpx.InvalidURL, TypeError, ValueError):
            raise NoReply(Why.ASKED, sent=False) from None
        return (_answered_in_the_open if self._only_open else _answered)(client, request)


def kept_client(base_url: str) -> httpx.Client:
    """This process's connections to a server: kept, and never shared with a process forked off."""
    key = (os.getpid(), base_url)
    found = _kept.get(key)
    # Two threads may both make one; both get the same, and the other never opened anything.
    return found if found is not None else _kept.setdefault(key, _client(None))


def _client(transport: httpx.BaseTransport | None) -> httpx.Client:
    # A proxy that stands in the environment is for other machines.
    ourselves = dict.fromkeys(("all://127.0.0.1", "all://localhost", "all://[::1]"), transport)
    client = httpx.Client(transport=transport, mounts=ourselves, follow_redirects=False)
    # One client serves several accounts: nothing of one may be said for another.
    client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return client


def _answered_in_the_open(client: httpx.Client, request: httpx.Request) -> Reply:
    """The answer of the first address that can be reached; what was looked at is what is called.

    The server's name still stands in the request, and its certificate is held to that.
    """
    host = request.url.host
    port = request.url.port or (443 if request.url.scheme == "https" else 80)
    try:
        addresses = open_addresses(host, port)
    except NotPublic:
        raise NoReply(Why.CLOSED, sent=False) from None
    request.extensions = {**request.extensions, "sni_hostname": host}
    for address in addresses:
        request.url = request.url.copy_with(host=address)
        try:
            return _answered(client, request)
        except NoReply as silence:
            if silence.why is not Why.CONNECT:
                raise
    raise NoReply(Why.CONNECT, sent=False)


def _answered(client: httpx.Client, request: httpx.Request) -> Reply:
    """The answer to ``request``, sorted where there is none.

    The causes are cut off: they know the request, and with it the key.
    """
    try:
        response = client.send(request, stream=True)
        try:
            body = _read(response)
        finally:
            response.close()
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError):
        raise NoReply(Why.CONNECT, sent=False) from None
    except httpx.PoolTimeout:
        raise NoReply(Why.BUSY, sent=False) from None
    except (httpx.UnsupportedProtocol, httpx.LocalProtocolError):
        raise NoReply(Why.ASKED, sent=False) from None
    except httpx.TimeoutException:
        raise NoReply(Why.TIMEOUT, sent=True) from None
    except httpx.DecodingError:
        raise NoReply(Why.UNREADABLE, sent=True) from None
    except httpx.HTTPError:
        raise NoReply(Why.CUT, sent=True) from None
    return Reply(response.status_code, dict(response.headers), body)


def _read(response: httpx.Response) -> bytes:
    """The body, up to what anybody may send us and for as long as we wait."""
    until = time.monotonic() + PATIENCE * settings.NETWORK_READ_SECONDS
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > MAX_BYTES:
            raise NoReply(Why.TOO_LARGE, sent=True)
        if time.monotonic() > until:
            raise NoReply(Why.TIMEOUT, sent=True)
    return bytes(body)


def _limits() -> httpx.Timeout:
    return httpx.Timeout(
        connect=CONNECT_SECONDS,
        read=settings.NETWORK_READ_SECONDS,
        write=WRITE_SECONDS,
        pool=CONNECT_SECONDS,
    )


class WithoutQueries(logging.Filter):
    """Takes the query off every address httpx logs: keys stand in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record pass, shortened."""
        if isinstance(record.args, tuple):
            record.args = tuple(_without_query(each) for each in record.args)
        return True


def _without_query(value: object) -> object:
    return value.copy_with(query=None) if isinstance(value, httpx.URL) else value


_kept: dict[tuple[int, str], httpx.Client] = {}
logging.getLogger("httpx").addFilter(WithoutQueries())


@atexit.register
def _hang_up() -> None:
    """Close what this process opened; what it was forked from closes its own."""
    for (pid, _base_url), client in _kept.items():
        if pid == os.getpid():
            client.close()
