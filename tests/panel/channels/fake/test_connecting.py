"""Keys in the Graph dialect: signing in, proof, what a key is good for, subscriptions."""

from __future__ import annotations

import hmac
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from panel.channels.fake.control import FakeNetwork
from tests.panel.channels.fake.conftest import PAGE, TOKEN, Asker

APP, SECRET = "1000001", "fake-app-secret"


@pytest.fixture
def app(network: FakeNetwork) -> Iterator[Asker]:
    asker = Asker(network.url, f"{APP}|{SECRET}")
    yield asker
    asker.line.close()


@pytest.fixture
def person(network: FakeNetwork) -> Iterator[Asker]:
    network.add_token("user-token", user={"id": "7000009", "name": "Kim"})
    asker = Asker(network.url, "user-token")
    yield asker
    asker.line.close()


# --- Signing in -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        {"params": {"access_token": TOKEN}},
        {"headers": {"Authorization": f"Bearer {TOKEN}"}},
        {"headers": {"Authorization": f"OAuth {TOKEN}"}},
    ],
)
def test_a_key_can_be_handed_over_in_three_ways(page: Asker, words: dict[str, Any]):
    assert page.line.get("/v25.0/me", **words).json() == {"id": PAGE, "name": "Byen"}


def test_a_form_can_hold_the_key(page: Asker):
    words = {"message": "Hej", "access_token": TOKEN}
    assert page.line.post(f"/v25.0/{PAGE}/feed", data=words).status_code == 200


def test_without_a_key_nothing_is_answered(page: Asker):
    answer = page.line.get(f"/v25.0/{PAGE}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, 104)


def test_an_unknown_key_is_refused(page: Asker):
    page.token = "something"
    assert page.refused("GET", PAGE) == (190, 0)


@pytest.mark.parametrize("subcode", [458, 460, 467, 492])
def test_a_revoked_key_is_refused_with_its_reason(page: Asker, network: FakeNetwork, subcode: int):
    network.revoke(TOKEN, subcode)
    assert page.refused("POST", f"{PAGE}/feed", data={"message": "Hej"}) == (190, subcode)
    network.add_token(TOKEN, page=PAGE)
    assert page.get("me")["id"] == PAGE


def test_a_key_ends_at_its_time(page: Asker, network: FakeNetwork):
    network.add_token(TOKEN, page=PAGE, expires=int(time.time()) + 3600)
    assert page.get("me")["id"] == PAGE
    network.clock(3601)
    assert page.refused("GET", "me") == (190, 463)


def test_another_page_s_key_cannot_write(page: Asker, network: FakeNetwork):
    network.add_page("200")
    assert page.refused("POST", "200/feed", data={"message": "Hej"}) == (200, 0)


def test_a_person_s_key_cannot_write_for_the_page(person: Asker):
    assert person.refused("POST", f"{PAGE}/feed", data={"message": "Hej"}) == (200, 0)


def test_a_permission_that_was_not_given_is_missed(page: Asker, network: FakeNetwork):
    network.add_token(TOKEN, page=PAGE, scopes=["pages_read_engagement"])
    assert page.get(f"{PAGE}/feed")["data"] == []
    assert page.refused("POST", f"{PAGE}/feed", data={"message": "Hej"}) == (10, 0)


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("GET", "999", (100, 33)),
        ("DELETE", "100_999", (100, 33)),
        ("GET", "100/hats", (2500, 0)),
        ("DELETE", "100", (2500, 0)),
        ("PUT", "100", (2500, 0)),
    ],
)
def test_what_is_not_there_is_refused(page: Asker, method: str, path: str, code: tuple[int, int]):
    assert page.refused(method, path) == code


# --- Proof ----------------------------------------------------------------------------------------


def proof(token: str, secret: str = SECRET) -> str:
    return hmac.new(secret.encode(), token.encode(), "sha256").hexdigest()


def test_a_proof_is_checked_whenever_it_is_given(page: Asker):
    assert page.get("me", appsecret_proof=proof(TOKEN))["id"] == PAGE
    wrong = {"appsecret_proof": proof(TOKEN, "another secret")}
    assert page.refused("GET", "me", params=wrong) == (100, 0)


def test_a_proof_can_be_required(page: Asker, network: FakeNetwork):
    network.settings(require_proof=True)
    assert page.refused("GET", "me") == (100, 0)
    assert page.get("me", appsecret_proof=proof(TOKEN))["id"] == PAGE


# --- What a key is good for -----------------------------------------------------------------------


def test_a_key_is_examined(app: Asker, network: FakeNetwork):
    data = app.get("debug_token", input_token=TOKEN)["data"]
    assert data["is_valid"] is True
    assert (data["app_id"], data["type"], data["profile_id"]) == (APP, "PAGE", PAGE)
    assert data["expires_at"] == 0
    assert data["data_access_expires_at"] > time.time()
    assert "pages_manage_posts" in data["scopes"]
    assert {"scope": "pages_manage_posts"} in data["granular_scopes"]


