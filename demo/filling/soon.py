"""One story goes live two minutes after every start of the demo, for whoever wants to see it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import translation

from cms.media.models import Picture
from cms.publishing.actions import submit
from cms.review.actions import approve
from cms.review.permissions import approvers
from cms.stories.models import StoryIndexPage, StoryPage
from demo.filling.desk import Desk
from demo.filling.newsroom import SOON
from demo.filling.quiet import quiet
from demo.filling.talk import SLUG
from demo.pictures import PICTURES
from demo.world import STAFF, stories
from panel.accounts.models import User
from panel.channels.models import Channel
from panel.core.clock import in_copenhagen, now
from panel.outbox.models import Pause

IN = timedelta(minutes=2)


class Cannot(Exception):
    """It cannot be planned; the message says why."""


def plan() -> str:
    """Write it anew, have it approved, and say in a sentence when and where it goes live.

    What the last start left of it is deleted, with whatever a visitor has made of it. Raises
    Cannot where visitors have taken away what it needs, and what the verbs raise.
    """
    told = next(each for each in stories("da") if each.state == SOON)
    author = User.objects.filter(email=STAFF[0].email, is_active=True).first()
    channel = Channel.objects.filter(slug=SLUG, is_active=True).first()
    index = StoryIndexPage.objects.filter(locale__language_code="da").first()
    if author is None or channel is None or index is None:
        raise Cannot("its author, its channel or the page of stories is not there any more.")
    with translation.override("da"), quiet():
        for old in StoryPage.objects.child_of(index).filter(slug=told.page.slug):
            old.delete()
        picture = told.facts["picture"]
        pictures = {picture: Picture.objects.filter(title=PICTURES[picture].title).first()}
        story = Desk(pictures, channel).write(told, by=author)
        due_at = (now() + IN).replace(microsecond=0)
        approval = submit(story, due_at=due_at, by=author)
        approve(approval, seen=approval.seal, by=approvers(approval)[0])
    return _told(story, due_at)


def _told(story: StoryPage, due_at: datetime) -> str:
    at = f"{in_copenhagen(due_at):%H:%M:%S}"
    is_paused = Pause.objects.of_everything().exists()
    paused = " Nothing goes out while everything is paused." if is_paused else ""
    return f"At {at} a story goes live by itself: {story.full_url}{paused}"
