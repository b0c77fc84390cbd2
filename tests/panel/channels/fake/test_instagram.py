"""The Instagram dialect: what it answers is what the documentation says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from panel.channels.fake.control import FakeNetwork
from panel.channels.outgoing import Picture
from tests.factories.network_pictures import Shelf, jpeg
from tests.panel.channels.fake.conftest import PAGE, Asker

ID, TOKEN = "17841400000000001", "instagram-token"


@pytest.fixture
def there(process: FakeNetwork) -> FakeNetwork:
    process.reset()
    process.add_instagram("fjordby", id=ID, name="Byen", token=TOKEN)
    return process


@pytest.fixture
def asks(there: FakeNetwork) -> Iterator[Callable[[str], Asker]]:
    """Somebody with the key that is named."""
    made: list[Asker] = []

    def ask(token: str) -> Asker:
        made.append(Asker(there.url, token))
        return made[-1]

    yield ask
    for each in made:
        each.line.close()


@pytest.fixture
def account(asks: Callable[[str], Asker]) -> Asker:
    return asks(TOKEN)


def shown(data: bytes = b"") -> str:
    """Where a picture can be fetched."""
    return Shelf.shared().put(Picture(data or jpeg())).address


def made(account: Asker, **words: Any) -> str:
    return str(account.post(f"{ID}/media", **{"image_url": shown()} | words)["id"])


def published(account: Asker, container: str) -> str:
    return str(account.post(f"{ID}/media_publish", creation_id=container)["id"])


# --- Accounts and keys ----------------------------------------------------------------------------


def test_an_account_shows_what_is_asked_for(account: Asker):
    assert account.get(ID) == {"id": ID}
    fields = "id,username,name,media_count"
    expected = {"id": ID, "username": "fjordby", "name": "Byen", "media_count": 0}
    assert account.get(ID, fields=fields) == expected
    assert account.refused("GET", ID, params={"fields": "link"}) == (100, 0)


def test_it_is_no_page_and_a_page_no_account(
    account: Asker, there: FakeNetwork, asks: Callable[[str], Asker]
):
    there.add_page(PAGE, name="Byen", token="page-token")
    assert account.refused("POST", f"{ID}/feed", data={"message": "Hej"}) == (2500, 0)
    page = asks("page-token")
    assert page.refused("POST", f"{PAGE}/media", data={"caption": "Hej"}) == (2500, 0)
    assert page.refused("GET", PAGE, params={"fields": "media_count"}) == (100, 0)
    assert page.refused("GET", ID) == (100, 33)


def test_keys_are_graph_s(account: Asker, there: FakeNetwork, asks: Callable[[str], Asker]):
    there.add_token("small", page=ID, scopes=["instagram_basic"])
    small = asks("small")
    assert small.get(ID) == {"id": ID}
    assert small.refused("POST", f"{ID}/media", data={"image_url": shown()}) == (10, 0)
    there.revoke(TOKEN, subcode=463)
    assert account.refused("GET", ID) == (190, 463)


# --- Posting --------------------------------------------------------------------------------------


def test_a_post_takes_two_steps_and_is_seen_after_the_second(account: Asker, there: FakeNetwork):
    container = made(account, caption="Åbent hus", alt_text="En bro")
    assert account.get(container, fields="status_code")["status_code"] == "FINISHED"
    assert there.posts() == []
    media = published(account, container)
    [post], [photo] = there.posts(), there.photos()
    assert (post.message, photo.alt, photo.post_id) == ("Åbent hus", "En bro", post.id)
    assert photo.size == len(jpeg())
    assert account.get(container, fields="status_code")["status_code"] == "PUBLISHED"
    fields = "id,caption,media_type,permalink,timestamp,children{id}"
    row = account.get(media, fields=fields)
    assert (row["id"], row["caption"], row["media_type"]) == (media, "Åbent hus", "IMAGE")
    assert "children" not in row
    assert row["permalink"].startswith(there.url)
    assert account.get(f"{ID}/media", fields=fields)["data"] == [row]


def test_an_album_is_made_of_items(account: Asker, there: FakeNetwork):
    items = [
        made(account, is_carousel_item="true", alt_text=alt, image_url=shown(jpeg(alt)))
        for alt in ("red", "blue")
    ]
    words = {"media_type": "CAROUSEL", "children": ",".join(items), "caption": "To"}
    media = published(account, account.post(f"{ID}/media", **words)["id"])
    assert [photo.alt for photo in there.photos()] == ["red", "blue"]
    row = account.get(media, fields="media_type,children{id}")
    assert (row["media_type"], len(row["children"]["data"])) == ("CAROUSEL_ALBUM", 2)

    one = {"media_type": "CAROUSEL", "children": items[0]}
    assert account.refused("POST", f"{ID}/media", data=one) == (100, 2207028)
    alone = {"creation_id": items[0]}
    assert account.refused("POST", f"{ID}/media_publish", data=alone) == (24, 2207006)


def test_the_picture_is_really_fetched(account: Asker):
    path = shown().rpartition("/")[0]
    for address in (f"{path}/nothing.jpg", "http://127.0.0.1:9/a.jpg", "not an address"):
        words = {"image_url": address}
        assert account.refused("POST", f"{ID}/media", data=words) == (9004, 2207052)
    assert account.refused("POST", f"{ID}/media", data={"caption": "Hej"}) == (100, 0)


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"no picture", (36001, 2207005)),
        (jpeg(size=(100, 200)), (36003, 2207009)),
        (jpeg(size=(200, 100)), (36003, 2207009)),
        (jpeg() + b"\0" * 8 * 1024 * 1024, (36000, 2207004)),
    ],
)
def test_not_every_picture_is_taken(account: Asker, data: bytes, refusal: tuple[int, int]):
    assert account.refused("POST", f"{ID}/media", data={"image_url": shown(data)}) == refusal


def test_a_caption_has_an_end(account: Asker):
    words = {"image_url": shown(), "caption": "æ" * 2201}
    assert account.refused("POST", f"{ID}/media", data=words) == (36004, 2207010)
    words["caption"] = "#by " * 31
    assert account.refused("POST", f"{ID}/media", data=words) == (100, 0)


def test_what_is_published_is_published_once(account: Asker, there: FakeNetwork):
    container = made(account)
    published(account, container)
    words = {"creation_id": container}
    assert account.refused("POST", f"{ID}/media_publish", data=words) == (9007, 2207027)
    assert len(there.posts()) == 1


# --- How it misbehaves ----------------------------------------------------------------------------


def status_of(account: Asker, container: str) -> str:
    return str(account.get(container, fields="status_code")["status_code"])


def test_it_may_take_a_while(account: Asker, there: FakeNetwork):
    there.settings(media_polls=2)
    container = made(account)
    words = {"creation_id": container}
    assert account.refused("POST", f"{ID}/media_publish", data=words) == (9007, 2207027)
    assert [status_of(account, container) for _ask in range(2)] == ["IN_PROGRESS", "FINISHED"]
    assert published(account, container)


@pytest.mark.parametrize("status", ["ERROR", "EXPIRED", "IN_PROGRESS"])
def test_it_may_never_get_ready(account: Asker, there: FakeNetwork, status: str):
    there.settings(container_status=status)
    assert status_of(account, made(account)) == status


def test_what_waits_for_a_day_is_too_old(account: Asker, there: FakeNetwork):
    container = made(account)
    there.clock(25 * 3600)
    assert status_of(account, container) == "EXPIRED"


def test_a_day_has_so_many_posts(account: Asker, there: FakeNetwork):
    there.settings(posts_a_day=1)
    first, second = made(account), made(account)
    published(account, first)
    [row] = account.get(f"{ID}/content_publishing_limit", fields="quota_usage,config")["data"]
    assert row == {"quota_usage": 1, "config": {"quota_total": 1, "quota_duration": 86400}}
    words = {"creation_id": second}
    assert account.refused("POST", f"{ID}/media_publish", data=words) == (9, 2207042)


def test_it_may_lie(account: Asker, there: FakeNetwork):
    words = {"code": 4, "subcode": 2207051, "status": 400, "done": "first"}
    there.fault("code", method="POST", path="*/media_publish", times=1, **words)
    container = made(account)
    refusal = account.refused("POST", f"{ID}/media_publish", data={"creation_id": container})
    assert refusal == (4, 2207051)
    assert len(there.posts()) == 1
    assert status_of(account, container) == "PUBLISHED"


def test_an_answer_may_be_lost(account: Asker, there: FakeNetwork):
    there.fault("drop_after", method="POST", path="*/media_publish", times=1)
    words = {"creation_id": made(account)}
    with pytest.raises(httpx.HTTPError):
        account.ask("POST", f"{ID}/media_publish", data=words)
    assert len(there.posts()) == 1
