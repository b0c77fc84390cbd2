"""What is still wrong with a story, before anybody is asked to approve it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.media.models import Picture
from cms.review.sealing import Contents
from cms.stories.models import StoryPage


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence about something in the story; ``stops`` it unless it is only to be looked at."""

    sentence: str
    stops: bool = True


def findings(draft: StoryPage, what: Contents, *, today: date) -> list[Finding]:
    """Everything found in ``draft``, whose contents are ``what``; what stops it comes first."""
    found = [*_unfinished(draft), *_of_channels(draft), *_of_pictures(what, today)]
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
    for name, faults in refusal.message_dict.items():
        label = _label(name)
        said += [f"{label}: {words}" if label else words for words in faults]
    return said


def _label(name: str) -> str:
    try:
        field: Any = StoryPage._meta.get_field(name)
    except FieldDoesNotExist:
        return ""
    return str(field.verbose_name).capitalize()
