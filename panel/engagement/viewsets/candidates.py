"""Candidates: who takes part most, each with the reasons, and why somebody is not among them."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from panel.accounts.models import User
from panel.audit.actions import record
from panel.core.clock import now
from panel.engagement import explain
from panel.engagement.criteria import Criteria
from panel.engagement.forms import CriteriaForm, LookupForm
from panel.engagement.measures import WEIGHTS_V1
from panel.engagement.models import Shortlist
from panel.engagement.permissions import may_choose
from panel.engagement.reports.finding import FOUND_AT_MOST, candidates, why_not
from panel.engagement.viewsets.shared import CANDIDATES, Gated, shown

PER_PAGE = 25


def asked_of(request: HttpRequest) -> tuple[CriteriaForm, Criteria]:
    """The form as it was filled, and what it asks; what cannot be right is left out and said."""
    form = CriteriaForm(request.GET or request.POST)
    if form.is_valid():
        return form, form.criteria()
    return form, Criteria(at=now().replace(microsecond=0))


def as_query(criteria: Criteria, **more: Any) -> str:
    """What was asked, for an address: the same moment on every page."""
    kept = {key: value for key, value in criteria.as_json().items() if value and key != "version"}
    return urlencode({**kept, **more})


class CandidatesView(Gated):
    """The list."""

    page_title = CANDIDATES
    template_name = "engagement/candidates.html"

    def behind_the_gate(self) -> dict[str, Any]:
        """One page of candidates; as many queries for any page and any number of people."""
        form, criteria = asked_of(self.request)
        page = _page_of(self.request)
        found = candidates(criteria, limit=PER_PAGE + 1, skip=(page - 1) * PER_PAGE)
        return {
            "form": form,
            "criteria": criteria,
            "rows": shown(found[:PER_PAGE], criteria),
            "first_place": (page - 1) * PER_PAGE + 1,
            "page": page,
            "previous": as_query(criteria, page=page - 1) if page > 1 else "",
            "next": as_query(criteria, page=page + 1) if len(found) > PER_PAGE else "",
            "query": as_query(criteria),
            "bar": explain.decimal(WEIGHTS_V1.bar),
            "may_choose": may_choose(self.request.user),
            "lists": list(Shortlist.objects.live(now())),
            "lookup": LookupForm(),
        }


class WhyNotView(Gated):
    """Why is somebody not on the list? Asked by name; that it was asked goes into the trail."""

    page_title = gettext_lazy("Why is somebody not on the list?")
    template_name = "engagement/why_not.html"

    def behind_the_gate(self) -> dict[str, Any]:
        """The answers, each as a sentence."""
        _form, criteria = asked_of(self.request)
        lookup = LookupForm(self.request.GET)
        name = lookup.cleaned_data["name"].strip() if lookup.is_valid() else ""
        if name:
            by = cast(User, self.request.user)
            record("candidates.asked", on=("engagement.candidates", "name"), by=by)
        answers = why_not(name, criteria)
        return {
            "lookup": lookup,
            "name": name,
            "criteria": criteria,
            "query": as_query(criteria),
            "answers": [(each, explain.reason(each, criteria.weights)) for each in answers],
            "is_cut": len(answers) == FOUND_AT_MOST,
        }


def _page_of(request: HttpRequest) -> int:
    wanted = request.GET.get("page", "")
    return max(1, int(wanted)) if wanted.isascii() and wanted.isdigit() else 1
