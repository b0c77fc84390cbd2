"""One button that stops everything, and one that lets it go on."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View
from wagtail.admin import messages

from cms.publishing import actions, reports
from cms.publishing.forms.outgoing import PauseForm
from cms.publishing.viewsets.shared import OutgoingPage, said
from panel.outbox.models import Pause
from panel.outbox.moves import Refused


class Pausing(OutgoingPage, FormView[PauseForm]):
    """Says what stops, or while everything is stopped, what would go out and what is too late."""

    page_title = gettext_lazy("Pause everything")
    template_name = "publishing/admin/pausing.html"
    form_class = PauseForm

    def get_page_title(self) -> str:
        """What can be done now."""
        return str(_("Everything is paused") if self._pause() else self.page_title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The pause there is, and what its end does."""
        pause = self._pause()
        return super().get_context_data(
            pause=pause,
            after=reports.after_pause(pause) if pause else None,
            may_pause=self.user_has_permission("pause"),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only for those who may."""
        if not self.user_has_permission("pause"):
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: PauseForm) -> HttpResponse:
        """Stop everything."""
        try:
            actions.pause(reason=form.cleaned_data["reason"], by=self.user)
        except Refused as refusal:
            messages.error(self.request, str(refusal))
            return redirect("outgoing:pause")
        there = [messages.button(reverse("outgoing:pause"), _("Let it go on"))]
        messages.success(
            self.request, _("Everything is paused. Nothing goes out by itself."), buttons=there
        )
        return redirect("outgoing:index")

    @staticmethod
    def _pause() -> Pause | None:
        return Pause.objects.of_everything().select_related("started_by").first()


class EndPause(OutgoingPage, View):
    """Let everything go on."""

    permission_required = "pause"
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """End it, or say that somebody was quicker."""
        with said(request):
            actions.end_pause(by=self.user)
            messages.success(request, _("It goes on. What is due goes out within seconds."))
        return redirect("outgoing:index")
