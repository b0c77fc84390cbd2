"""A server that somebody typed in is no door to machines of our own."""

from __future__ import annotations

import socket
from typing import Any

import httpx
import pytest

from panel.core import addresses, http
from panel.core.addresses import NotPublic, is_open, open_addresses
from panel.core.http import Caller, NoReply, Why
from tests.panel.core.test_http import answering, ok, server

SERVER = "social.example"


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Which addresses a name has, and nobody asked about it outside."""
    known: dict[str, list[str]] = {}

    def look_up(host: str, port: int, *_more: Any, **_words: Any) -> list[tuple[Any, ...]]:
        found = [host] if host[0].isdigit() or ":" in host else known.get(host)
        if not found:
            raise OSError
        return [
            (socket.AF_INET6 if ":" in each else socket.AF_INET, socket.SOCK_STREAM, 0, "", place)
            for each in found
            for place in [(each, port)]
        ]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", look_up)
    return known


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.2.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "2001:db8::1", "ff02::1"),
        *("::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "2002:a00:1::", "no address"),
    ],
)
def test_a_machine_of_our_own_is_not_open(address: str):
    assert not is_open(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_a_machine_of_the_world_is_open(address: str):
    assert is_open(address)


def test_one_closed_address_among_open_ones_closes_the_name(names: dict[str, list[str]]):
    names[SERVER] = ["8.8.8.8", "127.0.0.1"]
    with pytest.raises(NotPublic):
        open_addresses(SERVER, 443)
    names[SERVER] = ["8.8.8.8", "8.8.8.8", "2606:4700::1"]
    assert open_addresses(SERVER, 443) == ["8.8.8.8", "2606:4700::1"]


def test_nobody_at_a_closed_address_is_called(names: dict[str, list[str]]):
    asked: list[bytes] = []

    def behave(connection: Any) -> None:
        asked.append(connection.recv(10))

    with server(behave) as url:
        port = httpx.URL(url).port
        names[SERVER] = ["127.0.0.1"]
        for base in (f"http://{SERVER}:{port}", url):
            with pytest.raises(NoReply) as caught:
                Caller(base, only_open=True).call("GET", "/", headers={"authorization": "key"})
            assert (caught.value.why, caught.value.sent) == (Why.CLOSED, False)
    assert asked == []


def test_a_listed_server_is_called_by_its_name(settings: Any, names: dict[str, list[str]]):
    settings.NETWORK_PRIVATE_HOSTS = [SERVER]
    heard: list[bytes] = []

    def behave(connection: Any) -> None:
        heard.append(connection.recv(65536))
        connection.sendall(ok())

    with server(behave) as url:
        port = httpx.URL(url).port
        names[SERVER] = ["::1", "127.0.0.1"]  # nobody listens at the first
        reply = Caller(f"http://{SERVER}:{port}", only_open=True).call("GET", "/a")
    assert reply.status == 200
    assert f"Host: {SERVER}:{port}".encode() in heard[0]


def test_a_name_nobody_knows_is_nobody_there(names: dict[str, list[str]]):
    with pytest.raises(NoReply) as caught:
        Caller(f"https://{SERVER}", only_open=True).call("GET", "/")
    assert (caught.value.why, caught.value.sent) == (Why.CONNECT, False)


def test_a_machine_that_took_the_request_is_the_only_one_that_gets_it(
    settings: Any, names: dict[str, list[str]]
):
    settings.NETWORK_PRIVATE_HOSTS = [SERVER]
    names[SERVER] = ["127.0.0.1", "127.0.0.2"]
    with server(lambda connection: connection.close()) as url, pytest.raises(NoReply) as caught:
        Caller(f"http://{SERVER}:{httpx.URL(url).port}", only_open=True).call("POST", "/")
    assert (caught.value.why, caught.value.sent) == (Why.CUT, True)


def test_the_certificate_is_held_to_the_name_and_not_to_the_address(
    names: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
):
    names[SERVER] = ["8.8.8.8"]
    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={})

    client = httpx.Client(transport=httpx.MockTransport(handle))
    monkeypatch.setattr(http, "kept_client", lambda _base: client)
    Caller(f"https://{SERVER}", only_open=True).call("GET", "/a")
    assert (seen[0].url.host, seen[0].headers["host"]) == ("8.8.8.8", SERVER)
    assert seen[0].extensions["sni_hostname"] == SERVER


def test_without_the_rule_an_address_is_called_as_it_stands():
    with server(answering(ok())) as url:
        assert Caller(url).call("GET", "/").status == 200
