"""Who may have ideas, see them, and decide about them."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from cms.stories.models import StoryIdea, StoryIndexPage
from panel.accounts.models import User

Anyone = User | AnonymousUser


def may_add(user: Anyone) -> bool:
    """Every colleague."""
    return user.has_perm("stories.add_storyidea")


def may_see_all(user: Anyone) -> bool:
    """Those who write stories."""
    return user.has_perm("stories.view_storyidea")


def seen_by(user: User) -> QuerySet[StoryIdea]:
    """What ``user`` may see: all of it, or what they sent in and what they were given."""
    ideas: QuerySet[StoryIdea] = StoryIdea.objects.all()
    if not may_add(user):
        return ideas.none()
    return ideas if may_see_all(user) else StoryIdea.objects.of_interest_to(user.pk)


def may_decide(user: Anyone, idea: StoryIdea) -> bool:
    """Those who write stories, and whoever was given the idea."""
    return user.has_perm("stories.change_storyidea") or idea.owner_id == user.pk


def indexes_for(user: User) -> list[StoryIndexPage]:
    """The pages of stories that ``user`` may write below, the first language first."""
    found = StoryIndexPage.objects.select_related("locale").order_by("path")
    return [page for page in found if page.permissions_for_user(user).can_add_subpage()]
