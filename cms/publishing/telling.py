"""A story's contents as lines of plain words, for comparing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.media.models import Picture
from cms.review.sealing import Contents
from cms.stories.models import Kind, Pictures
from panel.channels.models import Channel
from panel.conversations.models import Department
from panel.members.models import Area


class Teller:
    """Contents in words; names of what they point at are looked up once for all of them."""

    def __init__(self, all_of_them: list[Contents]) -> None:
        self.pictures = _named(Picture, (key for one in all_of_them for key, _f in one["pictures"]))
        self.channels = _named(
            Channel, (row["channel"] for one in all_of_them for row in one.get("teasers", ()))
        )
        self.departments = _named(Department, (one["department"] for one in all_of_them))
        self.areas = _named(Area, (one["place"] for one in all_of_them))
        self.pages = _named(Page, _pages(all_of_them))

    def lines(self, name: str, what: Contents) -> list[str]:
        """One field's value as lines; none where it is empty."""
        value = what.get(name)
        if name == "body":
            return [line for block in value or () for line in self.block(block)]
        if name == "teasers":
            return [line for row in value or () for line in self._teaser(row)]
        return list(_filled(self._plain(name, value).split("\n")))

    def _teaser(self, row: Mapping[str, Any]) -> Iterator[str]:
        channel = self.channels.get(row["channel"])
        yield f"{channel}: {row['text']}"
        if "pictures" in row:
            yield f"{channel}: {Pictures(row['pictures']).label}"

    def _plain(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if name == "kind":
            return str(Kind(value).label)
        known = {"picture": self.pictures, "department": self.departments, "place": self.areas}
        if name in known:
            return str(known[name].get(value, value)) if value else ""
        return str(value or "")

    def block(self, block: Mapping[str, Any]) -> list[str]:
        """One block of the body."""
        if block["type"] == "picture":
            image = block["value"]["image"] or {}
            alt = _("Decorative") if image.get("decorative") else image.get("alt_text")
            name = self.pictures.get(image.get("image"))
            return list(_filled([name or "", alt or "", block["value"]["caption"] or ""]))
        return list(_filled(self._leaves(block["value"])))

    def _leaves(self, value: Any, name: str = "") -> Iterator[str]:
        """Every text in a block's value, in its order; numbers that are keys by what they mean."""
        if isinstance(value, Mapping):
            for key, inside in value.items():
                if key not in ("id", "type"):
                    yield from self._leaves(inside, key)
        elif isinstance(value, list):
            for inside in value:
                yield from self._leaves(inside, name)
        else:
            yield from self._leaf(value, name)

    def _leaf(self, value: Any, name: str) -> Iterator[str]:
        if value is True:
            yield _("Leads to joining the panel") if name == "joins" else name
        elif name == "page" and value:
            yield str(self.pages.get(value, value))
        elif isinstance(value, str):
            yield from text_of(value)
        elif value:
            yield str(value)


def _named(model: Any, keys: Iterable[Any]) -> dict[Any, str]:
    wanted = {key for key in keys if key}
    return {key: str(row) for key, row in model._default_manager.in_bulk(wanted).items()}


def _pages(all_of_them: list[Contents]) -> Iterator[int]:
    for one in all_of_them:
        for block in one["body"]:
            goal = block["value"].get("goal") if isinstance(block["value"], dict) else None
            if goal and goal.get("page"):
                yield goal["page"]


def _filled(lines: Iterable[str]) -> Iterator[str]:
    return (line.strip() for line in lines if line.strip())


def text_of(html: str) -> list[str]:
    """Rich text as lines of plain text; where links lead stays to be seen."""
    reader = _Lines()
    reader.feed(html)
    reader.close()
    return [" ".join(line.split()) for line in "".join(reader.parts).split("\n") if line.strip()]


class _Lines(HTMLParser):
    """A line a paragraph or list item."""

    ENDS = frozenset({"p", "li", "ul", "ol", "br", "h2", "h3"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.goals: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Where a link leads is part of what it says."""
        known = dict(attrs)
        if tag == "a":
            kind = f"{known.get('linktype') or ''} {known.get('id') or ''}".strip()
            self.goals.append(known.get("href") or kind)
        elif tag in self.ENDS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """The goal after the link's words, the line after the paragraph."""
        if tag == "a" and self.goals:
            self.parts.append(f" [{self.goals.pop()}]")
        elif tag in self.ENDS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Words."""
        self.parts.append(data)
