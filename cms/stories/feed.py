"""Stories in Atom (RFC 4287), written here because Django's says of plain words that they are HTML
and asks the disk for the length of every picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.http import HttpRequest
from django.utils.feedgenerator import rfc3339_date
from django.utils.translation import gettext as _

from cms.pages.links import Link
from cms.pages.models import MunicipalitySettings
from cms.pages.sharing import SIZE, whole
from panel.core.clock import now

NAMESPACE = "http://www.w3.org/2005/Atom"
# Everything XML 1.0 has no place for, written however you will.
IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(
    stories: Iterable[Any],
    *,
    index: Link,
    owner: MunicipalitySettings,
    language: str,
    request: HttpRequest,
) -> bytes:
    """``stories``, the newest first, as what ``request`` asked for, about the page ``index``."""
    told, address = list(stories), request.path
    feed = ElementTree.Element("feed", {"xmlns": NAMESPACE, "xml:lang": language})
    _words(feed, "title", _("Stories from %(name)s") % {"name": owner.name})
    _words(feed, "id", whole(address))
    ElementTree.SubElement(feed, "link", rel="self", href=whole(address))
    ElementTree.SubElement(feed, "link", rel="alternate", href=whole(index.url), type="text/html")
    _words(ElementTree.SubElement(feed, "author"), "name", owner.name)
    newest = max((story.last_published_at for story in told), default=now())
    _words(feed, "updated", rfc3339_date(newest))
    for story in told:
        _entry(feed, story, request)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(feed, "utf-8")


def _entry(feed: ElementTree.Element, story: Any, request: HttpRequest) -> None:
    entry = ElementTree.SubElement(feed, "entry")
    _words(entry, "title", story.title)
    _words(entry, "id", _name(story))
    address = whole(story.get_url(request) or "")
    ElementTree.SubElement(entry, "link", rel="alternate", href=address, type="text/html")
    _words(entry, "published", rfc3339_date(story.told_at))
    _words(entry, "updated", rfc3339_date(story.last_published_at))
    if story.description:
        _words(entry, "summary", story.description)
    ElementTree.SubElement(entry, "category", term=story.kind, label=_possible(story.tag))
    picture, alt = story.shared_picture
    if picture is not None:
        href = whole(picture.get_rendition(SIZE).url)
        link = {"rel": "enclosure", "type": "image/jpeg", "href": href, "title": _possible(alt)}
        ElementTree.SubElement(entry, "link", {key: link[key] for key in link if link[key]})


def _name(story: Any) -> str:
    """What the story is called for good, whatever its address becomes (RFC 4151)."""
    host = urlsplit(settings.SITE_URL).hostname
    return f"tag:{host},{story.told_at:%Y-%m-%d}:story/{story.pk}"


def _words(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = _possible(text)


def _possible(text: str) -> str:
    return IMPOSSIBLE.sub("", text)
