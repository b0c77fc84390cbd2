"""A key to the calendar: the secret address under which a colleague's own calendar reads it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.core.clock import now
from panel.core.constraints import filled
from panel.core.personal import OnErasure, PersonalData


class CalendarKey(models.Model):
    """A colleague's one key. Only a hash of it is stored: who loses the address makes a new one."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("colleague"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    token_hash = models.CharField(_("hash of the key"), max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made at"), default=now)

    objects: ClassVar[models.Manager[CalendarKey]] = models.Manager()

    personal_data = PersonalData(
        personal={"user": _("Who reads the calendar elsewhere")},
        other=("id", "token_hash", "made_at"),
        purpose=_("Showing a colleague in their own calendar what goes out"),
        retention=_("Until the colleague closes the address"),
        on_erasure=OnErasure.DELETE,
    )

    class Meta:
        verbose_name = _("secret address of the calendar")
        verbose_name_plural = _("secret addresses of the calendar")
        default_permissions = ()
        constraints = [
            filled(
                "token_hash",
                name="calendarkey_has_a_hash",
                message=_("An address needs its key."),
            )
        ]

    def __str__(self) -> str:
        return str(self.user)
