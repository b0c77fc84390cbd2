"""Ideas: the backlog, a new one, and one with everything about it."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import BaseListingView

from cms.stories.ideas.arriving import suggest
from cms.stories.ideas.moves import MOVES
from cms.stories.ideas.permissions import indexes_for, may_decide, may_see_all, seen_by
from cms.stories.mix.counting import reminder
from cms.stories.models import IdeaState, Source, StoryIdea
from cms.stories.models.ideas import OPEN
from cms.stories.viewsets.forms import NewIdeaForm, SortForm, colleagues
from cms.stories.viewsets.shared import IDEAS, IdeasPage, OneIdea
from panel.conversations.models import Department
from panel.core.clock import in_copenhagen, now

A_PAGE = 25
KINDS_OF_FILE = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


class IdeaFilters(WagtailFilterSet):
    """By state, person, department and source."""

    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"), choices=IdeaState.choices, widget=CheckboxSelectMultiple
    )
    mine = django_filters.ChoiceFilter(
        label=gettext_lazy("Mine"),
        choices=[("yes", gettext_lazy("Those I look after"))],
        method="only_mine",
        widget=RadioSelect,
        empty_label=None,
    )
    owner = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Who looks after it"),
        queryset=lambda request: colleagues(),
        widget=RadioSelect,
        empty_label=None,
        null_label=gettext_lazy("Nobody yet"),
    )
    department = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Department"),
        queryset=lambda request: Department.objects.all(),
        widget=RadioSelect,
        empty_label=None,
    )
    source = django_filters.ChoiceFilter(
        label=gettext_lazy("From"), choices=Source.choices, widget=RadioSelect, empty_label=None
    )

    class Meta:
        model = StoryIdea
        fields: list[str] = []

    def only_mine(self, rows: QuerySet[StoryIdea], _name: str, _yes: str) -> QuerySet[StoryIdea]:
        """Those the one who looks has been given."""
        return rows.filter(owner=self.request.user.pk)


class IdeaList(IdeasPage, BaseListingView):
    """The backlog: what waits for an answer first, the oldest above."""

    model = StoryIdea
    page_title = IDEAS
    template_name = "stories/admin/ideas.html"
    results_template_name = "stories/admin/ideas_results.html"
    index_url_name = "ideas:index"
    index_results_url_name = "ideas:index_results"
    default_ordering = ("waits", "answer_due", "received_at", "pk")
    paginate_by = A_PAGE
    filterset_class = IdeaFilters
    is_searchable = True
    search_fields = ("text", "place")
    columns = [
        TitleColumn("idea", label=gettext_lazy("Idea"), accessor=str, url_name="ideas:idea"),
        StatusTagColumn(
            "state",
            label=gettext_lazy("State"),
            accessor="get_state_display",
            primary=lambda idea: idea.state == IdeaState.NEW,
        ),
        Column("due", label=gettext_lazy("Answer"), accessor=lambda idea: promise(idea)),
        Column("owner", label=gettext_lazy("Who looks after it")),
        Column("department", label=gettext_lazy("Department")),
        Column("source", label=gettext_lazy("From"), accessor="get_source_display"),
        DateColumn("received_at", label=gettext_lazy("Received")),
    ]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """This is the list itself."""
        return [*self.breadcrumbs_items, {"url": "", "label": IDEAS}]

    def get_base_queryset(self) -> QuerySet[StoryIdea]:
        """Open ones, unless states are asked for or something is sought."""
        rows = seen_by(self.user).select_related("owner", "department")
        # Not shown here, so not opened either.
        rows = rows.defer("name", "email", "phone")
        if not (self.request.GET.get("state") or self.request.GET.get("q")):
            rows = rows.filter(state__in=OPEN)
        unanswered = When(answer_due__isnull=False, answered_at__isnull=True, then=Value(0))
        return rows.annotate(waits=Case(unanswered, default=Value(1), output_field=IntegerField()))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many answers are late, and for those who write stories what the mix lacks."""
        late = seen_by(self.user).filter(
            answer_due__lt=in_copenhagen(now()).date(), answered_at__isnull=True
        )
        sees_all = may_see_all(self.user)
        return super().get_context_data(
            late=late.count(),
            sees_all=sees_all,
            lacks=reminder(now()) if sees_all and not self.results_only else [],
            **kwargs,
        )


class NewIdea(IdeasPage, FormView[NewIdeaForm]):
    """A colleague's idea."""

    page_title = gettext_lazy("New idea")
    template_name = "stories/admin/new.html"
    form_class = NewIdeaForm

    def form_valid(self, form: NewIdeaForm) -> HttpResponse:
        """Take it in, and show it."""
        data = form.cleaned_data
        idea = suggest(
            data["text"],
            language=get_language() or "da",
            by=self.user,
            photo=form.chosen_photo(),
            people_know=data["people_know"],
            **{name: data[name] for name in ("place", "area", "department", "kind")},
        )
        messages.success(self.request, _("Thank you. Your idea is on the list."))
        return redirect("ideas:idea", idea.pk)


class IdeaPage(OneIdea, TemplateView):
    """One idea: what, from whom, what was promised, and what can be done."""

    template_name = "stories/admin/idea.html"

    def get_page_title(self) -> str:
        """How it begins."""
        return str(self.idea)

    def above(self) -> list[dict[str, Any]]:
        """Nothing: this is it."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything the page shows; the same number of queries however much it is."""
        idea = self.idea
        about = {name: getattr(idea, f"{name}_id") for name in ("owner", "department", "area")}
        return super().get_context_data(
            idea=idea,
            letters=list(idea.letters.all()),
            duplicates=list(idea.duplicates.order_by("pk")),
            promise=promise(idea),
            decides=may_decide(self.user, idea),
            writes=bool(indexes_for(self.user)),
            onward=MOVES[idea.state],
            can_put_back=idea.state in (IdeaState.DECLINED, IdeaState.MERGED)
            or (idea.state == IdeaState.USED and idea.story is None),
            is_mine=idea.owner_id == self.user.pk,
            form=SortForm(initial={**about, "kind": idea.kind}),
            **kwargs,
        )


class Photo(OneIdea, View):
    """The photo of a tip, for colleagues only, and as nothing but a picture (S11)."""

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        """The file; 404 where there is none any more."""
        photo = self.idea.photo
        kind = KINDS_OF_FILE.get(photo.name.rpartition(".")[2]) if photo else None
        if kind is None or not photo.storage.exists(photo.name):
            raise Http404
        answer = FileResponse(photo.open("rb"), content_type=kind)
        answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Cache-Control"] = "private, no-store"
        return answer


def promise(idea: StoryIdea) -> str:
    """What is owed to whoever sent it, in words."""
    if idea.answered_at is not None:
        return _("Answered")
    if idea.answer_due is None:
        return "–"
    left = (idea.answer_due - in_copenhagen(now()).date()).days
    if left < 0:
        return _("Late")
    day = date_format(idea.answer_due, "SHORT_DATE_FORMAT")
    return _("Today") if left == 0 else _("By %(day)s") % {"day": day}
