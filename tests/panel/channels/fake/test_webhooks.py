"""Events: signed, about everything that happens, and as badly behaved as was asked for."""

from __future__ import annotations

import hmac
import json
import time

import pytest

from panel.channels.fake.control import FakeNetwork
from tests.panel.channels.fake.conftest import PAGE, Asker, Ear


@pytest.fixture
def hooked(network: FakeNetwork, ear: Ear) -> FakeNetwork:
    network.webhooks(ear.url, pause=0.01)
    return network


def verbs(ear: Ear) -> list[tuple[str, str]]:
    return [(value["item"], value["verb"]) for value in ear.changes()]


def test_an_event_is_signed_over_its_raw_body(page: Asker, hooked: FakeNetwork, ear: Ear):
    page.post(f"{PAGE}/feed", message="Hej æøå")
    assert hooked.settle()
    ((body, headers),) = ear.heard
    seal = hmac.new(b"fake-app-secret", body, "sha256").hexdigest()
    assert headers["X-Hub-Signature-256"] == f"sha256={seal}"
    assert b"\\u00e6" in body
    said = json.loads(body)
    assert said["object"] == "page"
    assert said["entry"][0]["id"] == PAGE
    assert abs(said["entry"][0]["time"] - time.time()) < 60
    assert said["entry"][0]["changes"][0]["field"] == "feed"


def test_a_new_comment_is_told_whole(page: Asker, hooked: FakeNetwork, ear: Ear):
    post = page.post(f"{PAGE}/feed", message="Hvad synes I?")["id"]
    top = hooked.comment(post, "Fint", author=("8000009", "Ane"), at=1_700_000_000)
    answer = hooked.comment(top, "Nej", author=("8000002", "Ida"))
    hooked.settle()
    _post, first, second = ear.changes()
    rest = {name: value for name, value in first.items() if name != "post"}
    assert rest == {
        "item": "comment",
        "verb": "add",
        "comment_id": top,
        "post_id": post,
        "parent_id": post,
        "from": {"id": "8000009", "name": "Ane"},
        "message": "Fint",
        "created_time": 1_700_000_000,
    }
    assert first["post"]["id"] == post
    assert (second["comment_id"], second["parent_id"]) == (answer, top)


def test_everything_that_happens_to_a_comment_is_told(page: Asker, hooked: FakeNetwork, ear: Ear):
    post = page.post(f"{PAGE}/feed", message="Hvad synes I?")["id"]
    id = hooked.comment(post, "Fint")
    hooked.edit(id, "Ikke fint")
    page.post(id, is_hidden="true")
    page.post(id, is_hidden="true")
    hooked.hide(id, False)
    hooked.remove(id)
    hooked.settle()
    assert verbs(ear)[1:] == [
        ("comment", verb) for verb in ("add", "edited", "hide", "unhide", "remove")
    ]
    removed = ear.changes()[-1]
    assert "message" not in removed
    assert "created_time" not in removed


def test_posts_and_photos_are_told_by_what_they_are(page: Asker, hooked: FakeNetwork, ear: Ear):
    text = page.post(f"{PAGE}/feed", message="Hej")["id"]
    page.post(f"{PAGE}/feed", link="https://byen.dk/")
    made = page.photo(caption="Broen")
    page.photo(published="false")
    page.post(text, message="Hej igen")
    page.delete(made["id"])
    page.delete(text)
    hooked.post_by_hand(PAGE, "Hvad med bussen?", author=("8000002", "Ida"))
    hooked.settle()
    assert verbs(ear) == [
        *[("status", "add"), ("share", "add"), ("photo", "add"), ("status", "edited")],
        *[("photo", "remove"), ("status", "remove"), ("status", "add")],
    ]
    changes = ear.changes()
    assert changes[0]["from"] == {"id": PAGE, "name": "Byen"}
    assert changes[2]["photo_id"] == made["id"]
    assert changes[-1]["from"]["name"] == "Ida"


def test_what_vanishes_silently_is_not_told(page: Asker, hooked: FakeNetwork, ear: Ear):
    post = page.post(f"{PAGE}/feed", message="Hej")["id"]
    hooked.remove(post, silently=True)
    hooked.settle()
    assert verbs(ear) == [("status", "add")]


def test_a_page_that_gives_no_events_is_not_told_of(page: Asker, hooked: FakeNetwork, ear: Ear):
    page.delete(f"{PAGE}/subscribed_apps")
    page.post(f"{PAGE}/feed", message="Hej")
    assert hooked.settle()
    assert ear.heard == []


