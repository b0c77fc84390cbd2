"""One try at saying something to the outside."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.channels.outgoing import Outcome
from panel.core.constraints import one_of, ordered
from panel.core.personal import nothing_personal
from panel.outbox.models.outgoing import Outgoing

OUTCOMES = [(outcome.value, outcome.value) for outcome in Outcome]


class Attempt(models.Model):
    """Committed before the network is called, so that no call is ever forgotten.

    Without an outcome it is under way, or whoever made it died.
    """

    outgoing = models.ForeignKey(
        Outgoing, verbose_name=_("outgoing"), on_delete=models.CASCADE, related_name="attempts"
    )
    number = models.PositiveIntegerField(_("number"))
    started_at = models.DateTimeField(_("started at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, blank=True, choices=OUTCOMES)
    code = models.CharField(_("the network’s word"), max_length=40, blank=True)
    trace = models.CharField(_("trace for the network’s support"), max_length=80, blank=True)

    objects: ClassVar[models.Manager[Attempt]]

    personal_data = nothing_personal(
        *("id", "outgoing", "number", "started_at", "ended_at", "outcome", "code", "trace")
    )

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ("outgoing", "number")
        default_permissions = ()
        constraints = [
            one_of(
                "outcome",
                [*Outcome, ""],
                name="attempt_outcome_known",
                message=_("Choose an outcome."),
            ),
            ordered(
                "started_at",
                "ended_at",
                name="attempt_period",
                message=_("A try ends after it began."),
            ),
            models.UniqueConstraint(
                fields=("outgoing", "number"),
                name="attempt_numbered",
                violation_error_message=_("There is such a try already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outgoing} #{self.number}"
