"""The way in: what a visitor carries from page to page, and the doors that other apps may add.

A door (an invitation's link, an open call) puts its key into the session; when the visitor joins,
its keeper redeems the key in the same transaction. Keepers live above this app and register
themselves, so members knows of none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from django.db import transaction

from panel.accounts.models import User
from panel.conversations.models import Commenter
from panel.members.actions import MembershipRefused, join
from panel.members.models import ConsentText, Door, Member

Session = Any

# Whose comments led this visitor here: asked about once, and gone with the session.
OFFERED = "members.offered"


class DoorClosed(MembershipRefused):
    """The key does not fit any more: used, lapsed or withdrawn.

    The open door stays open.
    """


@dataclass(frozen=True, slots=True)
class Welcome:
    """Which door it was, and whose comments it was opened for, if anybody's."""

    door: Door
    commenter: Commenter | None = None


class Keeper(Protocol):
    """What an app that leads people in must answer."""

    session_key: str

    def redeem(self, key: str, *, member: Member) -> Welcome:
        """Use ``key`` up for ``member``.

        Runs in the joining transaction. Raises DoorClosed.
        """


_keepers: list[Keeper] = []


def register(keeper: Keeper) -> None:
    """Add a door.

    Called from the keeper's AppConfig, once.
    """
    if keeper not in _keepers:
        _keepers.append(keeper)


def bring_key(session: Session, keeper: Keeper, key: str) -> None:
    """The visitor came through ``keeper``'s door and carries its key from now on."""
    put_down_keys(session)
    session[keeper.session_key] = key


def put_down_keys(session: Session) -> None:
    """Forget every key: the visitor goes on through the open door."""
    for keeper in _keepers:
        session.pop(keeper.session_key, None)


def carries_a_key(session: Session) -> bool:
    """Whether the visitor came through a door of some keeper."""
    return any(keeper.session_key in session for keeper in _keepers)


@transaction.atomic
def join_through_door(
    session: Session,
    user: User,
    *,
    text: ConsentText,
    birth_year: int,
    has_turned_fifteen: bool,
) -> Member:
    """Join, and redeem the key the visitor carries; both or neither.

    Raises TooYoung as ``join``, and DoorClosed when the key does not fit: nothing happened then,
    and the visitor may put the key down and join all the same.
    """
    member = join(
        user,
        text=text,
        birth_year=birth_year,
        has_turned_fifteen=has_turned_fifteen,
        by=user,
    )
    for keeper in _keepers:
        key = session.get(keeper.session_key)
        if key:
            welcome = keeper.redeem(key, member=member)
            member.door = welcome.door
            member.save(update_fields=["door"])
            if welcome.commenter:
                session[OFFERED] = welcome.commenter.pk
    put_down_keys(session)
    return member


def offered(session: Session) -> Commenter | None:
    """The commenter whom this visitor may say they are: they came through the link that person was
    sent, and have not answered yet.
    """
    key = session.get(OFFERED)
    return Commenter.objects.select_related("channel").filter(pk=key).first() if key else None


def offer_answered(session: Session) -> None:
    """It is not asked again."""
    session.pop(OFFERED, None)
