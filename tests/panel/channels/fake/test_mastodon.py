"""The Mastodon dialect: what it answers is what the documentation says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import pytest

from panel.channels.fake.control import FakeNetwork
from panel.channels.fake.faults import KINDS

ID, TOKEN = "14715", "mastodon-token"
JPEG = b"\xff\xd8\xff picture"


class Asker:
    """Speaks Mastodon with one key."""

    def __init__(self, url: str) -> None:
        self.line = httpx.Client(base_url=f"{url}/api/", timeout=10, trust_env=False)

    def ask(self, method: str, path: str, token: str = TOKEN, **words: Any) -> httpx.Response:
        headers = {"authorization": f"Bearer {token}"} | words.pop("headers", {})
        return self.line.request(method, path, headers=headers, **words)

    def post(self, text: str, key: str = "", **words: Any) -> httpx.Response:
        headers = {"idempotency-key": key} if key else {}
        return self.ask("POST", "v1/statuses", data={"status": text} | words, headers=headers)

    def upload(self, **words: Any) -> httpx.Response:
        files = {"file": ("a.jpg", JPEG, "image/jpeg")}
        return self.ask("POST", "v2/media", data=words, files=files)

    def listed(self, **params: Any) -> httpx.Response:
        return self.ask("GET", f"v1/accounts/{ID}/statuses", params=params)


@pytest.fixture
def there(process: FakeNetwork) -> FakeNetwork:
    process.reset()
    process.add_account("kommune", id=ID, name="Byen", token=TOKEN)
    return process


@pytest.fixture
def server(there: FakeNetwork) -> Iterator[Asker]:
    asker = Asker(there.url)
    yield asker
    asker.line.close()


# --- Keys -----------------------------------------------------------------------------------------


def test_a_key_says_whose_it_is_and_what_it_may(server: Asker):
    me = server.ask("GET", "v1/accounts/verify_credentials").json()
    assert (me["id"], me["username"], me["acct"], me["display_name"]) == (
        ID,
        "kommune",
        "kommune",
        "Byen",
    )
    app = server.ask("GET", "v1/apps/verify_credentials").json()
    assert app["scopes"] == ["read", "write"]


def test_a_key_that_does_not_work_is_refused(server: Asker, there: FakeNetwork):
    there.add_token("old", page=ID, expires=1)
    there.revoke(TOKEN)
    said = [
        server.ask("GET", "v1/accounts/verify_credentials", token=token)
        for token in ("none", "old", TOKEN)
    ]
    assert [each.status_code for each in said] == [401] * 3
    assert [each.json()["error"] for each in said] == [
        "The access token is invalid",
        "The access token expired",
        "The access token was revoked",
    ]


@pytest.mark.parametrize(
    ("scopes", "may_ask", "may_post"),
    [
        (["read"], 200, 403),
        (["read:accounts"], 200, 403),
        (["profile", "write"], 200, 200),
        (["write:statuses"], 403, 200),
        (["write:media"], 403, 403),
    ],
)
def test_a_scope_is_held_to(
    server: Asker, there: FakeNetwork, scopes: list[str], may_ask: int, may_post: int
):
    there.add_token("small", page=ID, scopes=scopes)
    who = server.ask("GET", "v1/accounts/verify_credentials", token="small")
    posted = server.ask("POST", "v1/statuses", token="small", data={"status": "Hej"})
    assert (who.status_code, posted.status_code) == (may_ask, may_post)


# --- Posts ----------------------------------------------------------------------------------------


def test_a_post_is_shown_as_html_with_an_id_of_its_own(server: Asker, there: FakeNetwork):
    said = server.post("Hej @bo@a.dk\n\nLæs https://byen.dk/æ #nyt").json()
    [post] = there.posts()
    assert post.id == f"{ID}_{said['id']}"
    assert said["content"].startswith('<p>Hej <span class="h-card">')
    assert said["content"].count("<p>") == 2
    assert said["visibility"] == "public"
    assert said["url"].endswith(f"/@kommune/{said['id']}")
    assert said["created_at"].endswith("Z")
    assert server.ask("GET", f"v1/statuses/{said['id']}").json()["content"] == said["content"]


def test_the_same_key_is_the_same_post(server: Asker, there: FakeNetwork):
    first, second = server.post("Hej", key="a"), server.post("Noget andet", key="a")
    assert first.json()["id"] == second.json()["id"]
    assert server.post("Hej", key="b").json()["id"] != first.json()["id"]
    assert server.post("Hej").json()["id"] != first.json()["id"]
    assert len(there.posts()) == 3


@pytest.mark.parametrize(
    "words",
    [
        {"status": " "},
        {"status": "å" * 501},
        {"status": "Hej", "media_ids[]": "999"},
        {"status": "Hej", "media_ids[]": ["1", "2", "3", "4", "5"]},
        {"status": "Hej", "scheduled_at": "2030-01-01T00:00:00Z"},
    ],
)
def test_what_mastodon_refuses_is_refused(server: Asker, there: FakeNetwork, words: dict[str, Any]):
    refused = server.ask("POST", "v1/statuses", data=words)
    assert (refused.status_code, list(refused.json())) == (422, ["error"])
    assert there.posts() == []


def test_how_much_a_post_may_hold_is_told_to_anybody(server: Asker, there: FakeNetwork):
    there.settings(max_characters=1000)
    said = server.line.get("v2/instance").json()["configuration"]["statuses"]
    assert said["max_characters"] == 1000
    assert server.post("å" * 1000).status_code == 200


def test_what_is_not_there_is_not_found(server: Asker):
    for path in ("v1/statuses/7", "v1/media/7", "v1/accounts/7/statuses", "v1/other", "v1"):
        assert server.ask("GET", path).status_code == 404


# --- Pictures -------------------------------------------------------------------------------------


def test_a_picture_takes_a_while_where_it_is_told_to(server: Asker, there: FakeNetwork):
    there.settings(media_polls=2)
    made = server.upload(description="En bro")
    assert (made.status_code, made.json()["url"]) == (202, None)
    place = f"v1/media/{made.json()['id']}"
    assert [server.ask("GET", place).status_code for _time in range(3)] == [206, 200, 200]


def test_a_picture_is_in_one_post_and_stays_with_it(server: Asker, there: FakeNetwork):
    made = server.upload(description="En bro")
    assert made.status_code == 200
    id = made.json()["id"]
    said = server.post("Hej", **{"media_ids[]": [id]}).json()
    assert [each["description"] for each in said["media_attachments"]] == ["En bro"]
    assert server.post("Igen", **{"media_ids[]": [id]}).status_code == 422
    assert server.ask("DELETE", f"v1/media/{id}").status_code == 422
    [photo] = there.photos()
    assert (photo.alt, photo.removed) == ("En bro", False)


def test_a_picture_nobody_shows_can_be_taken_away(server: Asker, there: FakeNetwork):
    id = server.upload().json()["id"]
    assert server.ask("DELETE", f"v1/media/{id}").status_code == 200
    assert there.photos()[0].removed
    assert server.ask("GET", f"v1/media/{id}").status_code == 404


# --- Lists and limits -----------------------------------------------------------------------------


@pytest.mark.parametrize("gaps", [False, True])
def test_a_list_is_read_by_its_header_to_the_end(server: Asker, there: FakeNetwork, gaps: bool):
    made = [server.post(f"Hej {number}").json()["id"] for number in range(5)]
    there.settings(page_size=2, gaps=gaps)
    read, answer = [], server.listed(limit=40)
    while True:
        read += [row["id"] for row in answer.json()]
        if "next" not in answer.links:
            break
        answer = server.ask("GET", answer.links["next"]["url"])
    assert read == made[::-1]


def test_the_headers_tell_of_the_limit_until_nothing_is_left(server: Asker, there: FakeNetwork):
    there.settings(quota=2, quota_minutes=5)
    first, second, third = (server.listed() for _time in range(3))
    left = [each.headers["x-ratelimit-remaining"] for each in (first, second, third)]
    assert (left, third.status_code) == (["1", "0", "0"], 429)
    until = datetime.fromisoformat(third.headers["x-ratelimit-reset"])
    wait = until - parsedate_to_datetime(third.headers["date"])
    assert timedelta(minutes=4) < wait <= timedelta(minutes=5)


# --- Faults ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_fault_hits_this_side_too(server: Asker, there: FakeNetwork, kind: str):
    there.fault(kind, method="POST", path="*/v1/statuses", times=1)
    try:
        answer = server.ask("POST", "v1/statuses", data={"status": "Hej"}, timeout=0.5)
        status = answer.status_code
    except httpx.TransportError:
        status = 0
    wanted = KINDS[kind]
    sees = {"answer": 200, "garbage": 200, "error": wanted.status or 422}
    assert status == sees.get(wanted.sees, 0)
    if wanted.done == "no":
        assert there.posts() == []
    if status >= 400:
        assert list(answer.json()) == ["error"]


def test_a_limit_that_a_fault_makes_up_says_until_when(server: Asker, there: FakeNetwork):
    there.fault("http_429", path="*", minutes=7)
    answer = server.listed()
    assert answer.json() == {"error": "Too many requests"}
    until = datetime.fromisoformat(answer.headers["x-ratelimit-reset"])
    assert until - parsedate_to_datetime(answer.headers["date"]) == timedelta(minutes=7)


def test_a_person_sees_the_posts_too(server: Asker, there: FakeNetwork):
    url = server.post("Hej på siden").json()["url"]
    shown = httpx.get(url, headers={"accept": "text/html"}, trust_env=False)
    assert "Hej på siden" in shown.text
