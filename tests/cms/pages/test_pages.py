"""Every kind of page in both languages, and what a fresh install shows."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Locale, Page, Site

from cms.pages.figures import NEW_BELOW, Figures, panel_figures
from cms.pages.models import HomePage, PanelPage, PlainPage
from panel.members.reports import MakeUp, Share
from tests.factories.pages import block, home, picture, publish
from tests.factories.site import whole_site


def read(client: Client, page: Page) -> str:
    answer = client.get(page.url)
    assert answer.status_code == 200
    assert answer.cookies == {}
    return answer.content.decode()


def test_fresh_install_greets_in_two_languages(db: None, stranger: Client):
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"da", "en"}
    danish, english = stranger.get("/").content.decode(), stranger.get("/en/").content.decode()

    assert "Velkommen til borgerpanelet" in danish
    assert "Log ind i administrationen" in danish
    assert "Welcome to the citizen panel" in english
    assert 'hreflang="en" href="/en/"' in danish
    assert 'hreflang="da" href="/"' in english


def test_fresh_install_has_no_page_of_wagtails_left(db: None):
    assert {type(page.specific) for page in Page.objects.filter(depth=2)} == {HomePage}
    assert Site.objects.get().root_page.specific == home()
    assert Site.objects.get().hostname == "testserver"
    assert Page.find_problems() == ([], [], [], [], [])


def test_every_kind_renders_in_both_languages(db: None, stranger: Client):
    for language, pages in whole_site().items():
        for page in pages.values():
            text = read(stranger, page)
            assert f'<html lang="{language}">' in text
            assert text.count("<h1") == 1
            assert "Telefon" in text or "Phone" in text
            assert "style=" not in text
            assert "onclick" not in text


def test_footer_has_phone_mail_and_what_the_law_asks(db: None, stranger: Client):
    pages = whole_site()["da"]
    text = read(stranger, pages["plainpage"]).split("<footer")[1]

    assert 'href="tel:70102030"' in text
    assert 'href="mailto:panel@proevekoebing.example"' in text
    assert 'href="/was/"' in text
    assert pages["privacypage"].url in text
    assert pages["debaterulespage"].url in text


def test_menu_marks_where_you_are(db: None, stranger: Client):
    pages = whole_site()["da"]
    text = read(stranger, pages["panelpage"])

    assert f'href="{pages["panelpage"].url}" aria-current="page"' in text
    assert text.count('aria-current="page"') == 2  # the menu and the breadcrumb


def test_page_without_a_translation_switches_to_the_home_page(db: None, stranger: Client):
    page = publish(PlainPage(title="Kun på dansk"), home())

    assert 'hreflang="en" href="/en/"' in read(stranger, page)


def test_home_falls_into_bands(db: None):
    page = home()
    page.body = [
        block("text", "<p>Uden overskrift</p>"),
        block("heading", "En"),
        block("text", "<p>Første</p>"),
        block("quote", {"text": "Ja", "who": ""}),
        block("text", "<p>Efter</p>"),
        block("heading", "To"),
        block("figures", None),
    ]

    shape = [(band.kind, bool(band.heading), len(band.blocks)) for band in page.bands()]

    assert shape == [
        ("reading", False, 1),
        ("reading", True, 1),
        ("quote", False, 1),
        ("reading", False, 1),
        ("reading", True, 0),
        ("figures", False, 1),
    ]


@pytest.mark.parametrize(
    ("alt", "decorative", "is_fine"),
    [("Havnen", False, True), ("", True, True), ("", False, False)],
)
def test_home_picture_is_described_or_decorative(
    db: None, alt: str, decorative: bool, is_fine: bool
):
    page = home()
    page.picture, page.picture_alt, page.picture_is_decorative = picture(), alt, decorative
    if is_fine:
        page.full_clean()
    else:
        with pytest.raises(ValidationError) as refusal:
            page.full_clean()
        assert refusal.value.error_dict["__all__"][0].code == "undescribed"


def test_there_is_one_page_about_the_panel(db: None):
    publish(PanelPage(title="Om panelet"), home())

    assert not PanelPage.can_create_at(home())


@pytest.mark.parametrize("field", ["about", "run_by", "asks", "joining"])
def test_panel_page_refuses_vague_links(db: None, field: str):
    page = PanelPage(title="Om panelet", slug="om", path="0001000X", depth=3)
    setattr(page, field, "<p><a href='/'>læs mere</a></p>")
    with pytest.raises(ValidationError) as refusal:
        page.clean_fields()
    assert field in refusal.value.message_dict


# --- Who takes part -------------------------------------------------------------------------------


def figures_of(monkeypatch: pytest.MonkeyPatch, members: int, *shares: Share) -> Figures:
    made = MakeUp(members=members, by_age=shares, by_area=(), by_gender=())
    monkeypatch.setattr("cms.pages.figures.make_up", lambda: made)
    return panel_figures()


def test_new_panel_has_no_numbers(db: None, stranger: Client):
    page: Any = whole_site()["da"]["panelpage"]

    assert panel_figures() == Figures(members=None, breakdowns=())
    assert "empty-state" in read(stranger, page)


def test_numbers_come_when_they_point_at_nobody(monkeypatch: pytest.MonkeyPatch):
    assert figures_of(monkeypatch, NEW_BELOW - 1).members is None
    assert figures_of(monkeypatch, NEW_BELOW).members == NEW_BELOW


def test_small_groups_have_no_number(monkeypatch: pytest.MonkeyPatch):
    found = figures_of(monkeypatch, 40, Share("15–29", 30), Share("30–44", None), Share("", 10))

    rows = found.breakdowns[0].rows
    assert rows[0] == ("15–29", "30")
    assert "5" in rows[1][1]
    assert rows[2][0]


def test_breakdown_nobody_told_about_is_left_out(monkeypatch: pytest.MonkeyPatch):
    assert figures_of(monkeypatch, 40, Share("", 40)).breakdowns == ()
