"""Staff screens: who works, what waits, what was given up and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import django_filters
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, Table, TitleColumn
from wagtail.admin.views.generic import BaseListingView, PermissionCheckedMixin
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from panel.accounts.models import User
from panel.core.clock import now
from panel.jobs import actions, reports
from panel.jobs.forms import DiscardForm
from panel.jobs.models import DeadLetter, LetterState
from panel.jobs.permissions import may_decide, may_see

TITLE = gettext_lazy("Background work")


class ErrorColumn(Column):
    """What went wrong in words, and as the program said it."""

    cell_template_name = "jobs/error_cell.html"


class LetterFilterSet(WagtailFilterSet):
    """By what became of them."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=LetterState.choices, empty_label=gettext_lazy("All")
    )

    class Meta:
        model = DeadLetter
        fields = ["state"]


class OverviewView(PermissionCheckedMixin, BaseListingView):
    """Everything about background work on one page."""

    model = DeadLetter
    permission_required = "view"
    page_title = TITLE
    header_icon = "tasks"
    template_name = "jobs/overview.html"
    results_template_name = "jobs/overview_results.html"
    index_url_name = "jobs:index"
    index_results_url_name = "jobs:index_results"
    default_ordering = ("-failed_at", "-id")
    filterset_class = LetterFilterSet
    paginate_by = 25
    verbose_name_plural = gettext_lazy("jobs given up")
    columns = [
        TitleColumn("name", label=gettext_lazy("Job"), url_name="jobs:letter"),
        ErrorColumn("in_words", label=gettext_lazy("What went wrong")),
        Column("tries", label=gettext_lazy("Tries")),
        DateColumn("failed_at", label=gettext_lazy("Given up")),
        StatusTagColumn(
            "state",
            label=gettext_lazy("State"),
            accessor="get_state_display",
            primary=lambda letter: letter.is_open,
        ),
    ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The figures and tables above the list; not for the part that filters refresh."""
        context = super().get_context_data(**kwargs)
        if not self.results_only:
            at = now()
            context |= {
                "working": reports.is_anyone_working(at),
                "waiting": reports.waiting(at),
                "given_up": reports.given_up(),
                "workers": _workers_table(),
                "at_work": _at_work_table(),
            }
        return context


class LetterView(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView):
    """One job that was given up, and the decision about it."""

    model = DeadLetter
    permission_required = "view"
    template_name = "jobs/letter.html"
    header_icon = "tasks"
    form: DiscardForm | None = None

    def get_page_title(self) -> str:
        """What the job does."""
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Under the page about background work."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("jobs:index"), "label": TITLE},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The letter, and the form for who may decide."""
        return super().get_context_data(
            letter=self.object,
            may_decide=self.object.is_open and may_decide(self.request.user),
            form=self.form or DiscardForm(),
            **kwargs,
        )


class DecisionView(LetterView):
    """A button below a letter: what administrators decide about it."""

    permission_required = "change"
    http_method_names = ["post"]

    def decide(self, done: str, act: Callable[..., object], **how: Any) -> HttpResponse:
        """Call the action; say that it is ``done``, or in its words why not."""
        try:
            act(self.object, by=cast(User, self.request.user), **how)
        except actions.Refused as refusal:
            messages.error(self.request, str(refusal))
        else:
            messages.success(self.request, done)
        return redirect("jobs:letter", self.object.pk)


class RunAgainView(DecisionView):
    """The button "run again"."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Queue it once more."""
        return self.decide(_("The job is in the queue again."), actions.run_again)


class DiscardView(DecisionView):
    """The button "discard", with a reason."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Let it rest; without a reason, ask for one."""
        self.form = DiscardForm(request.POST)
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=422)
        reason = self.form.cleaned_data["reason"]
        return self.decide(_("The job is discarded."), actions.discard, reason=reason)


class JobsMenuItem(MenuItem):
    """Only for those who may look."""

    def is_shown(self, request: HttpRequest) -> bool:
        """See ``permissions``."""
        return may_see(request.user)


class JobsViewSet(ViewSet):
    """The page, a job's page and its two buttons."""

    icon = "tasks"
    menu_label = TITLE
    menu_hook = "register_reports_menu_item"
    menu_order = 100
    menu_item_class = JobsMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """All under ``jobs/``."""
        return [
            path("", OverviewView.as_view(), name="index"),
            path("results/", OverviewView.as_view(results_only=True), name="index_results"),
            path("<int:pk>/", LetterView.as_view(), name="letter"),
            path("<int:pk>/run-again/", RunAgainView.as_view(), name="run_again"),
            path("<int:pk>/discard/", DiscardView.as_view(), name="discard"),
        ]


def _workers_table() -> Table:
    columns = [
        Column("host", label=_("Machine")),
        Column("pid", label=_("Process")),
        DateColumn("started_at", label=_("Started")),
        DateColumn("beat_at", label=_("Last sign of life")),
        StatusTagColumn("stopping", label=_("State"), accessor=_state_of),
    ]
    return Table(columns, reports.workers(now()))


def _state_of(worker: Any) -> str:
    if not worker.is_alive(now()):
        return _("silent")
    return _("stopping") if worker.stopping else _("at work")


def _at_work_table() -> Table:
    columns = [
        Column("name", label=_("Job")),
        DateColumn("since", label=_("Since")),
        Column("attempt", label=_("Try")),
        Column("worker", label=_("Worker")),
    ]
    return Table(columns, reports.at_work())
