"""What every citizen page shows around its content, found once and kept until something changes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields

from django.conf import settings
from django.urls import reverse
from wagtail.models import Page, Site

from cms.pages import stamp
from cms.pages.colours import palette
from cms.pages.links import Link
from cms.pages.models import MunicipalitySettings

LOGO_SIZE = "max-480x144"

# The kinds of page there is one of in each language, which header, footer and forms link to.
KINDS = (
    "panelpage",
    "debaterulespage",
    "privacypage",
    "accessibilitypage",
    "contactpage",
    "storyindexpage",
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A rendition, with the size the browser needs to keep its place free."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Frame:
    """Header and footer of the site in one language, and the style sheet of its colours.

    ``places`` has a page's kind ("privacypage") and where it is, for the footer and for links
    from forms; None for a kind without a published page.
    """

    municipality: MunicipalitySettings
    logo: Picture | None
    home: str
    menu: tuple[Link, ...]
    places: dict[str, Link | None]
    theme: str
    theme_url: str


# One frame a language, each with the stamp it was made under.
_kept: dict[str, tuple[stamp.Stamp, Frame]] = {}


def frame(language: str, seen: stamp.Stamp | None = None) -> Frame:
    """The frame in ``language``. One query when nothing has changed (none with ``seen``)."""
    newest = seen or stamp.current()
    kept = _kept.get(language)
    if kept is None or kept[0] != newest:
        kept = _kept[language] = (newest, _found(language))
    return kept[1]


def forget() -> None:
    """Find everything again: for tests, which change rows behind the log's back."""
    _kept.clear()


def _found(language: str) -> Frame:
    municipality = MunicipalitySettings.load()
    home = _home(language)
    css = theme(municipality)
    return Frame(
        municipality=municipality,
        logo=_logo(municipality),
        home=(home and home.get_url()) or "/",
        menu=_menu(home),
        places=_places(home),
        theme=css,
        theme_url=f"{reverse('site:theme')}?{hashlib.sha256(css.encode()).hexdigest()[:12]}",
    )


def _menu(home: Page | None) -> tuple[Link, ...]:
    if home is None:
        return ()
    return tuple(_link(page) for page in home.get_children().live().public().in_menu())


def _places(home: Page | None) -> dict[str, Link | None]:
    places: dict[str, Link | None] = dict.fromkeys(KINDS)
    if home is not None:
        pages = home.get_descendants().live().public().filter(content_type__model__in=KINDS)
        for page in pages.select_related("content_type"):
            places[page.content_type.model] = places[page.content_type.model] or _link(page)
    return places


def _home(language: str) -> Page | None:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        return None
    translations = site.root_page.get_translations(inclusive=True).live()
    found = {page.locale.language_code: page for page in translations.select_related("locale")}
    return found.get(language) or found.get(settings.LANGUAGE_CODE)


def _link(page: Page) -> Link:
    return Link(title=page.title, url=page.get_url() or "")


def _logo(municipality: MunicipalitySettings) -> Picture | None:
    if municipality.logo is None:
        return None
    rendition = municipality.logo.get_rendition(LOGO_SIZE)
    return Picture(rendition.url, rendition.width, rendition.height)


def theme(municipality: MunicipalitySettings) -> str:
    """The municipality's colours as custom properties, for ``/tema.css``."""
    colours = palette(municipality.brand_colour, municipality.accent_colour)
    lines = (
        f"  --{field.name.replace('_', '-')}: {getattr(colours, field.name)};"
        for field in fields(colours)
    )
    return "\n".join((":root {", *lines, "}", ""))
