"""Comments to look through, newest first, by channel, department, time and words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q

from panel.channels.models import Channel
from panel.conversations.models import Comment, Department
from panel.core.clock import COPENHAGEN

from .keyset import Page, Place, page

SIZE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for. ``since`` and ``until`` are days in Copenhagen, both included."""

    words: str = ""
    channel: Channel | None = None
    department: Department | None = None
    since: date | None = None
    until: date | None = None
    competition: bool | None = None
    hidden: bool | None = None


def comments(wanted: Wanted, *, after: str = "", before: str = "") -> Page[Comment]:
    """A page of the comments that fit, newest first. One query, whatever the page."""
    rows = (
        Comment.objects.select_related("commenter", "post", "channel", "hidden_by")
        .filter(_about(wanted), *_within(wanted))
        .defer("post__url", "commenter__external_id")
    )
    return page(
        rows,
        by="written_at",
        place_of=lambda comment: Place(comment.written_at, comment.pk),
        size=SIZE,
        after=after,
        before=before,
        newest_first=True,
    )


def _about(wanted: Wanted) -> Q:
    where = Q()
    if wanted.channel:
        where &= Q(channel=wanted.channel)
    if wanted.department:
        where &= Q(post__department=wanted.department)
    if wanted.competition is not None:
        where &= Q(post__is_competition=wanted.competition)
    if wanted.hidden is not None:
        where &= Q(hidden_at__isnull=not wanted.hidden)
    return where


def _within(wanted: Wanted) -> list[Q]:
    found = [holding_word("text", word) for word in wanted.words.split()]
    if wanted.since:
        found.append(Q(written_at__gte=_midnight(wanted.since)))
    if wanted.until:
        found.append(Q(written_at__lt=_midnight(wanted.until + timedelta(days=1))))
    return found


def holding_word(field: str, word: str) -> Q:
    """Rows whose ``field`` holds ``word``, case aside: SQLite folds English letters only."""
    spellings: Iterable[str] = {word, word.lower(), word.upper(), word.capitalize()}
    if word.isascii():
        spellings = {word}
    return reduce(or_, (Q(**{f"{field}__icontains": spelling}) for spelling in spellings))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), COPENHAGEN)
