"""The door of the demo: who comes in, and that it is nowhere else."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import Resolver404, resolve

import demo.root_urls
from config.settings import base
from demo.checks import check_door
from demo.filling import people, townhall
from demo.world import STAFF, panelists
from panel.accounts.models import User
from panel.audit.models import Event
from tests.factories.accounts import UserFactory

IN_THE_DEMO = pytest.mark.urls("demo.root_urls")
SETTINGS = Path(base.__file__).parent


@pytest.fixture
def near(settings: Any) -> None:
    """The address of a laptop, as run.py demo sets it."""
    settings.SITE_URL = "http://127.0.0.1:8000"


@pytest.fixture
def town(db: None) -> None:
    """The staff, and the two members who may be chosen."""
    townhall.employ()
    townhall.keep_lists()
    for at in (0, 4):
        people.join(_without_claim(at), key={})


def _without_claim(at: int) -> Any:
    person = panelists()[at]
    return type(person)(**{**_fields(person), "claims": ""})


def _fields(person: Any) -> dict[str, Any]:
    return {name: getattr(person, name) for name in person.__slots__}


# --- Coming in ------------------------------------------------------------------------------------


@IN_THE_DEMO
@pytest.mark.parametrize("path", ["/demo/", "/en/demo/"])
def test_the_door_shows_everybody_of_the_staff_and_two_members(
    near: None, town: None, client: Client, path: str
):
    page = client.get(path).content.decode()
    for person in (*STAFF, panelists()[0], panelists()[4]):
        assert person.name in page
        assert f'value="{person.email}"' in page


@IN_THE_DEMO
@pytest.mark.parametrize("email", [person.email for person in STAFF])
def test_one_press_leads_a_colleague_to_work(near: None, town: None, client: Client, email: str):
    answer = client.post("/demo/", {"who": email}, follow=True)
    assert answer.redirect_chain == [("/admin/", 302)]
    assert answer.status_code == 200
    assert Event.objects.filter(what="account.signed_in").count() == 1


@IN_THE_DEMO
@pytest.mark.parametrize(("at", "leads_to"), [(0, "/min-side/"), (4, "/en/min-side/")])
def test_one_press_leads_a_member_to_their_page(
    near: None, town: None, client: Client, at: int, leads_to: str
):
    answer = client.post("/demo/", {"who": panelists()[at].email}, follow=True)
    assert answer.redirect_chain == [(leads_to, 302)]
    assert answer.status_code == 200
    assert client.get("/admin/").status_code == 403


@IN_THE_DEMO
def test_going_in_again_as_another_leaves_nothing_of_the_first(
    near: None, town: None, client: Client
):
    client.post("/demo/", {"who": STAFF[0].email})
    first = client.session.session_key
    client.post("/demo/", {"who": panelists()[0].email})
    assert client.session.session_key != first
    assert client.get("/admin/").status_code == 403


@IN_THE_DEMO
@pytest.mark.parametrize("who", ["anden@example.dk", "", "' OR 1=1 --"])
def test_nobody_else_can_be_named(near: None, town: None, client: Client, who: str):
    UserFactory(email="anden@example.dk")
    answer = client.post("/demo/", {"who": who}, follow=True)
    assert answer.redirect_chain == [("/demo/", 302)]
    assert "_auth_user_id" not in client.session
    assert "--fresh" in answer.content.decode()


@IN_THE_DEMO
def test_a_colleague_who_has_been_ended_stays_outside(near: None, town: None, client: Client):
    User.objects.filter(email=STAFF[0].email).update(is_active=False)
    client.post("/demo/", {"who": STAFF[0].email})
    assert client.get("/admin/").status_code == 302


@IN_THE_DEMO
def test_looking_lets_nobody_in_and_a_foreign_form_neither(near: None, town: None):
    client = Client(enforce_csrf_checks=True)
    client.get("/demo/", {"who": STAFF[0].email})
    assert "_auth_user_id" not in client.session
    assert client.post("/demo/", {"who": STAFF[0].email}).status_code == 403


# --- Nowhere else ---------------------------------------------------------------------------------


def test_the_other_settings_have_no_such_address(client: Client, near: None, town: None):
    for path in ("/demo/", "/en/demo/"):
        assert client.get(path).status_code == 404
        assert client.post(path, {"who": STAFF[0].email}).status_code == 404
        match = resolve(path, urlconf="config.urls")
        assert match.app_name != "demo"
    with pytest.raises(Resolver404):
        resolve("/demo", urlconf="config.urls")


def test_only_the_demo_settings_name_the_door():
    named = {
        path.name
        for path in SETTINGS.glob("*.py")
        if re.search(r"demo\.root_urls", path.read_text())
    }
    assert named == {"demo.py"}
    assert settings.ROOT_URLCONF == "config.urls"


def test_a_server_does_not_install_the_demo_and_cannot_load_its_addresses(
    monkeypatch: pytest.MonkeyPatch,
):
    assert "demo" not in base.INSTALLED_APPS
    assert "INSTALLED_APPS" not in (SETTINGS / "production.py").read_text()
    with monkeypatch.context() as patched:
        patched.setattr("django.apps.apps.is_installed", lambda name: False)
        with pytest.raises(ImproperlyConfigured, match=r"config\.settings\.demo only"):
            importlib.reload(demo.root_urls)


SERVERS = [
    {"SITE_URL": "https://panel.ternesund.example"},
    {"SITE_URL": "http://panel.ternesund.example"},
    {"SITE_URL": "http://8.8.8.8:8000"},
    {"SITE_URL": "https://127.0.0.1"},
    {"ALLOWED_HOSTS": ["*"]},
    {"ALLOWED_HOSTS": [".ternesund.example"]},
    {"SESSION_COOKIE_SECURE": True},
    {"SECURE_SSL_REDIRECT": True},
]


@IN_THE_DEMO
@pytest.mark.parametrize("changed", SERVERS, ids=repr)
def test_the_door_stays_shut_on_what_looks_like_a_server(
    near: None, town: None, settings: Any, client: Client, changed: dict[str, Any]
):
    for name, value in changed.items():
        setattr(settings, name, value)
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    assert [error.id for error in check_door()] == ["demo.E001"]
    assert client.get("/demo/", secure=settings.SECURE_SSL_REDIRECT).status_code == 404
    client.post("/demo/", {"who": STAFF[0].email}, secure=settings.SECURE_SSL_REDIRECT)
    assert "_auth_user_id" not in client.session


@IN_THE_DEMO
@pytest.mark.parametrize("site", ["http://localhost:8000", "http://[::1]:8000", "http://10.0.0.7"])
def test_the_check_is_content_with_a_laptop(settings: Any, site: str):
    settings.SITE_URL = site
    assert check_door() == []


def test_the_check_says_nothing_where_there_is_no_door(settings: Any):
    settings.SITE_URL = "https://panel.ternesund.example"
    assert check_door() == []
