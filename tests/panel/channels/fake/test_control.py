"""Running the network, and saying what happens on it."""

from __future__ import annotations

import subprocess
import sys
import time

import httpx
import pytest

from panel.channels.fake.control import ROOT, ControlRefused, FakeNetwork
from tests.panel.channels.fake.conftest import PAGE, TOKEN, Asker


def test_it_ends_with_its_context_and_leaves_no_process():
    with FakeNetwork() as network:
        url = network.url
        assert network.posts() == []
    with pytest.raises(httpx.ConnectError):
        httpx.get(url, trust_env=False)
    network.stop()


def test_it_ends_when_the_program_that_started_it_does():
    program = (
        "import os, panel.channels.fake.control as c; n = c.FakeNetwork().start(); "
        "print(n.url, flush=True); os._exit(1)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    url = run.stdout.strip()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            httpx.get(f"{url}/_fake/posts", trust_env=False)
        except httpx.TransportError:
            return
        time.sleep(0.05)
    pytest.fail("it lives on")


def test_it_starts_without_django():
    program = "import sys, panel.channels.fake.__main__; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT).returncode == 0


def test_a_port_that_is_taken_is_said(network: FakeNetwork):
    taken = FakeNetwork(port=int(network.url.rsplit(":", 1)[1]))
    with pytest.raises(RuntimeError):
        taken.start()


def test_two_can_speak_with_one_network(network: FakeNetwork):
    with FakeNetwork(url=network.url) as other:
        other.post_by_hand(PAGE, "Hej")
    assert [post.message for post in network.posts()] == ["Hej"]


def test_nothing_is_said_before_it_runs():
    with pytest.raises(RuntimeError):
        FakeNetwork().posts()


def test_the_app_has_the_secret_it_was_given():
    with FakeNetwork(app_id="42", app_secret="hemmelig") as network:
        words = {"client_id": "42", "client_secret": "hemmelig", "grant_type": "client_credentials"}
        answer = httpx.get(f"{network.url}/oauth/access_token", params=words, trust_env=False)
    assert answer.json()["access_token"] == "42|hemmelig"


def test_a_reset_forgets_everything_and_gives_no_id_twice(page: Asker, network: FakeNetwork):
    before = page.post(f"{PAGE}/feed", message="Hej")["id"]
    network.fault("error_before")
    network.settings(page_size=1, usage=99)
    network.clock(5000)
    network.reset()
    assert page.refused("GET", "me") == (190, 0)
    assert (network.posts(), network.faults(), len(network.requests())) == ([], [], 1)
    network.add_page(PAGE, token=TOKEN)
    assert page.post(f"{PAGE}/feed", message="Hej")["id"] > before


def test_what_people_wrote_is_read_back(network: FakeNetwork):
    post = network.post_by_hand(PAGE, "Hej", link="https://byen.dk/", at=1_700_000_000)
    top = network.comment(post, "Fint", author=("8000009", "Ane"))
    below = network.comment(top, "Nej", author=None)
    network.hide(top)
    network.remove(below)
    (posted,) = network.posts()
    assert (posted.id, posted.link, posted.created) == (post, "https://byen.dk/", 1_700_000_000)
    assert not posted.by_app
    first, second = network.comments()
    assert (first.id, first.author, first.hidden) == (top, {"id": "8000009", "name": "Ane"}, True)
    assert (second.parent_id, second.author, second.removed) == (top, None, True)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("comments", {"on": "999", "message": "Hej"}),
        ("comments", {"message": "Hej"}),
        ("remove", {"id": PAGE}),
        ("tokens", {"token": "x", "page": "999"}),
        ("settings", {"hat": True}),
        ("webhooks", {"url": "nowhere"}),
        ("webhooks", {"hat": True}),
        ("clock", {"offset": "later"}),
    ],
)
def test_nonsense_is_refused_and_changes_nothing(
    network: FakeNetwork, name: str, said: dict[str, object]
):
    answer = httpx.post(f"{network.url}/_fake/{name}", json=said, trust_env=False)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert network.comments() == []


def test_there_is_no_other_control(network: FakeNetwork):
    answer = httpx.post(f"{network.url}/_fake/explode", json={}, trust_env=False)
    assert answer.status_code == 404
    with pytest.raises(ControlRefused):
        network._read("hats")
