"""Finding the citizen who asks staff about their data, and what there is: read-only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

from django.db.models import Count, Max, Min, Q

from panel.accounts.models import User
from panel.conversations.models import Comment, Commenter
from panel.engagement.models import ShortlistEntry
from panel.invitations.models import Invitation
from panel.privacy import by_address

FOUND_AT_MOST = 20
_ID = re.compile(r"[\w.:-]{4,}")


@dataclass(frozen=True, slots=True)
class Found:
    """Who may be meant. ``is_more``: there are others with that name. ``address``: something is
    kept under it, though it is no account's.
    """

    people: tuple[Commenter, ...] = ()
    accounts: tuple[User, ...] = ()
    address: str = ""
    is_more: bool = False

    def __bool__(self) -> bool:
        return bool(self.people or self.accounts or self.address)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept about one commenter, in numbers."""

    comments: int
    first_at: datetime | None
    last_at: datetime | None
    shortlists: int
    invitation: Invitation | None
    is_claimed: bool


def find(words: str) -> Found:
    """By the link of a comment, by the address of an account (whole), or by a part of a name."""
    words = words.strip()
    if not words:
        return Found()
    if "://" in words:
        return Found(people=_by_link(words))
    if "@" in words:
        accounts = tuple(User.objects.filter(email__iexact=words, is_staff=False))
        # Who has an account is answered, and erased, with it.
        known = not accounts and by_address.is_known(words)
        return Found(accounts=accounts, address=words if known else "")
    named = Commenter.objects.citizens().filter(name__icontains=words)
    some = list(named.select_related("channel").order_by("name", "pk")[: FOUND_AT_MOST + 1])
    return Found(people=tuple(some[:FOUND_AT_MOST]), is_more=len(some) > FOUND_AT_MOST)


def kept_about(person: Commenter) -> Kept:
    """What there is: four queries."""
    comments = Comment.objects.filter(commenter=person).aggregate(
        comments=Count("pk"), first_at=Min("written_at"), last_at=Max("written_at")
    )
    return Kept(
        **comments,
        shortlists=ShortlistEntry.objects.filter(commenter=person).count(),
        invitation=Invitation.objects.filter(commenter=person).first(),
        is_claimed=hasattr(person, "claim"),
    )


def _by_link(link: str) -> tuple[Commenter, ...]:
    """Whoever wrote the comment at ``link``: its address as it came, or an id that stands in it."""
    parts = urlsplit(link)
    ids = [value for _name, value in parse_qsl(parts.query)] + parts.path.split("/")
    ids = [each for each in ids if _ID.fullmatch(each)]
    # A network may call a comment by its post's id and its own.
    ids += [f"{post}_{comment}" for post in ids for comment in ids]
    wrote = Comment.objects.filter(Q(url=link) | Q(external_id__in=ids), commenter__isnull=False)
    people = Commenter.objects.citizens().filter(pk__in=wrote.values("commenter"))
    return tuple(people.select_related("channel").order_by("pk")[:FOUND_AT_MOST])
