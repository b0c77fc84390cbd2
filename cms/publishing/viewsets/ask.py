"""The author's way: send a story for approval, and take it back."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet

from cms.publishing import plans, reports
from cms.publishing.actions import submit, take_back
from cms.publishing.findings import findings
from cms.publishing.forms import AskForm, TakeBackForm
from cms.publishing.presenting import presented
from cms.publishing.reports.asked import history
from cms.publishing.viewsets.shared import REFUSALS, ApprovalPage, refuse
from cms.review.models import Approval, State
from cms.review.permissions import approvers, who_could
from cms.review.sealing import contents
from cms.stories.models import StoryPage
from panel.accounts.models import User
from panel.core.clock import in_copenhagen, now


class OfStory(ApprovalPage):
    """A page about one story, for those who may write it."""

    permission = "publishing.change_publication"
    header_icon = "doc-full"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Nobody else; whoever may not sign in here hears nothing of the story."""
        if request.user.has_perm(self.permission):
            may = self.story.permissions_for_user(request.user)
            if not may.can_edit():
                raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def story(self) -> StoryPage:
        """The one it is about."""
        return get_object_or_404(StoryPage, pk=self.kwargs["page_id"])

    @cached_property
    def waiting(self) -> Approval | None:
        """What waits, or is approved and not out yet."""
        return Approval.objects.of(self.story).open().select_related("asked_by").first()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """By way of the story."""
        edit = reverse("wagtailadmin_pages:edit", args=[self.story.pk])
        *way, here = super().get_breadcrumbs_items()
        return [*way, {"url": edit, "label": self.story.get_admin_display_title()}, here]


class Ask(OfStory):
    """Everything that will go out, what is still wrong, and when it is to go out."""

    template_name = "publishing/admin/ask.html"

    def get_page_title(self) -> str:
        """What the page is for."""
        return _("Send for approval")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What waits already is looked at where it waits."""
        if self.waiting:
            return redirect("approvals:approval", self.waiting.pk)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send it, or say what is wrong with it."""
        form = AskForm(request.POST)
        if form.is_valid():
            try:
                approval = submit(self.story, by=cast(User, request.user), **form.plan())
            except REFUSALS as refusal:
                refuse(form, refusal)
            else:
                return self.sent(approval)
        return self.render_to_response(self.get_context_data(form=form))

    def sent(self, approval: Approval) -> HttpResponse:
        """Say who looks at it now."""
        names = get_text_list([str(editor) for editor in approvers(approval)], _("or"))
        messages.success(
            self.request,
            _("It is sent. %(names)s can approve it now, and is told by mail.") % {"names": names},
        )
        due_at = plans.moment(approval)
        for mark in reports.marks_of(approval, due_at) if due_at else ():
            messages.warning(self.request, mark)
        return redirect("approvals:approval", approval.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The newest version as it will look."""
        draft = self.story.get_latest_revision_as_object()
        what = contents(draft)
        texts = {plans.site().pk: "", **{row.channel_id: row.text for row in draft.teasers.all()}}
        plan = plans.written(texts, due_at=None, patience=plans.USUAL_PATIENCE)
        found = findings(draft, what, today=in_copenhagen(now()).date())
        kwargs.setdefault("form", AskForm())
        return super().get_context_data(
            story=self.story,
            goes_out=presented(what, plan, page=self.story),
            stops=[finding for finding in found if finding.stops],
            to_look_at=[finding for finding in found if not finding.stops],
            editors=who_could(self.story, asked_by=cast(User, self.request.user)),
            history=history(self.story),
            election=reports.election_ahead(),
            has_failed=bool(kwargs["form"].errors),
            **kwargs,
        )


class TakeBack(OfStory):
    """First what it means, then the button."""

    template_name = "publishing/admin/take_back.html"

    def get_page_title(self) -> str:
        """What the page is for."""
        return _("Take it back")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing to take back: say so, where the story is written."""
        if self.waiting is None:
            return self.back(_("It is not waiting for approval."))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it back, or say why not."""
        form = TakeBackForm(request.POST)
        if self.waiting is None:
            return self.back(_("It is not waiting for approval."))
        if form.is_valid():
            try:
                why = form.cleaned_data["why"]
                take_back(self.waiting, why=why, by=cast(User, request.user))
            except REFUSALS as refusal:
                refuse(form, refusal)
            else:
                return self.back(_("It is a draft again. Change it, and send it once more."))
        return self.render_to_response(self.get_context_data(form=form))

    def back(self, said: str) -> HttpResponse:
        """To the form where the story is written."""
        messages.success(self.request, said)
        return redirect("wagtailadmin_pages:edit", self.story.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is taken back."""
        kwargs.setdefault("form", TakeBackForm())
        return super().get_context_data(
            story=self.story,
            approval=self.waiting,
            is_approved=self.waiting is not None and self.waiting.state == State.APPROVED,
            has_failed=bool(kwargs["form"].errors),
            **kwargs,
        )


class StoryViewSet(ViewSet):
    """What is done with one story, from its edit form."""

    name = "sending"
    url_prefix = "historier"

    def get_urlpatterns(self) -> list[URLPattern]:
        """All under ``historier/``."""
        return [
            path("<int:page_id>/send/", Ask.as_view(), name="ask"),
            path("<int:page_id>/tag-tilbage/", TakeBack.as_view(), name="take_back"),
        ]
