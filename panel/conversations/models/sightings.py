"""What was hidden, shown, changed or taken away on a network: written once, never changed."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panel.channels.models import Channel
from panel.core.clock import now
from panel.core.constraints import filled, one_of
from panel.core.personal import nothing_personal


class What(models.TextChoices):
    """What happened over there."""

    REMOVED = "removed", _("Gone")
    HIDDEN = "hidden", _("Hidden")
    SHOWN = "shown", _("Shown again")
    EDITED = "edited", _("Changed")


class Thing(models.TextChoices):
    """To what it happened."""

    POST = "post", _("Post")
    COMMENT = "comment", _("Comment")


class How(models.TextChoices):
    """How we know."""

    TOLD = "told", _("The network told us")
    READ = "read", _("Found when the network was read")


class SightingQuerySet(models.QuerySet["Sighting"]):
    """Questions about what was seen. It has no way to change it."""

    def vanished(self) -> SightingQuerySet:
        """What citizens cannot see any more, without our doing."""
        return self.filter(what__in=(What.REMOVED, What.HIDDEN), by_us=False)

    def of_thread(self, channel_id: int, post_external_id: str) -> SightingQuerySet:
        """What happened to one post and the comments under it."""
        return self.filter(channel_id=channel_id, post_external_id=post_external_id)

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused: it is written once."""
        raise PermissionDenied("What was seen on a network is never changed.")

    def delete(self) -> NoReturn:
        """Refused: it is kept."""
        raise PermissionDenied("What was seen on a network is kept.")


class Sighting(models.Model):
    """One thing that happened to one post or comment, as the network said or showed it.

    Which, by the network's ids, when it happened there (for what was found by reading: when it was
    looked for), when we learned of it, and how. ``by_us``: a colleague had decided it here before.
    ``copy`` is what stood there, kept of the municipality's own words only (``is_ours``): what a
    citizen took back is gone, and neither its words nor who wrote it stand here.
    """

    channel = models.ForeignKey(
        Channel,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        verbose_name=_("channel"),
    )
    post_external_id = models.CharField(_("the post's id"), max_length=255, blank=True)
    external_id = models.CharField(_("id on the network"), max_length=255)
    parent_external_id = models.CharField(_("parent's id"), max_length=255, blank=True)
    thing = models.CharField(_("thing"), max_length=10, choices=Thing.choices)
    what = models.CharField(_("what happened"), max_length=10, choices=What.choices)
    how = models.CharField(_("how we know"), max_length=10, choices=How.choices)
    is_ours = models.BooleanField(_("our own words"), default=False)
    by_us = models.BooleanField(_("our own doing"), default=False)
    copy = models.TextField(_("what stood there"), blank=True)
    happened_at = models.DateTimeField(_("happened at"))
    learned_at = models.DateTimeField(_("learned at"), default=now)

    objects: ClassVar[models.Manager[Sighting]] = SightingQuerySet.as_manager()

    personal_data = nothing_personal(
        *("id", "channel", "post_external_id", "external_id", "parent_external_id", "thing"),
        *("what", "how", "is_ours", "by_us", "copy", "happened_at", "learned_at"),
    )

    class Meta:
        verbose_name = _("seen on a network")
        verbose_name_plural = _("seen on networks")
        default_permissions = ()
        indexes = [
            models.Index(fields=["channel", "post_external_id", "id"], name="sighting_in_thread"),
        ]
        constraints = [
            one_of("thing", Thing, name="sighting_thing_known", message=_("Choose a thing.")),
            one_of("what", What, name="sighting_what_known", message=_("Say what happened.")),
            one_of("how", How, name="sighting_how_known", message=_("Say how we know.")),
            filled(
                "external_id",
                name="sighting_has_id",
                message=_("What was seen needs the network's id."),
            ),
            models.CheckConstraint(
                condition=Q(copy="") | Q(is_ours=True),
                name="sighting_copies_own_words",
                violation_error_message=_("Only our own words are copied."),
            ),
            models.UniqueConstraint(
                fields=("channel", "external_id", "what", "happened_at", "is_ours"),
                name="sighting_once",
                violation_error_message=_("This is noted already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.external_id}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused, as for many."""
        raise PermissionDenied("What was seen on a network is kept.")
