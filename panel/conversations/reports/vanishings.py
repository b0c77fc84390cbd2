"""What vanished on the networks without our doing: the alarms, and what each is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, F, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce

from panel.channels.models import Channel
from panel.conversations.models import Post, Sighting, Thing, Vanishing, What
from panel.conversations.models.vanishings import VanishingQuerySet

SHOWN: Final = 200
OPEN: Final = "open"
SETTLED: Final = "settled"
NO_END: Final = 2**62


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for; empty is everything."""

    state: str = ""
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm with the post it is about, where that is known, and how much is gone."""

    vanishing: Vanishing
    post: Post | None
    number: int

    @property
    def is_post(self) -> bool:
        """Whether it is about a post of ours, and not about comments."""
        return self.vanishing.thing == Thing.POST


@dataclass(frozen=True, slots=True)
class Account:
    """Everything that is known about one alarm.

    ``copy`` is the post as it stood; ``seen`` what happened in the thread, newest first, at most
    ``SHOWN``; ``up_to`` the last of it.
    """

    alarm: Alarm
    copy: str
    seen: tuple[Sighting, ...]
    up_to: int


def open_alarms() -> VanishingQuerySet:
    """Those nobody has settled, newest first, with how much each is about."""
    return _numbered(Vanishing.objects.open()).order_by("-raised_at", "-pk")


def alarms(wanted: Wanted) -> VanishingQuerySet:
    """Those looked for, the open ones on top, then the newest."""
    found = _numbered(Vanishing.objects.all()).select_related("settled_by")
    if wanted.state:
        found = found.filter(settled_at__isnull=wanted.state == OPEN)
    if wanted.channel is not None:
        found = found.filter(channel=wanted.channel)
    return found.order_by(F("settled_at").desc(nulls_first=True), "-raised_at", "-pk")


def with_posts(found: Iterable[Vanishing]) -> list[Alarm]:
    """Each with the post it is about: one query for all of them."""
    rows = list(found)
    wanted = {row.post_external_id for row in rows}
    known = Post.objects.filter(channel__in={row.channel_id for row in rows})
    posts = {
        (post.channel_id, post.external_id): post for post in known.filter(external_id__in=wanted)
    }
    return [
        Alarm(row, posts.get((row.channel_id, row.post_external_id)), getattr(row, "number", 0))
        for row in rows
    ]


def account_of(key: int) -> Account:
    """What the alarm with this key is about. Raises ``Vanishing.DoesNotExist``."""
    [alarm] = with_posts(
        [_numbered(Vanishing.objects.all()).select_related("settled_by").get(pk=key)]
    )
    row = alarm.vanishing
    thread = Sighting.objects.of_thread(row.channel_id, row.post_external_id)
    copied = thread.filter(thing=Thing.POST, what=What.REMOVED).exclude(copy="").order_by("-pk")
    kept = copied.values_list("copy", flat=True).first() or ""
    last = thread.aggregate(last=Max("pk"))["last"]
    seen = thread.order_by("-happened_at", "-pk")[:SHOWN]
    return Account(alarm, kept if alarm.is_post else "", tuple(seen), last or 0)


def _numbered(found: VanishingQuerySet) -> VanishingQuerySet:
    about = (
        Sighting.objects.vanished()
        .filter(
            channel=OuterRef("channel"),
            post_external_id=OuterRef("post_external_id"),
            thing=OuterRef("thing"),
            pk__gt=OuterRef("after"),
            pk__lte=Coalesce(OuterRef("up_to"), NO_END),
        )
        .order_by()
        .values("thing")
        .annotate(number=Count("external_id", distinct=True))
        .values("number")
    )
    return found.select_related("channel").annotate(number=Coalesce(Subquery(about), 0))
