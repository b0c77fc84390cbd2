"""One round of asking: how each person is reached, and what they say to it when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, cycle

from django.utils.text import slugify

from demo.filling.moments import Diary
from demo.filling.people import join
from demo.filling.post import BREAKS_OFF, REFUSES
from demo.world import Panelist, cast
from panel.accounts.models import User
from panel.basis.models import Route
from panel.invitations import sending
from panel.invitations.actions import (
    decline,
    hand_over,
    open_up,
    release,
    set_way,
    submit,
    write_letters,
)
from panel.invitations.keepers import LinkKeeper
from panel.invitations.models import Campaign, Invitation, Way
from panel.invitations.sealing import seal
from panel.privacy.objecting import object_for

LETTER, MAIL, REPLY = Way.LETTER, Way.EMAIL, Way.REPLY


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one invitation.

    ``sent`` and ``answered`` are days after the release, ``sent`` is None for one that is not sent.
    ``answer`` is "joins" (then ``who`` does), "declines", "opens", "objects", or "" for silence.
    """

    way: Way
    sent: float | None = 0
    answer: str = ""
    answered: float = 0
    email: str = ""
    who: Panelist | None = None


# What others do than those whose answer is known. Letters go out together, mails one by one.
USUAL = (
    Fate(LETTER, 0, "declines", 3),
    Fate(LETTER, 0),
    Fate(MAIL, 22, "opens", 24),
    Fate(LETTER, 0, "opens", 5),
    Fate(MAIL, 21),
    Fate(MAIL, 20, email=BREAKS_OFF),
    Fate(REPLY, 12),
    Fate(MAIL, 19, "declines", 22),
    Fate(LETTER, 0),
    Fate(REPLY, None),
    Fate(MAIL, 24, "opens", 25),
    Fate(MAIL, 18, email=REFUSES),
    Fate(LETTER, 0, "declines", 8),
    Fate(REPLY, 20),
)


@dataclass(slots=True)
class Round:
    """A campaign that ``maker`` made and ``releaser`` lets go, so many ``days_ago``.

    ``joiners`` are the members who come by its links, ``objector`` the cast's key of who says no
    for good.
    """

    diary: Diary
    campaign: Campaign
    maker: User
    releaser: User
    days_ago: float
    joiners: list[Panelist]
    objector: str = ""

    def go(self) -> None:
        """Choose the ways while it is a draft, submit it, and note in the diary what follows."""
        fates = list(self._fates())
        for invitation, fate in fates:
            if fate.way != invitation.way:
                email = fate.email if fate.way == MAIL else ""
                set_way(invitation, way=fate.way, email=email, by=self.maker)
        submit(self.campaign, by=self.maker)
        self.diary.note(self._day(0, hours=4), self._release)
        for invitation, fate in fates:
            self._note(invitation, fate)

    def _note(self, invitation: Invitation, fate: Fate) -> None:
        if fate.sent is not None:
            self.diary.note(self._day(fate.sent, hours=5), lambda: self._send(invitation, fate))
        if fate.answer:
            self.diary.note(self._day(fate.answered, hours=8), lambda: _answer(invitation, fate))

    def _release(self) -> None:
        release(self.campaign, seen=seal(self.campaign), by=self.releaser)
        write_letters(self.campaign, by=self.maker)

    def _send(self, invitation: Invitation, fate: Fate) -> None:
        if fate.way == MAIL:
            sending.send(invitation.pk)
        else:
            hand_over(invitation, by=self.maker)

    def _day(self, after: float, *, hours: float) -> datetime:
        return self.diary.days_ago(self.days_ago - after, hours=hours)

    def _fates(self) -> Iterator[tuple[Invitation, Fate]]:
        """Every invitation with its fate: those known by name first, then joiners, then others."""
        invitations = self.campaign.invitations.select_related("commenter", "campaign")
        asked = {_id(each): each for each in invitations.order_by("pk")}
        named = [person for person in self.joiners if person.claims]
        known = {cast[person.claims]: self._joining(person) for person in named}
        if self.objector:
            known[cast[self.objector]] = Fate(LETTER, 0, "objects", 12)
        for who, fate in known.items():
            if who in asked:
                yield asked.pop(who), fate
        unnamed = (self._joining(person) for person in self.joiners if person not in named)
        for invitation, fate in zip(asked.values(), chain(unnamed, cycle(USUAL)), strict=False):
            yield invitation, fate if fate.email else replace(fate, email=_address(invitation))

    def _joining(self, person: Panelist) -> Fate:
        """By letter while a letter's link works, later by a mail of some days before."""
        answered = self.days_ago - person.days_ago
        if answered < self.campaign.valid_days - 1:
            return Fate(LETTER, 0, "joins", answered, who=person)
        return Fate(MAIL, answered - 3, "joins", answered, email=person.email, who=person)


def _id(invitation: Invitation) -> str:
    return invitation.commenter.external_id if invitation.commenter else ""


def _address(invitation: Invitation) -> str:
    """An address the invited person could have given."""
    name = str(invitation.commenter).lower().translate(str.maketrans("æøå", "aoa"))
    return f"{slugify(name)}@borger.example"


def _answer(invitation: Invitation, fate: Fate) -> None:
    invitation.refresh_from_db()
    if fate.answer == "objects" and invitation.commenter:
        object_for(invitation.commenter, route=Route.INVITATION)
        return
    open_up(invitation)
    if fate.answer == "declines":
        decline(invitation)
    elif fate.answer == "joins" and fate.who:
        join(fate.who, key={LinkKeeper.session_key: invitation.token})
