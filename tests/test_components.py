"""Every element of the site is on the gallery page, and forms are bound together for all."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

COMPONENTS = Path(settings.BASE_DIR) / "templates/components"
GALLERY = "/komponenter/"

# Not elements of their own on the gallery: each says where it is looked at instead.
ELSEWHERE = {
    "bare-page.html": "the error pages' skeleton: tests/cms/pages/test_errors.py",
    "contact-card.html": "needs the municipality: tests/cms/pages/test_pages.py",
    "hero.html": "needs a home page: tests/cms/pages/test_pages.py",
    "page-top.html": "needs a page: tests/cms/pages/test_pages.py",
    "panel-figures.html": "needs members: tests/cms/pages/test_pages.py",
    "pattern.html": "the home page without a picture: tests/cms/pages/test_pages.py",
    "search-form.html": "the search page: tests/cms/pages/test_views.py",
}


class Ids(HTMLParser):
    """Collects ids, and what refers to them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.references: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in ("for", "aria-describedby", "aria-labelledby", "popovertarget"):
                self.references.update((value or "").split())


@pytest.fixture
def gallery(db: None, stranger: Client) -> str:
    return stranger.get(GALLERY).content.decode()


@pytest.fixture
def wrong(db: None, stranger: Client) -> str:
    """The gallery with its form sent back."""
    return stranger.get(f"{GALLERY}?fejl").content.decode()


def included(path: Path) -> set[str]:
    """The components a template includes, and those these include."""
    found = set(re.findall(r'"components/([\w-]+\.html)"', path.read_text(encoding="utf-8")))
    return found.union(*(included(COMPONENTS / name) for name in found)) if found else found


def test_every_component_is_on_the_gallery_page():
    templates = Path(settings.BASE_DIR) / "templates"
    shown = included(templates / "pages/gallery.html") | included(templates / "base.html")
    shown |= {"form.html", "field.html"} | included(COMPONENTS / "field.html")
    shown |= included(COMPONENTS / "form.html")

    assert {path.name for path in COMPONENTS.glob("*.html")} == shown | set(ELSEWHERE)


def test_every_component_says_what_it_takes():
    for path in COMPONENTS.glob("*.html"):
        assert path.read_text(encoding="utf-8").startswith("{#"), path.name


def test_every_style_sheet_is_in_the_sheet_of_all():
    css = Path(settings.BASE_DIR) / "static/css"
    imported = set(re.findall(r'url\("([\w./-]+)"\)', (css / "site.css").read_text()))
    ours = {
        str(path.relative_to(css)) for path in [*css.glob("components/*.css"), *css.glob("*.css")]
    }

    assert ours - {"site.css"} <= imported


def test_style_sheets_keep_the_house_rules():
    css = Path(settings.BASE_DIR) / "static/css"
    for path in [*css.glob("components/*.css"), *css.glob("*.css")]:
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        selectors = " ".join(re.findall(r"([^{};]+)\{", text))
        assert not re.search(r"#[a-zA-Z]", selectors), f"an id in {path.name}"
        physical = r"\b(margin|padding|border)-(left|right|top|bottom)\b|\b(left|right|top|bottom):"
        assert not re.search(physical, text), f"a physical property in {path.name}"
        assert "http" not in text.replace('href^="http"', ""), f"an address in {path.name}"


def test_icons_asked_for_are_in_the_sprite():
    sprite = (Path(settings.BASE_DIR) / "static/vendor/dkfds/img/icons.svg").read_text()
    for path in (Path(settings.BASE_DIR) / "templates").rglob("*.html"):
        for name in re.findall(r'icon(?:\.html" with name)?="([\w-]+)"', path.read_text()):
            if path.is_relative_to(COMPONENTS) or "components/" in path.read_text():
                assert f'id="{name}"' in sprite or name not in path.read_text(), (path.name, name)


@pytest.mark.parametrize("page", ["gallery", "wrong"])
def test_ids_are_unique_and_every_reference_lands(
    db: None, page: str, request: pytest.FixtureRequest
):
    found = Ids(request.getfixturevalue(page))

    assert len(found.ids) == len(set(found.ids))
    assert found.references <= set(found.ids)


def test_errors_come_first_with_a_title_that_says_so(wrong: str):
    assert re.search(r"<title>\s*(Error|Fejl):", wrong)
    summary = wrong.split("error-summary")[1].split("</ul>")[0]
    assert 'href="#id_name"' in summary
    assert 'href="#id_age_0"' in summary
    assert 'role="alert" tabindex="-1" autofocus' in wrong


def test_field_in_error_is_marked_and_described(wrong: str):
    field = re.search(r'<input[^>]*name="name"[^>]*>', wrong)

    assert field is not None
    assert 'aria-invalid="true"' in field.group()
    assert 'aria-describedby="id_name_helptext id_name_error"' in field.group()


def test_what_was_written_is_kept(wrong: str):
    assert 'value="no"' in wrong


def test_field_without_errors_has_none(gallery: str):
    assert "aria-invalid" not in gallery
    assert "error-summary" not in gallery
    assert not re.search(r"<title>\s*(Error|Fejl):", gallery)


def test_autocomplete_reaches_the_input(gallery: str):
    assert 'autocomplete="email"' in gallery


def test_gallery_is_not_for_production():
    base = (Path(settings.BASE_DIR) / "config/settings/base.py").read_text(encoding="utf-8")
    production = (Path(settings.BASE_DIR) / "config/settings/production.py").read_text()

    assert "COMPONENT_GALLERY = False" in base
    assert "COMPONENT_GALLERY" not in production
