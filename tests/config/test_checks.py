"""Every check names what is wrong and says what to write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.checks import CheckMessage
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from config import checks, env
from config.env import time_zone


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the settings were a server's."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings.production")


def ids(found: list[CheckMessage]) -> list[str]:
    assert all(each.hint for each in found)
    return [str(each.id) for each in found]


def test_nothing_is_wrong_with_the_tests():
    for check in (
        checks.field_keys,
        checks.site_url,
        checks.shared_cache,
        checks.sender,
        checks.folders,
    ):
        assert check() == []


def test_missing_keys_are_named(settings: Any):
    settings.FIELD_KEYS = []
    assert ids(checks.field_keys()) == ["medspil.E001"]


@pytest.mark.usefixtures("server")
def test_laptops_key_is_refused_on_a_server(settings: Any):
    settings.FIELD_KEYS = [*checks.LAPTOP_KEYS]
    assert ids(checks.field_keys()) == ["medspil.E002"]


@pytest.mark.parametrize("url", ["panel.example.dk", "ftp://x", "https://", "https://x.dk/panel"])
def test_site_url_that_is_no_site_is_named(settings: Any, url: str):
    settings.SITE_URL = url
    assert ids(checks.site_url()) == ["medspil.E003"]


def test_site_url_that_allowed_hosts_does_not_name_is_named(settings: Any):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://panel.example.dk", ["andet.dk"]
    found = checks.site_url()

    assert ids(found) == ["medspil.E004"]
    assert found[0].hint == "Write ALLOWED_HOSTS=andet.dk,panel.example.dk"

    settings.ALLOWED_HOSTS = [".example.dk"]
    assert checks.site_url() == []


@pytest.mark.usefixtures("server")
def test_every_host_is_no_answer_on_a_server(settings: Any):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://panel.example.dk", ["*"]
    assert ids(checks.site_url()) == ["medspil.E005"]


@pytest.mark.parametrize("kind", ["locmem.LocMemCache", "dummy.DummyCache"])
def test_cache_of_one_process_is_a_warning_here_and_an_error_on_a_server(
    settings: Any, monkeypatch: pytest.MonkeyPatch, kind: str
):
    settings.CACHES = {"default": {"BACKEND": f"django.core.cache.backends.{kind}"}}
    here = checks.shared_cache()
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings.production")
    there = checks.shared_cache()

    assert ids(here + there) == ["medspil.E006", "medspil.E006"]
    assert here[0].level < there[0].level


def test_folder_nobody_may_write_to_is_named(settings: Any, tmp_path: Path):
    blocked = tmp_path / "file"
    blocked.touch()
    settings.UPLOAD_ROOT = blocked / "uploads"
    found = checks.folders()

    assert ids(found) == ["medspil.E007"]
    assert "UPLOAD_ROOT" in found[0].msg

    settings.UPLOAD_ROOT = tmp_path / "not" / "there" / "yet"
    assert checks.folders() == []


@pytest.mark.django_db
def test_sqlite_without_write_ahead_log_is_named(monkeypatch: pytest.MonkeyPatch):
    assert checks.write_ahead(databases=["default"]) == []
    monkeypatch.setattr(checks, "_journal_mode", lambda alias: "delete")
    assert ids(checks.write_ahead(databases=["default"])) == ["medspil.W008"]


@pytest.mark.django_db
def test_a_database_that_may_lose_what_was_committed_is_refused():
    assert checks.keeps_what_is_committed(databases=["default"]) == []
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    found = checks.keeps_what_is_committed(databases=["default"])

    assert ids(found) == ["medspil.E010"]
    # Only asked where databases are, as by migrate.
    assert checks.keeps_what_is_committed() == []


@pytest.mark.usefixtures("server")
def test_letters_from_nowhere_are_named(settings: Any):
    settings.DEFAULT_FROM_EMAIL = "Medspil <medspil@localhost>"
    assert ids(checks.sender()) == ["medspil.E009"]


def test_time_zone_nobody_knows_is_refused_with_what_to_write(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TIME_ZONE", "Europe/Kobenhavn")
    with pytest.raises(ImproperlyConfigured, match="Write for example TIME_ZONE=Europe/Copenhagen"):
        time_zone("TIME_ZONE", "Europe/Copenhagen")


@pytest.mark.parametrize("version", ["26.0", "v26", "v26.0 ", "vX.0", "v26.0/me", "v٢.0", ""])
def test_version_of_no_form_is_refused_with_what_to_write(
    monkeypatch: pytest.MonkeyPatch, version: str
):
    monkeypatch.setenv("FACEBOOK_GRAPH_VERSION", version)
    with pytest.raises(ImproperlyConfigured, match=r"FACEBOOK_GRAPH_VERSION=v26\.0"):
        env.graph_version("FACEBOOK_GRAPH_VERSION", "v26.0")


def test_version_of_the_right_form_is_taken(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FACEBOOK_GRAPH_VERSION", "v25.0")
    assert env.graph_version("FACEBOOK_GRAPH_VERSION", "v26.0") == "v25.0"


@pytest.mark.parametrize(
    "address",
    [
        "http://graph.facebook.com",
        "graph.facebook.com",
        "ftp://graph.facebook.com",
        "https://",
        "https://user@graph.facebook.com",
        "https://graph.facebook.com/?a=1",
        "",
    ],
)
def test_keys_are_sent_to_no_address_in_the_open(monkeypatch: pytest.MonkeyPatch, address: str):
    monkeypatch.setenv("FACEBOOK_GRAPH_URL", address)
    with pytest.raises(ImproperlyConfigured, match="no address keys may be sent to"):
        env.network_address("FACEBOOK_GRAPH_URL", "https://graph.facebook.com")


@pytest.mark.parametrize(
    "address", ["https://graph.facebook.com/", "http://127.0.0.1:8125", "http://localhost:1"]
)
def test_a_network_s_address_is_read_without_its_last_stroke(
    monkeypatch: pytest.MonkeyPatch, address: str
):
    monkeypatch.setenv("FACEBOOK_GRAPH_URL", address)
    read = env.network_address("FACEBOOK_GRAPH_URL", "https://graph.facebook.com")
    assert read == address.rstrip("/")


def test_mail_server_that_is_missing_is_refused_with_what_to_write(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("EMAIL_URL", raising=False)
    with pytest.raises(ImproperlyConfigured, match=r"Write for example EMAIL_URL=submission"):
        env.mail_server()


@pytest.mark.parametrize(
    "url",
    [
        "smtp+tls://u:p@mail.example.dk:587",
        "smtps://mail.example.dk",
        "console://",
        "mail.example.dk",
        "submission://",
    ],
)
def test_mail_server_nobody_can_reach_so_is_refused(monkeypatch: pytest.MonkeyPatch, url: str):
    monkeypatch.setenv("EMAIL_URL", url)
    with pytest.raises(ImproperlyConfigured, match="must begin with submission or smtp"):
        env.mail_server()


def test_password_is_never_sent_unencrypted(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("EMAIL_URL", "smtp://u:p@mail.example.dk:25")
    with pytest.raises(ImproperlyConfigured, match="password unencrypted"):
        env.mail_server()


@pytest.mark.parametrize(
    ("url", "tls", "ssl", "port"),
    [
        ("submission://u:p@mail.example.dk", True, False, 587),
        ("smtp://u:p@mail.example.dk:465?ssl=True", False, True, 465),
        ("smtp://relay.example.dk", False, False, 25),
        ("smtp://u:p@localhost:2525", False, False, 2525),
    ],
)
def test_mail_server_is_read_and_never_waited_for_without_end(
    monkeypatch: pytest.MonkeyPatch, url: str, tls: bool, ssl: bool, port: int
):
    monkeypatch.setenv("EMAIL_URL", url)
    mail = env.mail_server()
    assert (mail["EMAIL_USE_TLS"], mail["EMAIL_USE_SSL"], mail["EMAIL_PORT"]) == (tls, ssl, port)
    assert mail["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    assert mail["EMAIL_TIMEOUT"] == 20


def test_mail_server_may_be_given_more_time(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("EMAIL_URL", "submission://mail.example.dk?timeout=60")
    assert env.mail_server()["EMAIL_TIMEOUT"] == 60


@pytest.mark.parametrize("keys", ["kort", "a" * 44, "æ", "b25seQ==,b25seQ=="])
def test_key_that_is_no_key_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch, keys: str):
    monkeypatch.setenv("FIELD_KEYS", keys)
    with pytest.raises(ImproperlyConfigured, match="Make one"):
        env.field_keys()
