"""Who may say yes: a second person, and never one who had a hand in it."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from wagtail.models import Page, Revision

from cms.review.models import OPEN, SHOWN, Approval, Hand
from panel.accounts.models import User
from panel.accounts.reports import holders
from panel.accounts.roles import Role


def authors(page: Page) -> set[int]:
    """Everybody who changed anything of ``page`` since a version of it was approved and live, or
    sent it for approval since.

    Superusers are people like others here.
    """
    found: set[int] = set()
    rounds = Approval.objects.of(page).order_by("-asked_at", "-pk")
    for state, version, hands in rounds.values_list("state", "revision_id", "authors"):
        if state in SHOWN:
            if not version:  # it was purged: nothing tells what is later
                break
            later = Revision.page_revisions.filter(object_id=str(page.pk), pk__gt=version)
            return found | _wrote(later)
        found |= set(hands)
    return found | ever(page)


def ever(page: Page) -> set[int]:
    """Everybody who has had a hand in ``page`` at any time.

    With their hands in it, too: who wrote the same story in another language, and who wrote what it
    was copied from.
    """
    same = Page.objects.filter(translation_key=page.translation_key).values_list("pk", flat=True)
    found = _wrote(Revision.page_revisions.filter(object_id__in=[str(pk) for pk in same]))
    found |= set(Hand.objects.filter(page__in=same).values_list("user_id", flat=True))
    return found | ({page.owner_id} if page.owner_id else set())


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


def _wrote(versions: QuerySet[Revision]) -> set[int]:
    return set(versions.filter(user__isnull=False).values_list("user_id", flat=True))


def _hands(approval: Approval) -> set[int]:
    known = {approval.asked_by_id, *approval.authors}
    if approval.state in OPEN and approval.page is not None:
        known |= authors(approval.page)
    return known


def _editors() -> QuerySet[User]:
    return holders(Role.EDITOR)
