"""Exactly what goes out, for eyes: made of what is approved, not of what the page says now.

An approval keeps its contents as data. From them, and from nothing else, the same is shown to who
asks, to who decides, and to who wants to know years later, when page and version may be gone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from cms.media.models import Picture
from cms.publishing.illustrating import Illustration, illustrations, library_of
from cms.publishing.models import Publication
from cms.publishing.times import patience_in_words, window
from cms.review.models import Approval
from cms.review.sealing import Contents
from cms.stories.models import StoryPage
from panel.channels.models import Channel, Kind

_HEADING = re.compile(r"<(/?)h([23])\b")


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as readers get it. ``picture`` is None when it has been deleted since.

    ``is_other`` when the file behind it is another one than was approved.
    """

    picture: Picture | None
    alt: str
    is_decorative: bool
    caption: str
    is_other: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the text: its markup, and the picture where it is one."""

    html: SafeString
    picture: Shown | None = None


@dataclass(frozen=True, slots=True)
class OnChannel:
    """What goes out on one channel, and when in words; ``state`` once it is planned."""

    name: str
    is_site: bool
    is_by_hand: bool
    text: str
    when: str
    how_late: str
    pictures: tuple[Illustration, ...] = ()
    publication: Publication | None = None


@dataclass(frozen=True, slots=True)
class GoesOut:
    """A story with everything that goes out, and where.

    ``address`` is the one it will have on the site; empty when nobody can know any more.
    """

    title: str
    lead: str
    picture: Shown | None
    body: tuple[Piece, ...]
    address: str
    language: str
    kind: str
    department: str
    place: str
    name_in_tab: str
    in_search: str
    in_menu: bool
    channels: tuple[OnChannel, ...]

    @property
    def pictures(self) -> list[Shown]:
        """All of them, in the order they are read aloud."""
        inside = [piece.picture for piece in self.body if piece.picture]
        return [self.picture, *inside] if self.picture else inside


def what_goes_out(approval: Approval) -> GoesOut:
    """What ``approval`` is of. The same number of queries however long the story is, and one for
    each size of a picture that is drawn for the first time.
    """
    rows = Publication.objects.filter(approval=approval).select_related("channel")
    planned = {row.channel_id: row for row in rows}
    return presented(approval.contents, approval.plan, page=approval.page, rows=planned)


def presented(
    what: Contents,
    plan: list[Any],
    *,
    page: Page | None,
    rows: Mapping[int, Publication] | None = None,
) -> GoesOut:
    """``what`` as readers will see it; ``page`` is where it stands, None when it is deleted."""
    library = library_of(what)
    files = dict(map(tuple, what["pictures"]))
    story = _story(what)
    return GoesOut(
        title=what["title"],
        lead=what["lead"],
        picture=_lead_picture(what, library, files),
        body=tuple(_pieces(story, files)),
        address=address(what, page),
        language=page.locale.language_code if page else "",
        kind=story.get_kind_display(),
        department=str(story.department or ""),
        place=str(story.place or ""),
        name_in_tab=what["seo_title"],
        in_search=what["search_description"],
        in_menu=what["show_in_menus"],
        channels=tuple(_on_channels(what, plan, rows or {}, library)),
    )


def address(what: Contents, page: Page | None) -> str:
    """Where the story will be on the site. Its slug is what is approved, not what the row has."""
    above = page.get_parent() if page else None
    url = above.get_full_url() if above else None
    return f"{url.rstrip('/')}/{what['slug']}/" if url else ""


def _story(what: Contents) -> StoryPage:
    """An unsaved story with the approved words, for its labels and its blocks."""
    body = StoryPage._meta.get_field("body").stream_block.to_python(_with_ids(what["body"]))
    return StoryPage(
        title=what["title"],
        body=body,
        kind=what["kind"],
        department_id=what["department"],
        place_id=what["place"],
    )


def _with_ids(value: Any) -> Any:
    """Blocks as Wagtail reads them. They are sealed without ids, which no reader sees; but by the
    id a list knows that an item is one, and not an item's value as it was written long ago.
    """
    if isinstance(value, list):
        return [_with_ids(each) for each in value]
    if not isinstance(value, dict):
        return value
    found = {key: _with_ids(each) for key, each in value.items()}
    return {**found, "id": None} if value.keys() == {"type", "value"} else found


def _lead_picture(
    what: Contents, library: Mapping[int, Picture], files: Mapping[int, str]
) -> Shown | None:
    key = what["picture"]
    if key is None:
        return None
    picture = library.get(key)
    return Shown(
        picture=picture,
        alt=what["picture_alt"],
        is_decorative=what["picture_is_decorative"],
        caption=what["picture_caption"],
        is_other=picture is not None and picture.file.name != files.get(key),
    )


def _pieces(story: StoryPage, files: Mapping[int, str]) -> list[Piece]:
    found = []
    for child in story.body:
        picture = None
        if child.block_type == "picture":
            picture = _in_text(child.value, files)
        gone = picture is not None and picture.picture is None
        found.append(Piece(SafeString("") if gone else _within(child.render()), picture))
    return found


def _in_text(value: Any, files: Mapping[int, str]) -> Shown:
    image = value["image"]
    return Shown(
        picture=image,
        alt=(image.contextual_alt_text or "") if image else "",
        is_decorative=bool(image and image.decorative),
        caption=value["caption"],
        is_other=image is not None and image.file.name != files.get(image.pk),
    )


def _within(html: str) -> SafeString:
    """A block's markup inside a staff page: headings below ours, and nothing folded away.

    Who approves sees everything, also what readers unfold.
    """
    lowered = _HEADING.sub(lambda found: f"<{found[1]}h{int(found[2]) + 2}", html)
    return mark_safe(lowered.replace("<details ", "<details open "))  # noqa: S308  # our blocks'


def _on_channels(
    what: Contents,
    plan: list[Any],
    rows: Mapping[int, Publication],
    library: Mapping[int, Picture],
) -> list[OnChannel]:
    """A line a channel, the site first."""
    channels = Channel.objects.in_bulk([line[0] for line in plan])
    found = []
    for key, moment, patience, text in plan:
        channel, row = channels.get(key), rows.get(key)
        due_at = datetime.fromisoformat(moment) if moment else (row.due_at if row else None)
        latest_at = due_at and due_at + timedelta(minutes=patience)
        is_site = channel is not None and channel.kind == Kind.SITE
        found.append(
            OnChannel(
                name=str(channel or key),
                is_site=is_site,
                is_by_hand=channel is not None and channel.kind == Kind.BYHAND,
                text=text,
                when=window(due_at, latest_at),
                how_late=patience_in_words(patience),
                pictures=() if is_site else tuple(illustrations(what, key, library)),
                publication=row,
            )
        )
    return sorted(found, key=lambda line: (not line.is_site, line.name))
