"""The site of Ternesund: its name and colours, and its pages in Danish and English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from wagtail.models import Site

from cms.media.models import Picture
from cms.pages.models import (
    AccessibilityPage,
    ContactPage,
    DebateRulesPage,
    HomePage,
    MunicipalitySettings,
    PanelPage,
    PlainPage,
    PrivacyPage,
)
from cms.stories.models import StoryIndexPage
from demo.filling.blocks import stream, titled
from demo.pictures import PICTURES
from demo.world import LANGUAGES, MUNICIPALITY, PageText, html, pages
from panel.accounts.models import User
from panel.core.clock import in_copenhagen, now

KINDS: Mapping[str, type[Any]] = {
    "stories": StoryIndexPage,
    "panel": PanelPage,
    "rules": DebateRulesPage,
    "about": PlainPage,
    "contact": ContactPage,
    "privacy": PrivacyPage,
    "accessibility": AccessibilityPage,
}
IN_MENU = ("stories", "panel", "rules", "contact")
# Below which heading of a page a picture hangs: page, position among its blocks, picture.
HUNG = {"about": (1, "lamp"), "contact": (0, "library")}


def dress(images: Mapping[str, Picture]) -> None:
    """Name, arms, colours and contacts. The statement's address is left for staff to find."""
    renewed: date = in_copenhagen(now()).date() + timedelta(days=14)
    MunicipalitySettings.objects.update_or_create(
        pk=1,
        defaults={
            "name": MUNICIPALITY.name,
            "panel_name": "Medspil",
            "logo": images["logo"],
            "brand_colour": "#14505c",
            "accent_colour": "#f2b441",
            "phone": MUNICIPALITY.phone,
            "email": MUNICIPALITY.email,
            "address": MUNICIPALITY.address.replace(", ", "\n"),
            "dpo_email": MUNICIPALITY.dpo_email,
            "accessibility_renewed_on": renewed,
        },
    )
    place = urlsplit(settings.SITE_URL)
    port = place.port or (443 if place.scheme == "https" else 80)
    Site.objects.filter(is_default_site=True).update(
        hostname=place.hostname or "localhost", port=port, site_name=MUNICIPALITY.name
    )


def build(images: Mapping[str, Picture], *, by: User) -> int:
    """Every page in every language, published, each the other language's translation; how many."""
    sites = {language: _Site(language, images, by) for language in LANGUAGES}
    for site in sites.values():
        site.found()
    for key, page in sites["da"].pages.items():
        translation = sites["en"].pages[key]
        translation.translation_key = page.translation_key
        translation.save(update_fields=["translation_key"])
    for site in sites.values():
        site.write()
    return sum(len(site.pages) for site in sites.values())


class _Site:
    """The site in one language: founded first, so that its pages can point at each other."""

    def __init__(self, language: str, images: Mapping[str, Picture], by: User) -> None:
        self.language = language
        self.images = images
        self.by = by
        self.texts = {text.key: text for text in pages(language)}
        self.pages: dict[str, Any] = {}

    def found(self) -> None:
        """Empty pages in their places below the home page, which the migrations made."""
        home = HomePage.objects.get(locale__language_code=self.language, depth=2)
        self.pages["home"] = home
        for key, kind in KINDS.items():
            text = self.texts[key]
            page = kind(
                title=text.title,
                slug=text.slug,
                live=False,
                locale=home.locale,
                owner=self.by,
                show_in_menus=key in IN_MENU,
            )
            home.refresh_from_db()
            self.pages[key] = home.add_child(instance=page)
        home.refresh_from_db()

    def write(self) -> None:
        """Fill and publish them, as an editor would."""
        for key, text in self.texts.items():
            page = self.pages[key]
            page.refresh_from_db()
            page.title, page.lead = text.title, text.lead
            page.search_description = text.description
            getattr(self, f"_write_{key}", self._write_body)(page, text)
            page.save_revision(user=self.by).publish(user=self.by)

    def _write_home(self, page: HomePage, text: PageText) -> None:
        page.owner = self.by
        page.slug = text.slug
        page.welcome = text.facts["welcome"]
        page.button_text = text.facts["button"]
        picture = text.facts["picture"]
        page.picture = self.images[picture]
        page.picture_alt = PICTURES[picture].alt(self.language)
        page.picture_is_decorative = False
        self._write_body(page, text)

    def _write_stories(self, page: StoryIndexPage, text: PageText) -> None:
        """It has nothing of its own: stories come by themselves."""

    def _write_panel(self, page: PanelPage, text: PageText) -> None:
        for part in ("about", "run_by", "asks", "joining"):
            setattr(page, part, html(text.parts[part], self._link))
        page.questions = self._list("questions", text)

    def _write_rules(self, page: DebateRulesPage, text: PageText) -> None:
        page.rules = self._list("rules", text)
        self._write_body(page, text)

    def _write_body(self, page: Any, text: PageText) -> None:
        name = f"{text.language}/{text.key}"
        body = stream(text.parts["body"], link=self._link, page=self._key, name=name)
        if text.key in HUNG:
            place, picture = HUNG[text.key]
            body.insert(place, self._picture(picture, name))
        page.body = body

    def _list(self, part: str, text: PageText) -> list[dict[str, Any]]:
        return [{"type": part, "value": titled(text.parts[part], self._link)}]

    def _picture(self, name: str, where: str) -> dict[str, Any]:
        picture = PICTURES[name]
        image = {"image": self.images[name].pk, "alt_text": picture.alt(self.language)}
        return {"type": "picture", "value": {"image": {**image, "decorative": False}}}

    def _key(self, key: str) -> int:
        return int(self.pages[key].pk)

    def _link(self, goal: str) -> str:
        kind, _colon, key = goal.partition(":")
        if kind == "page":
            return f'linktype="page" id="{self._key(key)}"'
        if kind == "address":
            with translation.override(self.language):
                return f'href="{reverse(key)}"'
        return f'href="{goal}"'
