"""A kind of page that goes live by a second person's yes and in no other way.

Wagtail writes pages in many ways: the editor, publishing, bulk actions, copying, aliases,
translating, restoring, scheduling, importing. All of them end in one of the few methods here, so
the rule stands here, once, below all of them: **live is only what an approval that is in use says,
to the letter** (S7).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, PagePermissionTester, Revision

from cms.review import actions
from cms.review.locks import UnderReview
from cms.review.models import Approval, State
from cms.review.sealing import contents
from panel.accounts.models import User


class NotApproved(PermissionDenied):
    """Nobody has said yes to showing this."""

    def __init__(self) -> None:
        super().__init__(
            _("A second person must approve it first. Use “Send for approval” on the page.")
        )


class ReviewedPermissions(PagePermissionTester):
    """What is left of Wagtail's permissions where approval decides what is shown."""

    def can_publish(self) -> bool:
        """Nobody, by hand: approval does it."""
        return False

    def can_publish_subpage(self) -> bool:
        """Nobody, by hand."""
        return False

    def can_unpublish(self) -> bool:
        """Taking down needs one person only: what harms must be gone at once."""
        return bool(self.page.live and self.can_edit())

    def can_schedule(self) -> bool:
        """Nobody: when it goes out is part of what is approved."""
        return False

    def can_move(self) -> bool:
        """Not while somebody looks at it."""
        return bool(super().can_move() and not self._is_waiting())

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Not while somebody looks at it, nor while it is live."""
        return bool(
            super().can_delete(ignore_bulk) and not self.page.live and not self._is_waiting()
        )

    def _is_waiting(self) -> bool:
        return Approval.objects.of(self.page).open().exists()


class Reviewed(Page):
    """Comes first among a class's bases."""

    sealed_fields: ClassVar[tuple[str, ...]]
    """What a reader sees of it, and so what is approved."""
    sealed_children: ClassVar[tuple[str, ...]] = ()
    """Related rows that belong to it; their class has ``sealed_fields`` of its own."""
    _copied_from: Page | None = None

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        """Write the row, unless that would show something nobody approved.

        Raises NotApproved. A new page that says it is live, such as a copy of a live one, is a
        draft, and an alias stays one.
        """
        shown = {"live", *self.sealed_fields}
        with transaction.atomic():
            if update_fields is None or not shown.isdisjoint(update_fields):
                approved = self._keep_to_what_was_approved()
                if approved and options.get("clean", True):
                    # It was whole when it was asked for; only its address may be another's now.
                    cast(Any, self).minimal_clean()
                    options["clean"] = False
            super().save(*args, update_fields=update_fields, **options)
            if self._copied_from is not None:
                actions.copied(self._copied_from, self)
                self._copied_from = None

    def copy_all_child_relations(self, target: Any, *args: Any, **options: Any) -> Any:
        """All of Wagtail's ways to make one page of another come by here, aliases and translations
        too: ``target``, not saved yet, is told whose words it has.
        """
        if isinstance(target, Reviewed):
            target._copied_from = self
        return super().copy_all_child_relations(target, *args, **options)

    def permissions_for_user(self, user: User | AnonymousUser) -> ReviewedPermissions:
        """Without publishing by hand, superusers included."""
        return ReviewedPermissions(user, self)

    def get_lock(self) -> Any:
        """Ours before Wagtail's: it says more."""
        waiting = Approval.objects.of(self).open().select_related("asked_by").first()
        return UnderReview(self, waiting) if waiting else super().get_lock()

    def save_revision(
        self,
        user: User | None = None,
        *,
        overwrite_revision: Revision | None = None,
        **options: Any,
    ) -> Revision:
        """Write a version; what waits for approval falls away when it says something else.

        What was sent for approval is not written over, as the editor would while somebody types:
        it stays as it was read, and who goes on writing has a version of their own.
        """
        if overwrite_revision and Approval.objects.filter(revision=overwrite_revision).exists():
            overwrite_revision = None
        with transaction.atomic():
            version = super().save_revision(
                user=user, overwrite_revision=overwrite_revision, **options
            )
            actions.changed(self, by=user)
        return version

    def delete(self, *args: Any, **options: Any) -> Any:
        """Delete it; what waits for approval has nothing to wait for."""
        with transaction.atomic():
            actions.hold(self.pk)
            actions.taken_down(self.pk)
            actions.fell_away(self.pk, why="deleted")
            return super().delete(*args, **options)

    def _keep_to_what_was_approved(self) -> bool:
        """Whether it is live, and as it was approved; what was not is a draft from here on."""
        page: Any = self
        if not page.live:
            if page.pk is not None:
                actions.taken_down(page.pk)
            return False
        if page.pk is not None:
            in_use = Approval.objects.of(page).filter(state=State.PUBLISHED).first()
            if in_use and contents(page) == in_use.contents:
                return True
            # An alias follows its original, which must not fail because of it.
            if not page.alias_of_id and Page.objects.filter(pk=page.pk).exists():
                raise NotApproved
        page.live, page.has_unpublished_changes = False, True
        page.live_revision = page.first_published_at = page.last_published_at = None
        return False
