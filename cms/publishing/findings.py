"""What is still wrong with a story, before anybody is asked to approve it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.media.models import Picture
from cms.publishing import presenting
from cms.publishing.blockfaults import faults
from cms.publishing.illustrating import illustrations
from cms.review.sealing import Contents
from cms.stories.models import StoryPage
from panel.channels import outgoing
from panel.channels.models import Kind
from panel.channels.sending import foresees
from panel.outbox.codes import meaning

# What most networks show before they fold the rest away.
USUAL_LENGTH: Final = {Kind.BYHAND: 500, Kind.FACEBOOK: 477}
# Where an address in a text is only text.
WITHOUT_LINKS: Final = (Kind.INSTAGRAM,)
_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
_NOWHERE = re.compile(
    r"\b(klik|tryk|se|læs mere) her\b|\b(click|press|read more) here\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence about something in the story; ``stops`` it unless it is only to be looked at."""

    sentence: str
    stops: bool = True


def findings(draft: StoryPage, what: Contents, *, today: date) -> list[Finding]:
    """Everything found in ``draft``, whose contents are ``what``; what stops it comes first.

    ``today`` is the day it goes out.
    """
    found = [
        *_unfinished(draft),
        *_of_blocks(draft),
        *_of_links(draft),
        *_of_words(draft),
        *_of_channels(draft),
        *_of_networks(draft, what),
        *_of_pictures(what, today),
    ]
    return sorted(found, key=lambda finding: not finding.stops)


def _unfinished(draft: StoryPage) -> Iterator[Finding]:
    if not draft.lead.strip():
        yield Finding(_("It has no introduction: two sentences that say what it is about."))
    if not len(draft.body):
        yield Finding(_("It has no text yet."))
    if draft.picture_id is None:
        yield Finding(
            _("It has no picture. A picture makes it seen, on the site too."), stops=False
        )
    try:
        draft.full_clean()
    except ValidationError as refusal:
        yield from map(Finding, _sentences(refusal))


def _of_blocks(draft: StoryPage) -> Iterator[Finding]:
    """What the blocks themselves refuse: a draft may be saved with all of it."""
    yield from map(Finding, faults(draft.body))
    kinds = [child.block_type for child in draft.body]
    for child, follows in zip(draft.body, [*kinds, ""][1:], strict=True):
        if child.block_type in ("heading", "subheading") and follows in ("", "heading"):
            yield Finding(
                _("There is nothing below the heading “%(heading)s”.") % {"heading": child.value},
                stops=False,
            )


def _of_links(draft: StoryPage) -> Iterator[Finding]:
    """Links to pages here that readers cannot see."""
    wanted = {
        int(key)
        for kind, key, _path, _where in draft.body.stream_block.extract_references(draft.body)
        if issubclass(kind, Page)
    }
    known = {page.pk: page for page in Page.objects.filter(pk__in=wanted).only("pk", "title")}
    seen = set(Page.objects.filter(pk__in=wanted).live().public().values_list("pk", flat=True))
    for key in sorted(wanted):
        if key not in known:
            yield Finding(_("It links to a page that has been deleted. Take the link out."))
        elif key not in seen:
            yield Finding(
                _("It links to “%(page)s”, which readers cannot see now.")
                % {"page": known[key].title},
                stops=False,
            )


def _of_words(draft: StoryPage) -> Iterator[Finding]:
    texts = [draft.lead, *(row.text for row in draft.teasers.all())]
    for found in filter(None, map(_NOWHERE.search, texts)):
        yield Finding(
            _("“%(words)s” says nothing to those who hear it. Say what is there instead.")
            % {"words": found[0]},
            stops=False,
        )
    if draft.picture_alt and draft.picture_alt.strip() == draft.picture_caption.strip():
        yield Finding(
            _("What the picture shows and its caption are the same: it is read aloud twice."),
            stops=False,
        )


def _of_channels(draft: StoryPage) -> Iterator[Finding]:
    rows = list(draft.teasers.all())
    for row, times in Counter(row.channel for row in rows).items():
        if times > 1:
            yield Finding(_("There are two texts for %(channel)s. Keep one.") % {"channel": row})
        if not row.is_active:
            yield Finding(
                _("%(channel)s is not in use any more. Remove its text.") % {"channel": row}
            )
    if any(not row.text.strip() for row in rows):
        yield Finding(_("A text for a channel is empty. Write it, or remove it."))
    for row in rows:
        usual = USUAL_LENGTH.get(Kind(row.channel.kind))
        if usual and len(row.text) > usual:
            yield Finding(
                _(
                    "The text for %(channel)s has %(length)d characters. Most networks fold away "
                    "what comes after %(usual)d."
                )
                % {"channel": row.channel, "length": len(row.text), "usual": usual},
                stops=False,
            )


def _of_networks(draft: StoryPage, what: Contents) -> Iterator[Finding]:
    """What a network would refuse, and what it takes and readers cannot use."""
    link = presenting.address(what, draft)
    for row in draft.teasers.all():
        pictures = tuple(outgoing.Picture(b"") for _each in illustrations(what, row.channel_id, {}))
        act = outgoing.Act(outgoing.Verb.POST, row.text, link=link, pictures=pictures)
        if code := foresees(row.channel, act):
            yield Finding(f"{row.channel}: {meaning(row.channel.kind, code).words}")
        if row.channel.kind in WITHOUT_LINKS and _LINK.search(row.text):
            yield Finding(
                _(
                    "Nobody can press a link in a text on %(channel)s. Say in words where to find "
                    "it."
                )
                % {"channel": row.channel},
                stops=False,
            )


def _of_pictures(what: Contents, today: date) -> Iterator[Finding]:
    keys = [key for key, _file in what["pictures"]]
    for picture in Picture.objects.filter(pk__in=keys, consent_until__isnull=False).order_by("pk"):
        until: date = picture.consent_until
        told = {"picture": picture.title, "date": date_format(until, "DATE_FORMAT")}
        if until < today:
            yield Finding(
                _(
                    "The consent of those shown in “%(picture)s” ended on %(date)s. Choose another "
                    "picture, or ask them again."
                )
                % told
            )
        elif (until - today).days < 30:
            yield Finding(
                _("The consent of those shown in “%(picture)s” ends on %(date)s.") % told,
                stops=False,
            )


def _sentences(refusal: ValidationError) -> list[str]:
    """The words of every fault, with the field's name where it has one."""
    if not hasattr(refusal, "error_dict"):
        return list(refusal.messages)
    said = []
    for name, found in refusal.message_dict.items():
        label = _label(name)
        said += [f"{label}: {words}" if label else words for words in found]
    return said


def _label(name: str) -> str:
    try:
        field: Any = StoryPage._meta.get_field(name)
    except FieldDoesNotExist:
        return ""
    return str(field.verbose_name).capitalize()
