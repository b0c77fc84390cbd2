"""How a page looks where somebody shares it: words, a picture of 1200 by 630, and its address.

Other sites fetch these, so every address is whole, and the public one whoever asks.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

from cms.pages.drawing import HEIGHT, WIDTH, Drawing
from cms.pages.models import MunicipalitySettings

# Shared pictures are JPEG: some of those who show them know nothing newer.
SIZE = f"fill-{WIDTH}x{HEIGHT}|format-jpeg|jpegquality-82|bgcolor-ffffff"
LOCALES = {"da": "da_DK", "en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the page; ``kind`` is its content type."""

    url: str
    kind: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Shared:
    """What another site shows of a page. ``url`` is empty for a page without an address yet."""

    url: str
    title: str
    description: str
    site: str
    locale: str
    told_at: datetime | None
    picture: Picture | None


def whole(path: str) -> str:
    """``path`` as others reach it."""
    return urljoin(f"{settings.SITE_URL}/", path)


def shared(
    page: Any,
    owner: MunicipalitySettings,
    language: str,
    *,
    number: int = 1,
    request: HttpRequest | None = None,
) -> Shared:
    """``page`` of the municipality ``owner``; of a list in pages, its page ``number``."""
    path = page.get_url(request) if page.pk else ""
    more = f"?page={number}" if number > 1 else ""
    return Shared(
        url=whole(path) + more if path else "",
        title=page.seo_title or page.title,
        description=page.description,
        site=owner.panel_name or owner.name,
        locale=LOCALES.get(language, language),
        told_at=page.told_at,
        picture=_chosen(page) or _drawn(page, owner),
    )


def drawing(page: Page, owner: MunicipalitySettings) -> Drawing:
    """What is drawn of a page that has no picture."""
    return Drawing(page.title, owner.name, owner.brand_colour, owner.accent_colour)


def stamp(drawn: Drawing) -> str:
    """A short hash of all that is drawn: the picture's address changes with it."""
    return hashlib.sha256(repr(drawn).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _chosen(page: Any) -> Picture | None:
    picture, alt = page.shared_picture
    if picture is None:
        return None
    made = picture.get_rendition(SIZE)
    return Picture(whole(made.url), "image/jpeg", made.width, made.height, alt)


def _drawn(page: Page, owner: MunicipalitySettings) -> Picture | None:
    if not page.pk:
        return None
    path = reverse("site:card", kwargs={"page_id": page.pk})
    address = f"{whole(path)}?{stamp(drawing(page, owner))}"
    return Picture(address, "image/png", WIDTH, HEIGHT, page.title)
