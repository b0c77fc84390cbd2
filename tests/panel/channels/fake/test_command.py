"""``manage.py fake_network``: what it runs, and what it says."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from panel.channels.fake.server import Ready, Server
from panel.channels.management.commands import fake_network


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[Server]:
    """The networks that were run; each ends as soon as it is ready."""
    servers: list[Server] = []

    def run(server: Server, host: str, port: int, ready: Ready) -> None:
        servers.append(server)
        ready(f"http://{host}:{port}")

    monkeypatch.setattr(fake_network, "run", run)
    return servers


def said(*words: str) -> str:
    out = io.StringIO()
    call_command("fake_network", *words, stdout=out)
    return out.getvalue()


def test_it_says_how_to_point_medspil_at_it(ran: list[Server]):
    text = said()
    for line in (
        "export FACEBOOK_GRAPH_URL=http://127.0.0.1:8790",
        "export FACEBOOK_APP_ID=1000001 FACEBOOK_APP_SECRET=fake-app-secret",
        "export FAKE_PAGE_TOKEN=fake-page-token",
        "manage.py add_channel facebook --slug fake",
        "--external-id 100000000000001 --token-env FAKE_PAGE_TOKEN",
        "export NETWORK_PRIVATE_HOSTS=127.0.0.1",
        "manage.py add_channel mastodon --slug fake-mastodon",
        "--external-id @page@127.0.0.1:8790",
        "--url http://127.0.0.1:8790 --token-env FAKE_PAGE_TOKEN",
        "manage.py add_channel instagram --slug fake-instagram",
        "--external-id 17841400000000001",
        "--token-env FAKE_INSTAGRAM_TOKEN",
    ):
        assert line in text


def test_the_page_and_its_key_are_there_from_the_start(ran: list[Server]):
    said("--page", "42", "--name", "Byen", "--token", "t", "--webhook", "http://127.0.0.1:1/")
    (server,) = ran
    assert server.network.pages["42"].name == "Byen"
    assert server.network.pages["42"].username == "page"
    assert {"pages_manage_posts", "write"} <= set(server.network.tokens["t"].scopes)
    assert server.network.tokens["t"].owner.id == "42"
    assert server.network.pages["17841400000000001"].is_instagram
    assert server.network.tokens["fake-instagram-token"].owner.id == "17841400000000001"
    assert server.deliveries.manner.url == "http://127.0.0.1:1/"


def test_a_secret_from_the_environment_is_not_shown(
    ran: list[Server], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("OUR_SECRET", "hemmelig")
    text = said("--app-secret-env", "OUR_SECRET")
    assert ran[0].network.app.secret == "hemmelig"
    assert "hemmelig" not in text
    assert 'FACEBOOK_APP_SECRET="$OUR_SECRET"' in text


def test_a_secret_that_is_not_there_is_missed(ran: list[Server]):
    with pytest.raises(CommandError, match="NOT_SET_ANYWHERE"):
        said("--app-secret-env", "NOT_SET_ANYWHERE")
    assert ran == []


def test_a_port_that_is_taken_is_said(monkeypatch: pytest.MonkeyPatch):
    def run(*args: object) -> None:
        raise OSError(98, "Address already in use")

    monkeypatch.setattr(fake_network, "run", run)
    with pytest.raises(CommandError, match=r"8790.*already in use.*--port"):
        said()
