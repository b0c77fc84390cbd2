"""HTTP as clients really speak it."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import pytest

from panel.channels.fake.control import FakeNetwork
from tests.panel.channels.fake.conftest import PAGE, TOKEN, Asker


def say(network: FakeNetwork, raw: bytes) -> bytes:
    """What comes back, until the other side is silent or gone."""
    port = urlsplit(network.url).port or 0
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(raw)
        line.settimeout(0.5)
        heard = b""
        try:
            while part := line.recv(4096):
                heard += part
        except TimeoutError:
            pass
        return heard


@pytest.mark.parametrize("raw", [b"hello\r\n\r\n", b"GET / HTTP/1.1\r\nX: " + b"x" * 70000])
def test_what_is_not_http_is_refused(network: FakeNetwork, raw: bytes):
    assert say(network, raw).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("length", ["99999999999", "-1", "many"])
def test_a_body_without_end_is_refused(network: FakeNetwork, length: str):
    raw = f"POST /{PAGE}/feed HTTP/1.1\r\nContent-Length: {length}\r\n\r\n".encode()
    assert say(network, raw).startswith(b"HTTP/1.1 400 ")


def test_a_client_that_leaves_early_harms_nobody(page: Asker, network: FakeNetwork):
    raw = f"POST /{PAGE}/feed HTTP/1.1\r\nContent-Length: 100\r\n\r\nmess".encode()
    port = urlsplit(network.url).port or 0
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(raw)
    assert page.get("me")["id"] == PAGE
    assert network.posts() == []


def test_a_client_may_ask_before_it_sends(network: FakeNetwork):
    body = f"message=Hej&access_token={TOKEN}".encode()
    head = (
        f"POST /{PAGE}/feed HTTP/1.1\r\nExpect: 100-continue\r\nConnection: close\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    heard = say(network, head.encode() + body)
    assert heard.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")


def test_a_body_may_come_in_chunks(page: Asker, network: FakeNetwork):
    answer = page.ask(
        "POST",
        f"{PAGE}/feed",
        content=iter([b"message=", b"Hej"]),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 200
    assert network.posts()[0].message == "Hej"


@pytest.mark.parametrize("size", ["zz", "99999999"])
def test_a_chunk_that_makes_no_sense_is_refused(network: FakeNetwork, size: str):
    raw = f"POST /{PAGE}/feed HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n{size}\r\n"
    assert say(network, raw.encode()).startswith(b"HTTP/1.1 400 ")


def test_many_requests_share_one_connection(network: FakeNetwork):
    one = f"GET /v25.0/me?access_token={TOKEN} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    assert say(network, one * 3).count(b"HTTP/1.1 200 OK") == 3


@pytest.mark.parametrize("body", [b"{not json", b'"a string"'])
def test_json_that_says_nothing_adds_nothing(page: Asker, body: bytes):
    words = {"content": body, "headers": {"Content-Type": "application/json"}}
    assert page.refused("POST", f"{PAGE}/feed", **words) == (100, 0)
