"""One made-up network for all tests here, as new for each; and somebody who asks it things."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from panel.channels.fake.control import FakeNetwork

PAGE, TOKEN = "100", "page-token"


class Asker:
    """Speaks Graph with one key."""

    def __init__(self, url: str, token: str = TOKEN) -> None:
        self.token = token
        self.line = httpx.Client(base_url=url, timeout=10, trust_env=False)

    def ask(self, method: str, path: str, **words: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"} | words.pop("headers", {})
        return self.line.request(method, f"/v25.0/{path}", headers=headers, **words)

    def get(self, path: str, **params: Any) -> Any:
        return self.fine(self.ask("GET", path, params=params))

    def post(self, path: str, **data: Any) -> Any:
        return self.fine(self.ask("POST", path, data=data))

    def delete(self, path: str) -> Any:
        return self.fine(self.ask("DELETE", path))

    def fine(self, response: httpx.Response) -> Any:
        assert response.status_code == 200, response.text
        return response.json()

    def refused(self, method: str, path: str, **words: Any) -> tuple[int, int]:
        """Code and sub-code of a refusal."""
        response = self.ask(method, path, **words)
        assert response.status_code >= 400, response.text
        error = response.json()["error"]
        assert error["fbtrace_id"]
        assert error["message"]
        return error["code"], error.get("error_subcode", 0)

    def photo(self, data: bytes = b"\xff\xd8picture", **words: Any) -> Any:
        files = {"source": ("picture.jpg", data, "image/jpeg")}
        return self.fine(self.ask("POST", f"{PAGE}/photos", data=words, files=files))

    def with_photos(self, *ids: str, **words: Any) -> dict[str, str]:
        media = {
            f"attached_media[{place}]": json.dumps({"media_fbid": id})
            for place, id in enumerate(ids)
        }
        return media | words


@pytest.fixture(scope="session")
def process() -> Iterator[FakeNetwork]:
    with FakeNetwork() as network:
        yield network


@pytest.fixture
def network(process: FakeNetwork) -> FakeNetwork:
    process.reset()
    process.add_page(PAGE, name="Byen", token=TOKEN)
    return process


@pytest.fixture
def page(network: FakeNetwork) -> Iterator[Asker]:
    asker = Asker(network.url)
    yield asker
    asker.line.close()


class Ear:
    """Listens for events; answers what it was told to, the last for ever."""

    def __init__(self) -> None:
        self.heard: list[tuple[bytes, dict[str, str]]] = []
        self.answers = [200]
        ear = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                ear.heard.append((body, dict(self.headers)))
                status = ear.answers.pop(0) if len(ear.answers) > 1 else ear.answers[0]
                self.send_response(status)
                self.end_headers()

            def do_GET(self) -> None:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(self.path.encode())

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/webhooks/facebook/"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def changes(self) -> list[dict[str, Any]]:
        """The values of all changes heard, in order."""
        return [
            change["value"]
            for body, _headers in self.heard
            for entry in json.loads(body)["entry"]
            for change in entry["changes"]
        ]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def ear() -> Iterator[Ear]:
    listening = Ear()
    yield listening
    listening.close()
