"""What the staff screens of Find share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from panel.basis.gate import NoBasis
from panel.basis.permissions import may_record
from panel.basis.reports import Standing, standing
from panel.conversations.models import Commenter
from panel.engagement.actions import ShortlistRefused
from panel.engagement.criteria import Criteria
from panel.engagement.explain import (
    Term,
    Week,
    decimal,
    picture_width,
    points,
    terms,
    weeks,
    weeks_in_words,
)
from panel.engagement.models import Shortlist
from panel.engagement.reports.finding import eligible, people
from panel.engagement.reports.leaders import Candidate

CANDIDATES = gettext_lazy("Candidates")
SHORTLISTS = gettext_lazy("Shortlists")
REFUSALS = (NoBasis, ShortlistRefused, ValidationError)


def in_words(refusal: Exception) -> str:
    """What an action said no with, as one sentence."""
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)


class FindPage(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page with breadcrumbs that lead back to its list."""

    model = Shortlist
    permission_required = "view"
    header_icon = "group"
    home: tuple[str, Any] = ("candidates:index", CANDIDATES)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From the list to here."""
        name, label = self.home
        title = self.get_page_title()
        above = [] if title == label else [{"url": reverse(name), "label": label}]
        return [*self.breadcrumbs_items, *above, {"url": "", "label": title}]


class Gated(FindPage, TemplateView):
    """A page behind the gate: before there is a basis, one that says what is missing and where to
    write it.
    """

    @cached_property
    def basis(self) -> Standing:
        """How it stands with the basis, asked once."""
        return standing()

    def get_template_names(self) -> list[str]:
        """The gate is looked at first."""
        return super().get_template_names() if self.basis.record else ["engagement/closed.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page shows, once the gate is open."""
        shared = {"standing": self.basis, "may_record": may_record(self.request.user)}
        more = self.behind_the_gate() if self.basis.record else {}
        return super().get_context_data(**shared, **more, **kwargs)

    def behind_the_gate(self) -> dict[str, Any]:
        """What only an open gate lets through."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Shown:
    """One candidate, ready to show."""

    person: Commenter
    score: str
    terms: list[Term]
    weeks: list[Week]
    width: int
    is_eligible: bool
    comments: int
    weeks_in_words: str


def shown(found: Iterable[Candidate], criteria: Criteria) -> list[Shown]:
    """Candidates with names, pictures and sentences: two queries however many."""
    found = list(found)
    who = people([each.commenter for each in found])
    may = eligible(found, criteria)
    return [
        Shown(
            person=who[each.commenter],
            score=decimal(sum(points(each.measure).values())),
            terms=terms(each.facts, each.measure, criteria.window),
            weeks=weeks(each.facts, criteria.window),
            width=picture_width(criteria.window),
            is_eligible=each.commenter in may,
            comments=each.facts.comments,
            weeks_in_words=weeks_in_words(each.facts),
        )
        for each in found
        if each.commenter in who
    ]
