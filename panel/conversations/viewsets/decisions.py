"""What staff decide from a thread: hide, show again, competition, department."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View

from panel.accounts.models import User
from panel.conversations import actions
from panel.conversations.forms import DepartmentForm, HideForm
from panel.conversations.models import Comment, Post
from panel.conversations.presenting import Presenter
from panel.conversations.viewsets.shared import StaffPage


class Decision(StaffPage):
    """Somebody who may decide does."""

    model = Comment
    permission_required = "change"
    kwargs: dict[str, Any]

    @property
    def user(self) -> User:
        """Who decides."""
        return cast(User, self.request.user)

    def was_done(self) -> None:
        """Somebody else was first."""
        messages.warning(self.request, _("That has been done already."))


class CommentDecision(Decision):
    """About one comment."""

    @cached_property
    def comment(self) -> Comment:
        """By its public id."""
        found = Comment.objects.select_related("post", "commenter", "parent")
        return get_object_or_404(found, public_id=self.kwargs["public_id"])

    def back(self) -> HttpResponse:
        """To the comment, where it stands in its thread or among the answers."""
        return HttpResponseRedirect(place_of(self.comment))


class Hide(CommentDecision, FormView[HideForm]):
    """Hide a comment for a published rule."""

    page_title = gettext_lazy("Hide a comment")
    template_name = "conversations/hide.html"
    form_class = HideForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The comment, so that one sees what one does."""
        asked = Presenter(may_decide=False).one(self.comment)
        return super().get_context_data(asked=asked, back=place_of(self.comment), **kwargs)

    def form_valid(self, form: HideForm) -> HttpResponse:
        """Hide it."""
        try:
            actions.hide(self.comment, rule=form.named, by=self.user)
        except actions.AlreadyDone:
            self.was_done()
        else:
            messages.success(self.request, _("The comment is hidden. It can be shown again."))
        return self.back()


class ShowAgain(CommentDecision, View):
    """Take a hiding back."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it again."""
        try:
            actions.show_again(self.comment, by=self.user)
        except actions.AlreadyDone:
            self.was_done()
        else:
            messages.success(request, _("The comment is shown again."))
        return self.back()


class PostDecision(Decision, View):
    """About one post."""

    http_method_names = ["post"]

    def get_post(self) -> Post:
        """By its public id."""
        return get_object_or_404(Post, public_id=self.kwargs["public_id"])


class Competition(PostDecision):
    """Mark a post as a competition, or take the mark away: the button sends which."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Mark it."""
        post, wanted = self.get_post(), request.POST.get("is_competition") == "true"
        try:
            actions.mark_competition(post, is_competition=wanted, by=self.user)
        except actions.AlreadyDone:
            self.was_done()
        else:
            messages.success(request, _told(wanted))
        return redirect("threads:thread", post.public_id)


class SetDepartment(PostDecision):
    """Say whose topic a post is."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Set it."""
        post, form = self.get_post(), DepartmentForm(request.POST)
        if form.is_valid():
            department = form.cleaned_data["department"]
            try:
                actions.set_department(post, department=department, by=self.user)
            except actions.AlreadyDone:
                self.was_done()
            else:
                messages.success(request, _("The department is saved."))
        return redirect("threads:thread", post.public_id)


def place_of(comment: Comment) -> str:
    """The address where a comment is seen: in its thread, or with what it answers."""
    if comment.parent is not None:
        above = reverse("comments:answers", args=[comment.parent.public_id])
        return f"{above}#c-{comment.public_id}"
    return reverse("comments:answers", args=[comment.public_id])


def _told(wanted: bool) -> str:
    if wanted:
        return _("Marked as a competition. Its comments no longer count as taking part.")
    return _("No longer a competition. Its comments count as taking part.")
