"""What colleagues do with ideas, one verb each."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from cms.stories.ideas.moves import MoveRefused, check
from cms.stories.models import IdeaState, Kind, StoryIdea
from panel.accounts.models import User
from panel.audit.actions import record
from panel.conversations.models import Department
from panel.core.clock import now
from panel.members.models import Area


def hold(*ideas: StoryIdea) -> list[StoryIdea]:
    """The ideas as they are now, held to the end of the transaction, in the order they are given.

    Raises StoryIdea.DoesNotExist for one that was forgotten meanwhile.
    """
    keys = [idea.pk for idea in ideas]
    rows = StoryIdea.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    found = {row.pk: row for row in rows}
    if missing := set(keys) - found.keys():
        raise StoryIdea.DoesNotExist(f"Idea {missing.pop()} is not there any more.")
    return [found[key] for key in keys]


def sort(
    idea: StoryIdea,
    *,
    owner: User | None,
    department: Department | None,
    area: Area | None,
    kind: Kind | str = "",
    by: User,
) -> StoryIdea:
    """Say who looks after it, whose work it tells of, where it is and what kind of story it is."""
    with transaction.atomic():
        [idea] = hold(idea)
        had = idea.owner_id
        idea.owner, idea.department, idea.area, idea.kind = owner, department, area, str(kind)
        idea.save(update_fields=["owner", "department", "area", "kind"])
        record("idea.sorted", on=idea, by=by, detail={"had": had, "owner": idea.owner_id})
    return idea


@transaction.atomic
def take(idea: StoryIdea, *, by: User) -> StoryIdea:
    """Look after it oneself. Raises MoveRefused where a colleague does already."""
    [idea] = hold(idea)
    if idea.owner_id not in (None, by.pk):
        raise MoveRefused(_("A colleague has taken it meanwhile."))
    idea.owner = by
    idea.save(update_fields=["owner"])
    record("idea.taken", on=idea, by=by)
    return idea


@transaction.atomic
def keep(idea: StoryIdea, *, by: User) -> StoryIdea:
    """It is worth telling. Whoever says so looks after it, unless somebody does. Raises
    MoveRefused."""
    [idea] = hold(idea)
    check(idea.state, IdeaState.KEPT)
    if idea.state != IdeaState.NEW:
        raise MoveRefused(_("The idea is not new any more. Reload the page."))
    if idea.owner_id is None:
        idea.owner = by
    idea.state = IdeaState.KEPT
    idea.save(update_fields=["state", "owner"])
    record("idea.kept", on=idea, by=by)
    return idea


@transaction.atomic
def decline(idea: StoryIdea, *, reason: str, by: User) -> StoryIdea:
    """It is not told, with the reason for colleagues. Raises MoveRefused."""
    [idea] = hold(idea)
    check(idea.state, IdeaState.DECLINED)
    idea.state, idea.reason, idea.closed_at = IdeaState.DECLINED, reason, now()
    idea.save(update_fields=["state", "reason", "closed_at"])
    idea.duplicates.update(closed_at=idea.closed_at)
    record("idea.declined", on=idea, by=by)
    return idea


@transaction.atomic
def undo(idea: StoryIdea, *, by: User) -> StoryIdea:
    """Take a decline or a merging back, or go on without the story that was deleted: the idea is
    kept. Raises MoveRefused."""
    [idea] = hold(idea)
    check(idea.state, IdeaState.KEPT)
    if idea.state == IdeaState.NEW or (idea.state == IdeaState.USED and idea.story_id):
        raise MoveRefused(_("There is nothing to take back."))
    was = idea.state
    idea.state, idea.reason, idea.closed_at, idea.duplicate_of = IdeaState.KEPT, "", None, None
    if idea.owner_id is None:
        idea.owner = by
    idea.save(update_fields=["state", "reason", "closed_at", "duplicate_of", "owner"])
    idea.duplicates.update(closed_at=None)
    record("idea.put_back", on=idea, by=by, detail={"was": was})
    return idea


@transaction.atomic
def merge(idea: StoryIdea, *, into: StoryIdea, by: User) -> StoryIdea:
    """It is the same as ``into``, which goes on for both; what was merged with it goes along.

    Raises MoveRefused for itself, and for one that nothing can come of any more.
    """
    if idea.pk == into.pk:
        raise MoveRefused(_("Choose another idea than this one."))
    idea, into = hold(idea, into)
    check(idea.state, IdeaState.MERGED)
    if not into.is_open:
        raise MoveRefused(_("The other idea is closed. Choose one that is open."))
    idea.duplicates.update(duplicate_of=into)
    idea.state, idea.duplicate_of = IdeaState.MERGED, into
    idea.save(update_fields=["state", "duplicate_of"])
    record("idea.merged", on=idea, by=by, detail={"into": into.pk})
    return idea
