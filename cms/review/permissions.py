"""Who may say yes: a second person, and never one who had a hand in it."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from wagtail.models import Page, Revision

from cms.review.models import OPEN, Approval, State
from panel.accounts.models import User
from panel.accounts.roles import Role


def authors(page: Page) -> set[int]:
    """Everybody who changed anything of ``page`` since a version of it was approved and live.

    With their hands in it, too: who wrote the same story in another language, and whose draft was
    copied (a copy keeps its versions). Superusers are people like others here.
    """
    last = (
        Approval.objects.of(page)
        .filter(state__in=(State.PUBLISHED, State.SUPERSEDED, State.TAKEN_DOWN))
        .order_by("-published_at")
        .values_list("revision_id", flat=True)
        .first()
    )
    versions = Revision.page_revisions.filter(object_id=str(page.pk), user__isnull=False)
    if last is not None:
        versions = versions.filter(pk__gt=last)
    found = set(versions.values_list("user_id", flat=True))
    if last is None:
        siblings = Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
        others = [str(pk) for pk in siblings.values_list("pk", flat=True)]
        written = Revision.page_revisions.filter(object_id__in=others, user__isnull=False)
        found |= set(written.values_list("user_id", flat=True))
        found |= {page.owner_id} if page.owner_id else set()
    return found


def may_approve(user: User | AnonymousUser, approval: Approval) -> bool:
    """Whether this one person may decide: has the right, and no hand in it."""
    return (
        isinstance(user, User)
        and user.is_active
        and user.has_perm("review.give_approval")
        and user.pk not in _hands(approval)
    )


def still_stands(approval: Approval) -> bool:
    """Whether whoever said yes still is one who may: a yes leaves with the one who gave it."""
    by = approval.decided_by
    return by is not None and by.is_active and by.has_perm("review.give_approval")


def approvers(approval: Approval) -> list[User]:
    """The editors who may decide, to be asked by mail. In the order of their names."""
    return list(_editors().exclude(pk__in=_hands(approval)).order_by("name", "pk"))


def who_could(page: Page, *, asked_by: User) -> list[User]:
    """The editors who could decide, if ``asked_by`` sent ``page`` as it is now."""
    hands = authors(page) | {asked_by.pk}
    return list(_editors().exclude(pk__in=hands).order_by("name", "pk"))


def others(than: Iterable[int]) -> bool:
    """Whether there is an editor besides these."""
    return bool(_editors().exclude(pk__in=set(than)).exists())


def _hands(approval: Approval) -> set[int]:
    known = {approval.asked_by_id, *approval.authors}
    if approval.state in OPEN and approval.page is not None:
        known |= authors(approval.page)
    return known


def _editors() -> QuerySet[User]:
    return User.objects.filter(
        Q(groups__name=Role.EDITOR.value) | Q(is_superuser=True), is_active=True
    ).distinct()
