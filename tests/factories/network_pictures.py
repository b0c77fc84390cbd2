"""Pictures for networks that come for them: real ones, on a server in this process."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from PIL import Image

from panel.channels.outgoing import Act, Picture


def jpeg(colour: str = "#204060", size: tuple[int, int] = (40, 40)) -> bytes:
    """A picture of one colour."""
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG")
    return file.getvalue()


class Shelf:
    """Shows what was put on it. One is enough: a picture's address is its own hash."""

    def __init__(self) -> None:
        self.pictures: dict[str, bytes] = {}
        shelf = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                data = shelf.pictures.get(self.path)
                self.send_response(404 if data is None else 200)
                self.send_header("Content-Type", "image/jpeg")
                self.end_headers()
                self.wfile.write(data or b"")

            def log_message(self, format: str, *args: object) -> None:
                """Tests are quiet."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, daemon=True).start()

    @staticmethod
    def shared() -> Shelf:
        """The one of this process."""
        return _shelf()

    def put(self, picture: Picture) -> Picture:
        """The same picture, with where it can be fetched."""
        path = f"/{hashlib.sha256(picture.data).hexdigest()}.jpg"
        self.pictures[path] = picture.data
        return replace(picture, address=self.url + path)

    def with_pictures(self, act: Act) -> Act:
        """``act`` with real pictures that can be fetched, at least one."""
        wanted = act.pictures or (Picture(b"", "Et billede"),)
        drawn = (replace(one, data=jpeg(_colour(one.data))) for one in wanted)
        return replace(act, pictures=tuple(map(self.put, drawn)))


@cache
def _shelf() -> Shelf:
    return Shelf()


def _colour(data: bytes) -> str:
    return "#" + hashlib.sha256(data).hexdigest()[:6]