def test_ends_can_be_set(app: Asker, network: FakeNetwork):
    network.add_token(TOKEN, page=PAGE, expires=1_900_000_000, data_access_expires=1_800_000_000)
    data = app.get("debug_token", input_token=TOKEN)["data"]
    assert (data["expires_at"], data["data_access_expires_at"]) == (1_900_000_000, 1_800_000_000)


def test_a_dead_key_is_examined_too(app: Asker, network: FakeNetwork):
    network.revoke(TOKEN, 460)
    data = app.get("debug_token", input_token=TOKEN)["data"]
    assert data["is_valid"] is False
    assert (data["error"]["code"], data["error"]["subcode"]) == (190, 460)
    assert app.get("debug_token", input_token="nothing")["data"]["is_valid"] is False


def test_a_page_s_key_examines_nothing(page: Asker):
    assert page.refused("GET", "debug_token", params={"input_token": TOKEN}) == (100, 0)


# --- From a person's yes to a page's key ----------------------------------------------------------


def test_connecting_leads_from_a_yes_to_a_key_that_writes(page: Asker, network: FakeNetwork):
    asked = {"client_id": APP, "redirect_uri": "http://127.0.0.1:1/back", "state": "s/1"}
    sent = page.line.get("/v25.0/dialog/oauth", params=asked, headers={"Accept": "text/html"})
    assert sent.status_code == 302
    back = parse_qs(urlsplit(sent.headers["location"]).query)
    assert back["state"] == ["s/1"]
    client = {"client_id": APP, "client_secret": SECRET}
    short = page.get("oauth/access_token", code=back["code"][0], **client)
    assert 3600 <= short["expires_in"] <= 7200
    words = {"grant_type": "fb_exchange_token", "fb_exchange_token": short["access_token"]}
    long = page.get("oauth/access_token", **words, **client)
    assert long["expires_in"] == 5183944
    network.add_page("200", name="Havnen")
    user = Asker(network.url, long["access_token"])
    pages = {row["name"]: row for row in user.get("me/accounts")["data"]}
    user.line.close()
    assert pages["Byen"]["access_token"] == TOKEN
    assert "CREATE_CONTENT" in pages["Havnen"]["tasks"]
    harbour = Asker(network.url, pages["Havnen"]["access_token"])
    assert harbour.post("200/feed", message="Hej")["id"].startswith("200_")
    harbour.line.close()
    again = {"code": back["code"][0], **client}
    assert page.refused("GET", "oauth/access_token", params=again) == (100, 36009)


def test_whoever_is_asked_can_say_no(page: Asker, network: FakeNetwork):
    network.settings(deny_sign_in=True)
    sent = page.line.get("/dialog/oauth", params={"redirect_uri": "http://127.0.0.1:1/"})
    assert parse_qs(urlsplit(sent.headers["location"]).query)["error"] == ["access_denied"]


def test_the_wrong_secret_gets_no_key(page: Asker):
    words = {"client_id": APP, "client_secret": "guess", "grant_type": "client_credentials"}
    assert page.refused("GET", "oauth/access_token", params=words) == (101, 0)


def test_the_app_gets_a_key_of_its_own(page: Asker):
    words = {"client_id": APP, "client_secret": SECRET, "grant_type": "client_credentials"}
    assert page.get("oauth/access_token", **words)["access_token"] == f"{APP}|{SECRET}"


def test_a_person_is_themselves_and_a_page_has_no_pages(page: Asker, person: Asker):
    assert person.get("me") == {"id": "7000009", "name": "Kim"}
    assert page.refused("GET", "me/accounts") == (100, 0)


# --- Subscriptions --------------------------------------------------------------------------------


def test_a_page_gives_its_events_and_takes_them_back(page: Asker, network: FakeNetwork):
    network.add_page(PAGE, subscribed=False)
    assert page.get(f"{PAGE}/subscribed_apps") == {"data": []}
    page.post(f"{PAGE}/subscribed_apps", subscribed_fields="feed,mention")
    (one,) = page.get(f"{PAGE}/subscribed_apps")["data"]
    assert (one["id"], one["subscribed_fields"]) == (APP, ["feed", "mention"])
    page.delete(f"{PAGE}/subscribed_apps")
    assert page.get(f"{PAGE}/subscribed_apps") == {"data": []}
    assert page.refused("POST", f"{PAGE}/subscribed_apps") == (100, 0)


def test_the_app_s_own_half_is_shown_to_the_app(page: Asker, app: Asker, network: FakeNetwork):
    assert app.get(f"{APP}/subscriptions") == {"data": []}
    network.webhooks("http://127.0.0.1:9/hook")
    (one,) = app.get(f"{APP}/subscriptions")["data"]
    assert one["callback_url"] == "http://127.0.0.1:9/hook"
    assert one["fields"][0]["name"] == "feed"
    assert page.refused("GET", f"{APP}/subscriptions") == (15, 0)
