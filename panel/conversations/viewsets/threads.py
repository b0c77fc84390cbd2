"""Threads: the list of posts, the thread under one, and all answers to one comment."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import BaseListingView, PermissionCheckedMixin

from panel.channels.models import Channel
from panel.conversations.echoes import outgoing_of
from panel.conversations.forms import DepartmentForm, ReplyForm
from panel.conversations.masking import masked
from panel.conversations.models import Comment, Department, Post
from panel.conversations.permissions import may_decide
from panel.conversations.presenting import Presenter
from panel.conversations.replying import replying
from panel.conversations.reports.listing import holding_word
from panel.conversations.reports.threads import answers, branches, thread
from panel.conversations.viewsets.shared import THREADS, StaffPage

SHOWN = 120


class ThreadFilterSet(WagtailFilterSet):
    """By channel, department, time and whether it is a competition."""

    channel = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Channel"), queryset=Channel.objects.all()
    )
    department = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Department"), queryset=Department.objects.all()
    )
    since = django_filters.DateFilter(
        label=gettext_lazy("From"),
        field_name="posted_at",
        lookup_expr="date__gte",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    until = django_filters.DateFilter(
        label=gettext_lazy("To"),
        field_name="posted_at",
        lookup_expr="date__lte",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    is_competition = django_filters.BooleanFilter(
        label=gettext_lazy("Competitions"),
        widget=forms.Select(
            choices=[
                ("", gettext_lazy("All")),
                ("true", gettext_lazy("Only competitions")),
                ("false", gettext_lazy("Without")),
            ]
        ),
    )

    class Meta:
        model = Post
        fields = ["channel", "department", "since", "until", "is_competition"]


class ThreadList(PermissionCheckedMixin, BaseListingView):
    """All posts, newest first, with how many comments each has."""

    model = Post
    permission_required = "view"
    page_title = THREADS
    header_icon = "comment"
    template_name = "conversations/threads.html"
    index_url_name = "threads:index"
    index_results_url_name = "threads:index_results"
    default_ordering = ("-posted_at", "-pk")
    is_searchable = True
    filterset_class = ThreadFilterSet
    paginate_by = 50
    columns = [
        TitleColumn(
            "title",
            label=gettext_lazy("Post"),
            accessor=lambda post: title_of(post),
            url_name="threads:thread",
            id_accessor="public_id",
        ),
        Column("channel", label=gettext_lazy("Channel")),
        Column("department", label=gettext_lazy("Department")),
        Column("total", label=gettext_lazy("Comments")),
        Column(
            "is_competition",
            label=gettext_lazy("Competition"),
            accessor=lambda post: _("Competition") if post.is_competition else "",
        ),
        DateColumn("posted_at", label=gettext_lazy("Posted")),
    ]

    def user_has_permission(self, permission: str) -> bool:
        """Who may read comments may read threads."""
        return bool(self.request.user.has_perm("conversations.view_comment"))

    def get_base_queryset(self) -> QuerySet[Post]:
        """Counted only for the posts on the page."""
        counted = (
            Comment.objects.filter(post=OuterRef("pk"))
            .order_by()
            .values("post")
            .annotate(total=Count("pk"))
            .values("total")
        )
        return Post.objects.select_related("channel", "department").annotate(
            total=Coalesce(Subquery(counted), 0)
        )

    def search_queryset(self, queryset: QuerySet[Post]) -> QuerySet[Post]:
        """Posts that hold every word looked for."""
        for word in self.search_query.split():
            queryset = queryset.filter(holding_word("text", word))
        return queryset


def title_of(post: Post) -> str:
    """The post's first words, or what it is when it has none."""
    if not post.external_id:
        return _("Comments without a post")
    if post.removed_at:
        return _("A post that is gone")
    words = " ".join(masked(post.text).split())
    if not words:
        return _("A post whose text is not known")
    return words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"


class ThreadPage(StaffPage, TemplateView):
    """A post and its comments."""

    model = Comment
    permission_required = "view"
    template_name = "conversations/thread.html"
    kwargs: dict[str, Any]

    @cached_property
    def post_shown(self) -> Post:
        """By its public id."""
        found = Post.objects.select_related("channel", "department", "author")
        return get_object_or_404(found, public_id=self.kwargs["public_id"])

    def get_page_title(self) -> str:
        """The post's first words."""
        return title_of(self.post_shown)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of the thread; the same number of queries for ten comments as for ten thousand."""
        post, decides = self.post_shown, may_decide(self.request.user)
        asked = self.request.GET
        page = thread(post, after=asked.get("after", ""), before=asked.get("before", ""))
        found = branches(page.rows)
        shown = [each for branch in found for each in (branch.comment, *branch.answers)]
        ours = replying(self.request, post, shown, asked=asked.get("reply", ""))
        present = Presenter(may_decide=decides, replying=ours)
        return super().get_context_data(
            post=post,
            outgoing=outgoing_of(post),
            title=self.get_page_title(),
            page=page,
            said=present.branches(found),
            no_replies=ours.refusal,
            may_decide=decides,
            department_form=DepartmentForm(initial={"department": post.department_id}),
            **kwargs,
        )


class AnswersPage(StaffPage, TemplateView):
    """One comment with all of its answers."""

    model = Comment
    permission_required = "view"
    template_name = "conversations/answers.html"
    page_title = gettext_lazy("A comment and its answers")
    kwargs: dict[str, Any]
    # A reply that came back, with what is wrong with it.
    form: ReplyForm | None = None

    @cached_property
    def comment(self) -> Comment:
        """By its public id."""
        found = Comment.objects.select_related("commenter", "hidden_by", "post__channel", "parent")
        return get_object_or_404(found, public_id=self.kwargs["public_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The comment, and a page of what is below it."""
        comment, asked = self.comment, self.request.GET
        page = answers(comment, after=asked.get("after", ""), before=asked.get("before", ""))
        decides = may_decide(self.request.user)
        ours = replying(
            self.request,
            comment.post,
            (comment, *page.rows),
            asked=str(comment.public_id) if self.form else asked.get("reply", ""),
            form=self.form,
        )
        present = Presenter(may_decide=decides, replying=ours)
        return super().get_context_data(
            comment=comment,
            asked=present.one(comment),
            post=comment.post,
            title=title_of(comment.post),
            page=page,
            answers=present.all(page.rows) + ours.replies(comment),
            no_replies=ours.refusal,
            has_failed=self.form is not None,
            may_decide=decides,
            **kwargs,
        )
