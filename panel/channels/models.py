"""Channel: a place where citizens write and we publish."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.core.clock import now
from panel.core.constraints import filled, one_of
from panel.core.personal import nothing_personal


class Kind(models.TextChoices):
    """What a channel is.

    A kind is a folder beside this file with an adapter in it.
    """

    BYHAND = "byhand", _("By hand")
    SITE = "site", _("This site")


class ChannelQuerySet(models.QuerySet["Channel"]):
    """Questions about channels."""

    def active(self) -> ChannelQuerySet:
        """Those in use."""
        return self.filter(is_active=True)


class Channel(models.Model):
    """A place where citizens write.

    ``scope`` says within what their ids are the same people.
    """

    slug = models.SlugField(_("short name"), max_length=50, unique=True)
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    external_id = models.CharField(
        _("id on the network"), max_length=100, blank=True, help_text=_("For example the page id.")
    )
    url = models.URLField(_("address"), blank=True)
    # Two channels with one scope know the same people by the same ids: a page, and a file exported
    # from it. Objections are kept per scope, so it is fixed when the channel is made.
    scope = models.CharField(_("identity scope"), max_length=160, editable=False)
    is_active = models.BooleanField(_("in use"), default=True)
    created_at = models.DateTimeField(_("created at"), default=now, editable=False)

    objects: ClassVar[models.Manager[Channel]] = ChannelQuerySet.as_manager()

    personal_data = nothing_personal(
        "id", "slug", "name", "kind", "external_id", "url", "scope", "is_active", "created_at"
    )

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ("name",)
        constraints = [
            one_of("kind", Kind, name="channel_kind_known", message=_("Choose a kind of channel.")),
            filled("name", name="channel_has_name", message=_("Give the channel a name.")),
            filled("scope", name="channel_has_scope", message=_("A channel needs a scope.")),
        ]

    def __str__(self) -> str:
        return self.name