def test_citizens_names_can_be_missing(page: Asker, hooked: FakeNetwork, ear: Ear):
    post = page.post(f"{PAGE}/feed", message="Hej")["id"]
    hooked.settings(without_from=True)
    hooked.comment(post, "Fint")
    page.post(f"{post}/comments", message="Tak")
    hooked.settle()
    assert ["from" in value for value in ear.changes()] == [True, False, True]


def test_events_are_repeated(page: Asker, hooked: FakeNetwork, ear: Ear):
    hooked.webhooks(repeats=2)
    page.post(f"{PAGE}/feed", message="Hej")
    hooked.settle()
    assert len(ear.heard) == 3
    assert len({body for body, _headers in ear.heard}) == 1


def test_events_are_gathered(page: Asker, hooked: FakeNetwork, ear: Ear):
    hooked.webhooks(batch=4, hold=60)
    for number in range(6):
        page.post(f"{PAGE}/feed", message=f"Nr. {number}")
    assert ear.heard == []
    assert hooked.settle()
    sizes = [len(json.loads(body)["entry"][0]["changes"]) for body, _headers in ear.heard]
    assert sizes == [4, 2]


def test_events_of_two_pages_come_in_one_delivery(page: Asker, hooked: FakeNetwork, ear: Ear):
    hooked.add_page("200")
    hooked.webhooks(batch=10, hold=60)
    for id in (PAGE, "200", PAGE):
        hooked.post_by_hand(id, "Hej")
    hooked.settle()
    ((body, _headers),) = ear.heard
    entries = json.loads(body)["entry"]
    assert [(entry["id"], len(entry["changes"])) for entry in entries] == [(PAGE, 2), ("200", 1)]


def test_events_come_in_any_order(page: Asker, hooked: FakeNetwork, ear: Ear):
    hooked.webhooks(shuffle=True, hold=60, seed=3)
    made = [page.post(f"{PAGE}/feed", message=f"Nr. {n}")["id"] for n in range(8)]
    hooked.settle()
    told = [value["post_id"] for value in ear.changes()]
    assert told != made
    assert sorted(told) == sorted(made)


def test_held_back_events_go_when_their_time_has_come(page: Asker, hooked: FakeNetwork, ear: Ear):
    hooked.webhooks(hold=0.2)
    page.post(f"{PAGE}/feed", message="Hej")
    deadline = time.monotonic() + 5
    while not ear.heard and time.monotonic() < deadline:
        time.sleep(0.02)
    assert len(ear.heard) == 1


def test_an_event_may_come_before_the_answer(page: Asker, hooked: FakeNetwork, ear: Ear):
    hooked.webhooks(before_answer=True)
    id = page.post(f"{PAGE}/feed", message="Hej")["id"]
    assert [value["post_id"] for value in ear.changes()] == [id]


def test_what_is_not_answered_with_200_is_tried_again(page: Asker, hooked: FakeNetwork, ear: Ear):
    ear.answers = [500, 503, 200]
    page.post(f"{PAGE}/feed", message="Hej")
    hooked.settle()
    (delivery,) = hooked.deliveries()
    assert delivery.answers == (500, 503, 200)
    assert len(ear.heard) == 3


def test_a_delivery_is_given_up_in_the_end(page: Asker, hooked: FakeNetwork, ear: Ear):
    hooked.webhooks("http://127.0.0.1:9/closed", tries=2)
    page.post(f"{PAGE}/feed", message="Hej")
    assert hooked.settle()
    assert hooked.deliveries()[0].answers == (0, 0)


def test_everything_can_be_delivered_again(page: Asker, hooked: FakeNetwork, ear: Ear):
    for number in range(3):
        page.post(f"{PAGE}/feed", message=f"Nr. {number}")
    hooked.settle()
    assert hooked.deliver_again() == 3
    bodies = [body for body, _headers in ear.heard]
    assert sorted(bodies[3:]) == sorted(bodies[:3])


def test_the_address_is_asked_to_prove_itself(hooked: FakeNetwork):
    hooked.webhooks(verify_token="hemmelig")
    status, text = hooked.verify("4711")
    assert status == 200
    assert "hub.mode=subscribe" in text
    assert "hub.challenge=4711" in text
    assert "hub.verify_token=hemmelig" in text


def test_a_reset_forgets_what_was_still_to_be_delivered(page: Asker, hooked: FakeNetwork, ear: Ear):
    ear.answers = [500]
    hooked.webhooks(tries=50, pause=0.05)
    page.post(f"{PAGE}/feed", message="Hej")
    hooked.reset()
    assert hooked.settle()
    heard = len(ear.heard)
    time.sleep(0.3)
    assert len(ear.heard) == heard
    assert hooked.deliveries() == []
    assert hooked.verify() == (0, "")
