"""The whole of it, in the order in which it happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from unittest.mock import patch

from django.conf import settings
from django.utils import translation

from cms.media.models import Picture
from cms.stories.models import StoryPage
from demo.filling import ground, library, site, talk, townhall
from demo.filling.asking import Asking
from demo.filling.desk import Desk
from demo.filling.moments import Diary, at
from demo.filling.newsroom import Newsroom
from demo.filling.post import BACKEND
from demo.filling.quiet import quiet
from panel.accounts.models import User
from panel.conversations.models import Comment, Post
from panel.invitations.models import Campaign, Invitation
from panel.members.models import Member
from panel.privacy.retaining import retain

Say = Callable[[str], object]

# When the town hall began with all this: before the first member, long enough ago for two rounds.
OPENED = 170


def fill(*, comments: int, seed: int, until: datetime, say: Say) -> None:
    """Empty the demo's database and fill it with a year that ends at ``until``.

    Raises ``ground.NotOurs`` where it holds anything else, and ValueError for fewer comments than a
    year has. The same for the same arguments, but for keys and tokens that must not be guessed.
    """
    ground.make_sure_it_is_ours()
    numbers = {"comments": comments, "seed": seed}
    town = Town(Diary(until), comments, seed, say)
    with translation.override("da"), _undisturbed():
        say("Emptying what was there.")
        ground.empty()
        with at(town.diary.days_ago(OPENED, hours=0)):
            ground.begin(**numbers)
        town.note()
        town.diary.play()
        with at(until):
            say("Night: what has been kept long enough is forgotten, as every night.")
            retain()
            ground.finish(**numbers)
    say(_told())


@dataclass(slots=True)
class Town:
    """What is known so far while the diary plays."""

    diary: Diary
    comments: int
    seed: int
    say: Say
    staff: dict[str, User] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)

    def note(self) -> None:
        """Everything into the diary."""
        day = self.diary.days_ago
        self.diary.note(day(OPENED, hours=1), self._open)
        self.diary.note(day(OPENED, hours=2), self._build)
        self.diary.note(day(OPENED, hours=3), self._listen)
        self.diary.note(day(2), lambda: talk.import_cards(by=self.staff["comms"]))

    def _open(self) -> None:
        self.say("Town hall: staff, departments, the controller's record.")
        self.staff = townhall.employ()
        townhall.decide(by=self.staff["administrator"])
        townhall.keep_lists()

    def _build(self) -> None:
        self.say("Site: pictures are drawn, pages written in Danish and English.")
        self.pictures = library.hang_pictures(by=self.staff["comms"])
        site.dress(self.pictures)
        site.build(self.pictures, by=self.staff["comms"])

    def _listen(self) -> None:
        self.say(f"Page: {self.comments} comments of a year, taken in like a file.")
        comms = self.staff["comms"]
        numbers = {"comments": self.comments, "seed": self.seed}
        channel = talk.open_channel(by=comms)
        talk.take_in(channel, **numbers, until=self.diary.until, say=self.say)
        self.say("Half a year of work: moderation, shortlists, campaigns, people who join.")
        talk.decide_about(self.diary, channel, **numbers, by=comms)
        Asking(self.diary, channel, comms, self.staff["editor"], self.seed).note()
        self.say("Ten weeks of stories: written, approved by a second person, out on time or not.")
        Newsroom(self.diary, Desk(self.pictures, channel), self.staff).note()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Whatever the settings say: no letter leaves, and Wagtail need not tell of every page."""
    with quiet(), patch.object(settings, "EMAIL_BACKEND", BACKEND):
        yield


def _told() -> str:
    counts = {
        "posts": Post.objects.count(),
        "comments": Comment.objects.count(),
        "members": Member.objects.count(),
        "campaigns": Campaign.objects.count(),
        "stories": StoryPage.objects.live().count(),
        "invitations": Invitation.objects.count(),
    }
    return "There are " + ", ".join(f"{number} {what}" for what, number in counts.items()) + "."
