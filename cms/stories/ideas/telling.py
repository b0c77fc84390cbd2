"""When the story is out: whoever had the idea is told."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet

from cms.stories.models import (
    IdeaLetter,
    IdeaState,
    LetterKind,
    StoryIdea,
    StoryPage,
)
from panel.audit.actions import SYSTEM, record
from panel.core.clock import now


@transaction.atomic
def told(story: StoryPage) -> int:
    """Close the ideas behind ``story``, and write once to each who sent one; how many letters.

    For the caller's transaction: nothing leaves before it commits, and the worker mails afterwards.
    Going live again writes to nobody a second time.
    """
    used = StoryIdea.objects.select_for_update().filter(story=story, state=IdeaState.USED)
    keys = list(used.order_by("pk").values_list("pk", flat=True))
    if not keys:
        return 0
    at = now()
    theirs = StoryIdea.objects.filter(Q(pk__in=keys) | Q(duplicate_of__in=keys))
    letters = _letters(theirs)
    StoryIdea.objects.filter(pk__in=keys).update(state=IdeaState.TOLD, closed_at=at)
    StoryIdea.objects.filter(duplicate_of__in=keys).update(closed_at=at)
    # Of each kind one an idea: what was written before is written.
    IdeaLetter.objects.bulk_create(letters, ignore_conflicts=True)
    record("idea.told", on=story, by=SYSTEM, detail={"ideas": keys, "letters": len(letters)})
    return len(letters)


def _letters(ideas: QuerySet[StoryIdea]) -> list[IdeaLetter]:
    """One for each address, however many ideas came from it."""
    reachable = ideas.order_by("pk").filter(~Q(email_mark="") | Q(suggested_by__isnull=False))
    first: dict[tuple[str, int | None], int] = {}
    for key, mark, colleague in reachable.values_list("pk", "email_mark", "suggested_by"):
        first.setdefault((mark, colleague), key)
    return [IdeaLetter(idea_id=key, kind=LetterKind.TOLD) for key in first.values()]
