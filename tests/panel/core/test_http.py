"""One call, one answer or one error, and the error says whether the call was sent."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest

from panel.core import http
from panel.core.http import Caller, NoReply, Reply, Why, kept_client

CANARY = "kanariefugl-noegle"

Behave = Callable[[socket.socket], None]


@contextmanager
def server(behave: Behave) -> Iterator[str]:
    """A machine that takes one connection after the other and behaves as told."""
    listening = socket.create_server(("127.0.0.1", 0))
    held: list[socket.socket] = []

    def serve() -> None:
        while True:
            try:
                connection, _address = listening.accept()
            except OSError:
                return
            held.append(connection)
            with contextlib.suppress(OSError):  # the caller hung up
                behave(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)
        for connection in held:
            connection.close()
        for client in http._kept.values():
            client.close()
        http._kept.clear()


def read_request(connection: socket.socket) -> bytes:
    said = b""
    while b"\r\n\r\n" not in said:
        part = connection.recv(65536)
        if not part:
            raise ConnectionError
        said += part
    return said


def answering(answer: bytes) -> Behave:
    def behave(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(answer)

    return behave


def ok(body: bytes = b'{"id": "1"}') -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


def silence_of(base_url: str, **call: object) -> NoReply:
    with pytest.raises(NoReply) as caught:
        Caller(base_url).call("POST", "/feed", form={"message": "hej"}, **call)
    return caught.value


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def test_any_status_is_an_answer():
    with server(answering(b"HTTP/1.1 418 Tea\r\nX-Usage: 3\r\nContent-Length: 2\r\n\r\n{}")) as url:
        reply = Caller(url).call("GET", "/feed")
    assert (reply.status, reply.headers["x-usage"], reply.json()) == (418, "3", {})


def test_a_redirect_is_an_answer_and_not_followed():
    away = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n"
    with server(answering(away)) as url:
        assert Caller(url).call("GET", "/feed").status == 302


@pytest.mark.parametrize("body", [b"<html>", b"", b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_nothing(body: bytes):
    assert Reply(200, {}, body).json() is None


def test_nobody_there_means_that_nothing_was_sent():
    silence = silence_of(f"http://127.0.0.1:{closed_port()}")
    assert (silence.why, silence.sent) == (Why.CONNECT, False)


def test_a_connection_cut_after_the_request_may_have_done_anything():
    def cut(connection: socket.socket) -> None:
        read_request(connection)
        connection.close()

    with server(cut) as url:
        silence = silence_of(url)
    assert (silence.why, silence.sent) == (Why.CUT, True)


def test_a_connection_cut_in_the_middle_of_the_answer_may_have_done_anything():
    def half(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(ok()[:-5])
        connection.close()

    with server(half) as url:
        assert silence_of(url).sent


def test_silence_may_have_done_anything(settings):
    settings.NETWORK_READ_SECONDS = 0.2
    with server(lambda connection: None) as url:
        silence = silence_of(url)
    assert (silence.why, silence.sent) == (Why.TIMEOUT, True)


def test_an_answer_by_the_crumb_is_not_waited_for_without_end(settings):
    settings.NETWORK_READ_SECONDS = 0.2

    def crumbs(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        stop = threading.Event()
        for _number in range(100):
            if stop.wait(0.05):
                return
            connection.sendall(b" ")

    with server(crumbs) as url:
        assert silence_of(url).why == Why.TIMEOUT


def test_an_answer_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(http, "MAX_BYTES", 10)
    with server(answering(ok(b"x" * 11))) as url:
        silence = silence_of(url)
    assert (silence.why, silence.sent) == (Why.TOO_LARGE, True)


def test_an_answer_that_is_not_http_may_have_done_anything():
    with server(answering(b"hello\r\n\r\n")) as url:
        assert silence_of(url).sent


@pytest.mark.parametrize("key", ["æøå", "a\nb"])
def test_what_cannot_be_sent_was_not(key: str):
    with server(answering(ok())) as url:
        silence = silence_of(url, headers={"authorization": f"Bearer {key}"})
    assert (silence.why, silence.sent) == (Why.ASKED, False)


def test_an_address_that_is_none_was_not_called():
    assert silence_of("ftp://127.0.0.1").sent is False
    assert silence_of("http://[").sent is False


@pytest.mark.parametrize(
    ("error", "sent"),
    [
        (httpx.ConnectTimeout, False),
        (httpx.PoolTimeout, False),
        (httpx.ProxyError, False),
        (httpx.LocalProtocolError, False),
        (httpx.WriteTimeout, True),
        (httpx.WriteError, True),
        (httpx.ReadError, True),
        (httpx.RemoteProtocolError, True),
        (httpx.DecodingError, True),
    ],
)
def test_every_error_says_whether_it_came_before_the_first_byte(
    error: type[httpx.RequestError], sent: bool
):
    def handle(request: httpx.Request) -> httpx.Response:
        raise error(f"about {CANARY}")

    caller = Caller("https://network.example", transport=httpx.MockTransport(handle))
    with pytest.raises(NoReply) as caught:
        caller.call("POST", "/feed")
    assert caught.value.sent is sent
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert CANARY not in str(caught.value)


def test_a_key_in_an_address_reaches_no_log(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    with server(answering(ok())) as url:
        Caller(url).call(
            "GET",
            "/debug_token",
            query={"input_token": CANARY},
            headers={"authorization": f"Bearer {CANARY}"},
        )
    assert "/debug_token" in caplog.text
    assert CANARY not in caplog.text


def test_what_was_answered_is_not_in_its_own_words():
    assert CANARY not in repr(Reply(200, {}, CANARY.encode()))


def test_connections_are_kept_for_the_next_call():
    connections = []

    def twice(connection: socket.socket) -> None:
        connections.append(connection)
        for _number in range(2):
            read_request(connection)
            connection.sendall(ok())

    with server(twice) as url:
        assert Caller(url).call("GET", "/a").status == 200
        assert Caller(url).call("GET", "/b").status == 200
    assert len(connections) == 1


def test_a_process_that_was_forked_off_opens_its_own(monkeypatch: pytest.MonkeyPatch):
    ours = kept_client("http://127.0.0.1:9")
    assert kept_client("http://127.0.0.1:9") is ours
    monkeypatch.setattr(os, "getpid", lambda: -1)
    theirs = kept_client("http://127.0.0.1:9")
    assert theirs is not ours
    theirs.close()


def test_one_account_s_cookie_is_not_said_for_another():
    asked: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, headers={"set-cookie": "who=us; Path=/"}, json={})

    caller = Caller("https://network.example", transport=httpx.MockTransport(handle))
    caller.call("GET", "/a")
    caller.call("GET", "/b")
    assert "cookie" not in asked[1].headers


def test_this_machine_is_reached_without_a_proxy(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{closed_port()}")
    with server(answering(ok())) as url:
        assert Caller(url).call("GET", "/a").status == 200
