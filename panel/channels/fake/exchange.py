"""One HTTP request and one answer: the least that real clients need, read and written by hand.

The standard library's server spends more time on headers than the network spends on its answer.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, unquote

LARGEST_BODY = 64 * 1024 * 1024
REASONS = {int(status): status.phrase for status in HTTPStatus}


class NotHttp(Exception):
    """What came in cannot be read as HTTP, or is too large."""


@dataclass(slots=True)
class Request:
    """What was asked. ``params`` holds query, form and JSON together, as Graph treats them."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""
    params: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def base(self) -> str:
        """How the client reached us: links in answers lead back the same way."""
        return f"http://{self.headers.get('host', '127.0.0.1')}"


@dataclass(slots=True)
class Response:
    """What is answered: ``data`` as JSON, or ``raw`` as it stands."""

    data: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    kind: str = "application/json; charset=UTF-8"

    def body(self) -> bytes:
        """The bytes after the headers."""
        if self.raw is not None:
            return self.raw
        return json.dumps(self.data, separators=(",", ":")).encode()

    def wire(self) -> bytes:
        """Everything, as it is sent."""
        body = self.body()
        reason = REASONS.get(self.status, "Unknown")
        more = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
        head = (
            f"HTTP/1.1 {self.status} {reason}\r\nContent-Type: {self.kind}\r\n"
            f"Content-Length: {len(body)}\r\n{more}\r\n"
        )
        return head.encode("latin-1") + body


async def read_request(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> Request | None:
    """The next request of a connection; nothing where the client has left."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    except asyncio.LimitOverrunError as error:
        raise NotHttp("headers too large") from error
    first, *lines = head[:-4].decode("latin-1").split("\r\n")
    try:
        method, target, _version = first.split(" ")
    except ValueError as error:
        raise NotHttp("no request line") from error
    headers = _headers(lines)
    if headers.get("expect", "").lower() == "100-continue":
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    body = await _read_body(reader, headers)
    return build(method, target, headers, body)


def _headers(lines: list[str]) -> dict[str, str]:
    pairs = (line.partition(":") for line in lines)
    return {name.lower(): value.strip() for name, _colon, value in pairs}


async def _read_body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() == "chunked":
        return await _read_chunks(reader)
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length) > LARGEST_BODY:
        raise NotHttp("body too large")
    return await reader.readexactly(int(length)) if length != "0" else b""


async def _read_chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := _size(await reader.readline()):
        if len(body) + size > LARGEST_BODY:
            raise NotHttp("body too large")
        body += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return body


def _size(line: bytes) -> int:
    try:
        return int(line.split(b";")[0], 16)
    except ValueError as error:
        raise NotHttp("no size of a chunk") from error


def build(method: str, target: str, headers: dict[str, str], body: bytes) -> Request:
    """A request with its parameters taken from wherever they stand."""
    path, _mark, query = target.partition("?")
    request = Request(method, unquote(path), headers, body)
    if query:
        request.params.update(_gathered(query))
    if body:
        _take_body(request)
    return request


def _take_body(request: Request) -> None:
    """Add what the body says to the parameters; what cannot be read adds nothing."""
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/x-www-form-urlencoded"):
        request.params.update(_gathered(request.body.decode("utf-8", "replace")))
    elif kind.startswith("multipart/form-data"):
        _take_parts(request, kind.partition("boundary=")[2].strip('"'))
    elif kind.startswith("application/json"):
        try:
            said = json.loads(request.body)
        except ValueError:
            return
        request.params.update(said if isinstance(said, dict) else {"": said})


def _gathered(text: str) -> dict[str, Any]:
    """The pairs of a form; a name that ends in brackets holds a list."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        if name.endswith("[]"):
            found.setdefault(name, []).append(value)
        else:
            found[name] = value
    return found


def _take_parts(request: Request, boundary: str) -> None:
    mark = b"--" + boundary.encode()
    for part in request.body.split(mark)[1:-1]:
        head, _blank, content = part[2:].partition(b"\r\n\r\n")
        names = head.decode("utf-8", "replace")
        name = names.partition('name="')[2].partition('"')[0]
        if 'filename="' in names:
            request.files[name] = content[:-2]
        else:
            request.params[name] = content[:-2].decode("utf-8", "replace")
