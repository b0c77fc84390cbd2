"""What the calendar marks: what stands too close, quiet hours, and the weeks before an election."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from cms.publishing.quiet import Quiet
from panel.core.constraints import both_or_neither, ordered
from panel.core.personal import nothing_personal

A_DAY_IN_MINUTES: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Election:
    """The weeks before an election, both days in them, and what they mean for colleagues."""

    name: str
    first: date
    last: date
    means: str

    def holds(self, day: date) -> bool:
        """Whether ``day`` is in them."""
        return self.first <= day <= self.last

    def meets(self, first: date, last: date) -> bool:
        """Whether any day from ``first`` to ``last`` is in them."""
        return self.first <= last and first <= self.last


@register_setting(icon="calendar-alt", order=150)
class PlanningSettings(BaseGenericSetting):
    """The one row of it. It marks, and forbids nothing: a person decides."""

    apart_minutes = models.PositiveSmallIntegerField(
        _("minutes between two stories on one channel"),
        default=60,
        validators=[MaxValueValidator(A_DAY_IN_MINUTES)],
        help_text=_("What stands closer is marked. 0 marks nothing."),
    )
    quiet_from = models.TimeField(_("quiet from"), default=time(22))
    quiet_until = models.TimeField(
        _("quiet until"),
        default=time(7),
        help_text=_("The same time twice means that no hours are quiet."),
    )
    quiet_sundays = models.BooleanField(_("Sundays and public holidays are quiet"), default=True)
    election_name = models.CharField(
        _("which election"),
        max_length=80,
        blank=True,
        help_text=_("Such as: municipal election 2029."),
    )
    election_from = models.DateField(_("first day"), null=True, blank=True)
    election_until = models.DateField(_("last day"), null=True, blank=True)
    election_means = models.TextField(
        _("what it means for us"),
        max_length=500,
        blank=True,
        help_text=_("Colleagues read it over the calendar and when they choose a time."),
    )
    changed_at = models.DateTimeField(auto_now=True)

    panels = [
        FieldPanel("apart_minutes"),
        MultiFieldPanel(
            [FieldPanel("quiet_from"), FieldPanel("quiet_until"), FieldPanel("quiet_sundays")],
            heading=_("Quiet hours"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("election_name"),
                FieldPanel("election_from"),
                FieldPanel("election_until"),
                FieldPanel("election_means"),
            ],
            heading=_("The weeks before an election"),
        ),
    ]

    personal_data = nothing_personal(
        *("id", "apart_minutes", "quiet_from", "quiet_until", "quiet_sundays", "election_name"),
        *("election_from", "election_until", "election_means", "changed_at"),
    )

    class Meta:
        verbose_name = _("planning")
        constraints = [
            both_or_neither(
                "election_from",
                "election_until",
                name="planning_election_from_and_until",
                message=_("The weeks before an election have a first and a last day."),
            ),
            ordered(
                "election_from",
                "election_until",
                name="planning_election_in_order",
                message=_("The first day must not come after the last."),
            ),
            models.CheckConstraint(
                condition=models.Q(apart_minutes__lte=A_DAY_IN_MINUTES),
                name="planning_apart_a_day_at_most",
                violation_error_message=_("A day is the most there can be between two stories."),
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> PlanningSettings:
        """As it is written, or as it is until somebody writes it: one query, and no change."""
        return cls.objects.first() or cls()

    @property
    def apart(self) -> timedelta:
        """What stands closer than this is marked."""
        return timedelta(minutes=self.apart_minutes)

    @property
    def quiet(self) -> Quiet:
        """When we would rather not be heard."""
        return Quiet(self.quiet_from, self.quiet_until, on_sundays=self.quiet_sundays)

    @property
    def election(self) -> Election | None:
        """The weeks before an election, if somebody has written when."""
        if self.election_from is None or self.election_until is None:
            return None
        return Election(
            self.election_name, self.election_from, self.election_until, self.election_means
        )
