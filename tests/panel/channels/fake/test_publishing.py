"""Publishing in the Graph dialect: posts, photos, changing and taking away."""

from __future__ import annotations

import hashlib
import json
import threading

import pytest

from panel.channels.fake.control import FakeNetwork
from tests.panel.channels.fake.conftest import PAGE, Asker


def test_a_post_gets_an_id_that_names_its_page(page: Asker, network: FakeNetwork):
    id = page.post(f"{PAGE}/feed", message="Hej æøå")["id"]
    assert id.startswith(f"{PAGE}_")
    assert [(post.id, post.message, post.by_app) for post in network.posts()] == [
        (id, "Hej æøå", True)
    ]


def test_a_post_may_be_only_a_link(page: Asker, network: FakeNetwork):
    page.post(f"{PAGE}/feed", link="https://byen.dk/")
    assert network.posts()[0].link == "https://byen.dk/"


def test_a_post_with_nothing_in_it_is_refused(page: Asker, network: FakeNetwork):
    assert page.refused("POST", f"{PAGE}/feed", data={"published": "true"}) == (100, 0)
    assert network.posts() == []


def test_scheduling_at_the_network_is_refused_and_not_forgotten(page: Asker):
    words = {"message": "Senere", "scheduled_publish_time": "1900000000"}
    assert page.refused("POST", f"{PAGE}/feed", data=words) == (100, 0)


def test_a_post_can_be_sent_as_json(page: Asker, network: FakeNetwork):
    page.fine(page.ask("POST", f"{PAGE}/feed", json={"message": "Hej", "published": False}))
    assert network.posts()[0].published is False


def test_a_post_that_is_not_published_is_in_the_feed_but_not_among_those_published(page: Asker):
    id = page.post(f"{PAGE}/feed", message="Kladde", published="false")["id"]
    assert [post["id"] for post in page.get(f"{PAGE}/feed")["data"]] == [id]
    assert page.get(f"{PAGE}/published_posts")["data"] == []


def test_a_photo_makes_a_post(page: Asker, network: FakeNetwork):
    made = page.photo(caption="Broen", alt_text_custom="En bro i tåge")
    posted = network.posts()[0]
    assert made["post_id"] == posted.id
    assert posted.message == "Broen"
    assert [(one.id, one.alt) for one in posted.photos] == [(made["id"], "En bro i tåge")]


def test_a_photo_s_words_may_be_called_message(page: Asker, network: FakeNetwork):
    page.photo(message="Broen")
    assert network.posts()[0].message == "Broen"


def test_a_photo_that_is_not_published_waits_for_its_post(page: Asker, network: FakeNetwork):
    made = page.photo(b"\r\n--almost a boundary\r\n", published="false")
    assert set(made) == {"id"}
    assert network.posts() == []
    (photo,) = network.photos()
    assert (photo.post_id, photo.size) == ("", 23)
    assert photo.sha256 == hashlib.sha256(b"\r\n--almost a boundary\r\n").hexdigest()


def test_a_photo_can_be_named_by_its_address(page: Asker, network: FakeNetwork):
    page.post(f"{PAGE}/photos", url="https://byen.dk/bro.jpg", published="false")
    assert network.photos()[0].url == "https://byen.dk/bro.jpg"


def test_a_photo_that_is_no_photo_is_refused(page: Asker):
    assert page.refused("POST", f"{PAGE}/photos", data={"caption": "Broen"}) == (324, 0)


def test_a_photo_above_four_megabytes_is_refused(page: Asker, network: FakeNetwork):
    files = {"source": ("large.jpg", bytes(4 * 1024 * 1024 + 1))}
    assert page.refused("POST", f"{PAGE}/photos", files=files) == (100, 1366046)
    assert network.photos() == []


def test_several_photos_stand_in_one_post_in_their_order(page: Asker, network: FakeNetwork):
    ids = [page.photo(published="false")["id"] for _ in range(12)][::-1]
    page.post(f"{PAGE}/feed", **page.with_photos(*ids, message="Album"))
    assert [one.id for one in network.posts()[0].photos] == ids


def test_photos_may_be_attached_as_one_list(page: Asker, network: FakeNetwork):
    id = page.photo(published="false")["id"]
    page.post(f"{PAGE}/feed", attached_media=json.dumps([{"media_fbid": id}]))
    assert [one.id for one in network.posts()[0].photos] == [id]


@pytest.mark.parametrize("said", ['{"media_fbid":"4711"}', "4711", "not json"])
def test_a_post_with_an_unknown_photo_is_refused(page: Asker, network: FakeNetwork, said: str):
    words = {"message": "Album", "attached_media[0]": said}
    assert page.refused("POST", f"{PAGE}/feed", data=words) == (100, 0)
    assert network.posts() == []


def test_a_photo_is_posted_once(page: Asker):
    words = page.with_photos(page.photo(published="false")["id"])
    page.post(f"{PAGE}/feed", **words)
    assert page.refused("POST", f"{PAGE}/feed", data=words) == (100, 1366051)


def test_another_page_s_photo_does_not_exist(page: Asker, network: FakeNetwork):
    words = page.with_photos(page.photo(published="false")["id"])
    network.add_page("200", token="other")
    other = Asker(network.url, "other")
    assert other.refused("POST", "200/feed", data=words) == (100, 0)
    other.line.close()


def test_a_post_is_changed(page: Asker):
    id = page.post(f"{PAGE}/feed", message="Før")["id"]
    assert page.post(id, message="Efter", is_hidden="true") == {"success": True}
    shown = page.get(id, fields="message,is_hidden")
    assert (shown["message"], shown["is_hidden"]) == ("Efter", True)


def test_a_change_of_nothing_is_refused(page: Asker):
    id = page.post(f"{PAGE}/feed", message="Før")["id"]
    assert page.refused("POST", id) == (100, 0)


def test_a_post_by_hand_is_not_the_app_s_to_change(page: Asker, network: FakeNetwork):
    id = network.post_by_hand(PAGE, "Skrevet på telefonen")
    assert page.refused("POST", id, data={"message": "Andet"}) == (200, 0)


def test_what_is_deleted_is_gone_with_all_that_hangs_on_it(page: Asker, network: FakeNetwork):
    made = page.photo(caption="Broen")
    comment = network.comment(made["post_id"], "Flot")
    assert page.delete(made["post_id"]) == {"success": True}
    for id in (made["post_id"], made["id"], comment):
        assert page.refused("GET", id) == (100, 33)
    assert [post.removed for post in network.posts()] == [True]
    assert page.get(f"{PAGE}/feed")["data"] == []


def test_a_left_over_photo_can_be_deleted(page: Asker, network: FakeNetwork):
    id = page.photo(published="false")["id"]
    assert page.delete(id) == {"success": True}
    assert network.photos()[0].removed
    assert page.refused("POST", f"{PAGE}/feed", data=page.with_photos(id)) == (100, 0)


def test_two_at_once_never_get_one_id(network: FakeNetwork):
    def publish() -> None:
        asker = Asker(network.url)
        for number in range(50):
            ids.append(asker.post(f"{PAGE}/feed", message=f"Nr. {number}")["id"])
        asker.line.close()

    ids: list[str] = []
    threads = [threading.Thread(target=publish) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == len(set(ids)) == len(network.posts()) == 200
