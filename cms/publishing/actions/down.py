"""Taking a story off the site: by anybody who may edit it, at once; or by the watchman."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction

from cms.publishing.models import Publication
from cms.review import actions as review
from cms.review.actions import Refused
from cms.review.models import Approval, State
from cms.stories.models import StoryPage
from panel.accounts.models import User
from panel.audit.actions import SYSTEM, record

# Who did it, in the trail: the approval itself only notes that it is so.
TAKEN_DOWN: Final = "story.taken_down"
REMOVED: Final = "story.removed"


@transaction.atomic
def take_down(story: StoryPage, *, why: str, by: User) -> StoryPage:
    """It is off the site when this returns, and nothing more of it is posted by hand.

    One person is enough: what harms must be gone. Raises Refused without a reason, or when it is
    not on the site.
    """
    if not why.strip():
        raise Refused(_("Write why, so that your colleagues know."))
    review.hold(story.pk)
    story = StoryPage.objects.get(pk=story.pk)
    if not story.live:
        raise Refused(_("It is not on the site any more. Somebody was quicker than you."))
    shown = Approval.objects.of(story).filter(state=State.PUBLISHED).first()
    Publication.objects.filter(approval=shown).update(why=why.strip())
    UnpublishPageAction(story, user=by).execute(skip_permission_checks=True)
    record(TAKEN_DOWN, on=shown or story, by=by, detail={"page": story.pk})
    return story


@transaction.atomic
def remove(story: StoryPage, *, why: str) -> None:
    """Take down what the watchman found. ``why`` is one word for the trail.

    Part of the caller's transaction, which holds the page and has seen that it must go.
    """
    shown = Approval.objects.of(story).filter(state=State.PUBLISHED).first()
    UnpublishPageAction(story).execute(skip_permission_checks=True)
    record(REMOVED, on=shown or story, by=SYSTEM, detail={"page": story.pk, "why": why})
