"""Runs the network as a child process, and says what happens on it: for tests, demo and benchmark.

with FakeNetwork() as network:
    network.add_page("100", token="T")
    network.fault("drop_after", method="POST", path="*/feed", share=0.1)
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import httpx

from panel.channels.fake.told import (
    Counters,
    Delivered,
    Posted,
    Request,
    Uploaded,
    Written,
    posted,
    record,
)

ROOT = Path(__file__).resolve().parents[3]
SECRET_ENV = "MEDSPIL_FAKE_APP_SECRET"  # noqa: S105 - the name of a variable


class ControlRefused(Exception):
    """The network does not understand what it was told."""


class FakeNetwork:
    """The network as a child process; or with ``url``, one that somebody else has started."""

    def __init__(
        self,
        *,
        url: str = "",
        host: str = "127.0.0.1",
        port: int = 0,
        app_id: str = "1000001",
        app_secret: str = "fake-app-secret",  # noqa: S107 - it opens nothing
    ) -> None:
        self.url, self.host, self.port = url, host, port
        self.app_id, self.app_secret = app_id, app_secret
        self._process: subprocess.Popen[str] | None = None
        self._client: httpx.Client | None = None

    # --- The process ------------------------------------------------------------------------------

    def start(self) -> Self:
        """Start it, and return once it can be called."""
        if not self.url:
            self.url = self._launch()
        self._client = httpx.Client(base_url=self.url, timeout=60, trust_env=False)
        return self

    def _launch(self) -> str:
        command = [sys.executable, "-m", "panel.channels.fake", "--while-asked"]
        command += ["--host", self.host, "--port", str(self.port)]
        command += ["--app-id", self.app_id, "--app-secret-env", SECRET_ENV]
        self._process = subprocess.Popen(  # noqa: S603 - our own program, our own words
            command,
            cwd=ROOT,
            env=os.environ | {SECRET_ENV: self.app_secret},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None  # noqa: S101 - asked for above
        address = self._process.stdout.readline().strip()
        if not address:
            self.stop()
            raise RuntimeError("The made-up network did not start; is the port free?")
        return address

    def stop(self) -> None:
        """End the process; one that somebody else has started goes on."""
        if self._client is not None:
            self._client.close()
            self._client = None
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process, self.url = None, ""

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *error: object) -> None:
        self.stop()

    # --- Pages and keys ---------------------------------------------------------------------------

    def add_page(
        self,
        id: str,
        *,
        name: str = "",
        token: str = "",
        subscribed: bool = True,
        **words: Any,
    ) -> None:
        """A page, and a key to it. ``subscribed``: it gives its events to the app. ``words``:
        ``scopes``, ``expires`` and ``data_access_expires`` of the key.
        """
        self._do("pages", id=id, name=name or id, token=token, subscribed=subscribed, **words)

    def add_account(
        self,
        username: str,
        *,
        id: str,
        name: str = "",
        token: str = "",
        scopes: Sequence[str] = ("read", "write"),
    ) -> None:
        """An account on the Mastodon side, and a key to it."""
        self._do(
            "pages",
            id=id,
            name=name or username,
            username=username,
            token=token,
            scopes=list(scopes),
            subscribed=False,
        )

    def add_instagram(
        self, username: str, *, id: str, name: str = "", token: str = "", **words: Any
    ) -> None:
        """An Instagram account, and a key to it; ``words`` are the key's, as in ``add_page``."""
        said = {"id": id, "name": name or username, "username": username, "token": token}
        self._do("pages", **said, instagram=True, subscribed=False, **words)

    def add_token(
        self,
        token: str,
        *,
        page: str = "",
        user: Mapping[str, str] | None = None,
        **words: Any,
    ) -> None:
        """One key more, a page's or a person's; a revoked one works again."""
        owner: dict[str, Any] = {"page": page} if page else {"user": user or {"id": "7000002"}}
        self._do("tokens", token=token, **owner, **words)

    def revoke(self, token: str, subcode: int = 460) -> None:
        """Refuse a key from now on, with 190 and this sub-code."""
        self._do("revoke", token=token, subcode=subcode)

    # --- What people do ---------------------------------------------------------------------------

    def comment(
        self,
        on: str,
        message: str,
        *,
        author: tuple[str, str] | None = ("8000001", "Bo Borger"),
        at: int = 0,
        likes: int = 0,
    ) -> str:
        """Somebody (id, name) writes under a post or a comment; its id."""
        who = {"id": author[0], "name": author[1]} if author else None
        said = self._do("comments", on=on, message=message, author=who, at=at, likes=likes)
        return str(said["id"])

    def post_by_hand(
        self,
        page: str,
        message: str,
        *,
        author: tuple[str, str] | None = None,
        **words: Any,
    ) -> str:
        """A post not by the app: the page's own, or an ``author``'s. ``words``: ``link``, ``at``,
        ``reactions``, ``shares``. Its id.
        """
        who = {"id": author[0], "name": author[1]} if author else None
        return str(self._do("posts", page=page, message=message, author=who, **words)["id"])

    def edit(self, id: str, message: str) -> None:
        """A post or comment gets other words."""
        self._do("edit", id=id, message=message)

    def hide(self, id: str, hidden: bool = True) -> None:
        """A post or comment is hidden by hand, or shown again."""
        self._do("hide", id=id, hidden=hidden)

    def remove(self, id: str, *, silently: bool = False) -> None:
        """A post, photo or comment is gone; silently, no event tells of it."""
        self._do("remove", id=id, silently=silently)

    def figures(self, id: str, **numbers: int) -> None:
        """``reactions`` and ``shares`` of a post."""
        self._do("figures", id=id, **numbers)

    # --- How it behaves ---------------------------------------------------------------------------

    def fault(self, kind: str, **words: Any) -> None:
        """One rule more; the words are those of ``faults.Rule``."""
        self._do("faults", kind=kind, **words)

    def behave(self) -> None:
        """No faults any more."""
        self._do("behave")

    def settings(self, **words: Any) -> None:
        """Change some of ``state.Settings``."""
        self._do("settings", **words)

    def webhooks(self, url: str = "", **words: Any) -> None:
        """Send events there; the words are those of ``webhooks.Manner``."""
        self._do("webhooks", **({"url": url} if url else {}), **words)

    def clock(self, offset: float) -> int:
        """Set the network's clock ahead by so many seconds; what it shows then."""
        return int(self._do("clock", offset=offset)["now"])

    def reset(self) -> None:
        """A new, well-behaved network; ids go on."""
        self._do("reset")

    def settle(self, seconds: float = 10) -> bool:
        """Wait until every event is delivered; whether it was."""
        return bool(self._do("settle", seconds=seconds)["settled"])

    def deliver_again(self) -> int:
        """Deliver every event once more, in another order; how many."""
        return int(self._do("again")["sent"])

    def verify(self, challenge: str = "1158201444") -> tuple[int, str]:
        """Ask the address of the webhooks to prove itself: status and text of its answer."""
        said = self._do("verify", challenge=challenge)
        return int(said["status"]), str(said["text"])

    # --- What there is ----------------------------------------------------------------------------

    def posts(self) -> list[Posted]:
        """Every post there ever was, removed ones too, in the order they were made."""
        return [posted(row) for row in self._read("posts")]

    def photos(self) -> list[Uploaded]:
        """Every picture there ever was."""
        return [record(Uploaded, row) for row in self._read("photos")]

    def comments(self) -> list[Written]:
        """Every comment there ever was."""
        return [record(Written, row) for row in self._read("comments")]

    def messages(self) -> list[dict[str, str]]:
        """Every private message: ``id``, ``comment_id``, ``text``, ``page_id``."""
        return list(self._read("messages"))

    def requests(self, after: int = 0) -> list[Request]:
        """The record of requests, from number ``after`` on."""
        return [record(Request, row) for row in self._read("requests", after=after)]

    def counters(self) -> Counters:
        """The record in numbers."""
        return record(Counters, self._read("counters"))

    def faults(self) -> list[dict[str, Any]]:
        """The rules, with how often each has ``fitted`` and ``fired``."""
        return list(self._read("faults"))

    def deliveries(self) -> list[Delivered]:
        """Every webhook that was sent."""
        return [record(Delivered, row) for row in self._read("deliveries")]

    # --- The line ---------------------------------------------------------------------------------

    def _do(self, verb: str, /, **said: Any) -> Any:
        return self._answer(self._line.post(f"/_fake/{verb}", json=said))

    def _read(self, noun: str, /, **said: Any) -> Any:
        return self._answer(self._line.get(f"/_fake/{noun}", params=said))

    @property
    def _line(self) -> httpx.Client:
        if self._client is None:
            raise RuntimeError("The network has not been started.")
        return self._client

    def _answer(self, response: httpx.Response) -> Any:
        if response.status_code != 200:
            raise ControlRefused(response.text)
        return response.json()
