"""Whole pages are kept for strangers, and only as long as they are true."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.pages import kept
from cms.pages.models import HomePage, MunicipalitySettings, PlainPage
from panel.accounts.models import User
from tests.conftest import SignedIn
from tests.factories.pages import home, publish
from tests.factories.site import whole_site


def words(client: Client, path: str = "/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        client.get(path)
    return len(seen)


def rewrite(page: HomePage, welcome: str) -> None:
    """A publication, as Wagtail does it."""
    page.welcome = welcome
    page.save_revision().publish()


def test_second_visit_costs_one_query(db: None, stranger: Client):
    words(stranger)

    assert queries(stranger, "/") == 1


def test_publication_is_seen_at_once(db: None, stranger: Client):
    words(stranger)

    rewrite(home(), "Nu med kaffe")

    assert "Nu med kaffe" in words(stranger)


def test_draft_is_not_seen(db: None, stranger: Client):
    words(stranger)
    page = home()
    page.welcome = "Ikke endnu"
    page.save_revision()

    assert "Ikke endnu" not in words(stranger)


def test_unpublished_page_is_gone_at_once(db: None, stranger: Client):
    page = publish(PlainPage(title="Kort besøg"), home())
    words(stranger, page.url)

    page.unpublish()

    assert stranger.get(page.url).status_code == 404


def test_moved_and_renamed_pages_change_the_menu_of_all(db: None, stranger: Client):
    page = publish(PlainPage(title="Gammelt navn", show_in_menus=True), home())
    assert "Gammelt navn" in words(stranger)

    page.title = "Nyt navn"
    page.save_revision().publish()

    assert "Nyt navn" in words(stranger)
    assert "Gammelt navn" not in words(stranger)


def test_languages_are_kept_apart(db: None, stranger: Client):
    assert 'lang="da"' in words(stranger, "/")
    assert 'lang="en"' in words(stranger, "/en/")
    assert 'lang="da"' in words(stranger, "/")


def test_signed_in_visitors_get_their_own(
    db: None, member: User, signed_in: SignedIn, stranger: Client
):
    words(stranger)

    assert "/konto/logout/" in words(signed_in(member))
    assert "/konto/logout/" not in words(stranger)


def test_what_signed_in_visitors_see_is_never_kept(
    db: None, member: User, signed_in: SignedIn, stranger: Client
):
    words(signed_in(member))

    assert "/konto/logout/" not in words(stranger)
    assert len(kept._kept) == 1


def test_questions_in_the_address_are_not_kept(db: None, stranger: Client):
    for number in range(5):
        words(stranger, f"/?nummer={number}")

    assert kept._kept == {}


def test_nothing_is_kept_of_pages_that_are_not(db: None, stranger: Client):
    assert stranger.get("/findes-ikke/").status_code == 404

    assert kept._kept == {}


def test_number_of_kept_pages_is_bounded(
    db: None, stranger: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(kept, "PAGES_KEPT", 2)
    paths = [publish(PlainPage(title=f"Side {each}"), home()).url for each in range(4)]

    for path in paths:
        words(stranger, path)

    assert [key[-1] for key in kept._kept] == [path.strip("/") + "/" for path in paths[2:]]


def test_numbers_on_a_page_are_young(db: None, stranger: Client, monkeypatch: pytest.MonkeyPatch):
    words(stranger)
    made = kept.monotonic()
    monkeypatch.setattr(kept, "monotonic", lambda: made + kept.SECONDS_KEPT + 1)

    assert queries(stranger, "/") > 1


def test_kept_page_still_varies_by_cookie_and_has_the_policy(db: None, stranger: Client):
    fresh, again = stranger.get("/"), stranger.get("/")

    assert fresh.content == again.content
    assert "Cookie" in again["Vary"]
    assert again["Content-Security-Policy"]
    assert again["Content-Language"] == "da"


def test_queries_of_a_fresh_page_do_not_grow_with_the_site(db: None, stranger: Client):
    pages = whole_site()["da"]
    words(stranger, pages["panelpage"].url)
    kept.forget()
    few = queries(stranger, pages["panelpage"].url)
    for number in range(20):
        publish(PlainPage(title=f"Side {number}", show_in_menus=True), home())
    words(stranger, "/")
    kept.forget()

    assert queries(stranger, pages["panelpage"].url) == few
    assert few <= 16


def test_change_of_settings_without_a_log_line_is_seen(db: None, stranger: Client):
    words(stranger)
    owner = MunicipalitySettings.load()
    owner.phone = "11 22 33 44"
    owner.changed_at += timedelta(seconds=1)
    owner.save()

    assert "11 22 33 44" in words(stranger)
