"""The watchman: what is live without a second person's yes comes off the site, and is told of.

Nothing the product does leads there. It sees what was written past the product, into the database.
"""

from __future__ import annotations

import logging
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from cms.publishing.actions import remove
from cms.review import actions as review
from cms.review.models import Approval, State
from cms.review.sealing import contents
from cms.stories.models import StoryPage
from panel.jobs.current import current_job

UNAPPROVED: Final = "unapproved"
ALTERED: Final = "altered"

_log = logging.getLogger(__name__)


def look() -> int:
    """Take down what is live and was never approved; how many. One query where there is none."""
    return sum(_settle(key) for key in _unapproved().values_list("pk", flat=True))


def compare() -> int:
    """Take down what is live and says something else than what was approved; how many.

    Reads every live story: for the night.
    """
    found = 0
    for key in StoryPage.objects.live().order_by("pk").values_list("pk", flat=True):
        found += _settle(key)
        current_job().checkpoint()
    return found


def _unapproved() -> QuerySet[StoryPage]:
    shown = Approval.objects.filter(page=OuterRef("pk"), state=State.PUBLISHED)
    return StoryPage.objects.live().filter(~Exists(shown))


@transaction.atomic
def _settle(key: int) -> bool:
    """Look again with the page held, for it may just be going live; take it down if it must go."""
    review.hold(key)
    story = StoryPage.objects.live().filter(pk=key).first()
    if story is None:
        return False
    shown = Approval.objects.of(story).filter(state=State.PUBLISHED).first()
    if shown is not None and contents(story) == shown.contents:
        return False
    why = UNAPPROVED if shown is None else ALTERED
    remove(story, why=why)
    _log.error("Took down story %s, which nobody had approved (%s).", key, why)
    return True
