"""What the demo's web server asks itself before its processes part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from demo.visit import visit


class Answer:
    """An answer that notes what is done with it."""

    def __init__(self) -> None:
        self.read = 0
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        for part in (b"Vel", b"kommen"):
            self.read += len(part)
            yield part

    def close(self) -> None:
        self.closed = True


def test_the_front_page_is_asked_for_as_a_browser_would_and_read_to_its_end():
    asked: list[dict[str, Any]] = []
    answer = Answer()

    def application(environ: dict[str, Any], start: Callable[..., None]) -> Answer:
        asked.append(environ)
        start("200 OK", [("Content-Type", "text/html")])
        return answer

    assert visit(application, "http://127.0.0.1:8123") == "200 OK"
    names = ("REQUEST_METHOD", "wsgi.url_scheme", "HTTP_HOST", "PATH_INFO")
    assert [asked[0][name] for name in names] == ["GET", "http", "127.0.0.1:8123", "/"]
    assert answer.read == len(b"Velkommen")
    assert answer.closed
