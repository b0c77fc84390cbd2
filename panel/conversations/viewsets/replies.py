"""Sending a reply to a comment."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from panel.accounts.models import User
from panel.channels.sending import answerer_of
from panel.conversations import actions
from panel.conversations.forms import ReplyForm
from panel.conversations.models import Reply
from panel.conversations.reports.answering import times_answered
from panel.conversations.viewsets.threads import AnswersPage


class SendReply(AnswersPage):
    """Hand a reply over to be sent; what is wrong with it is said beside it, and nothing of it is
    lost.
    """

    model: Any = Reply
    permission_required = "add"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Hand it over."""
        form = ReplyForm(request.POST)
        if not form.is_valid():
            return self.ask_again()
        try:
            made = actions.reply(self.comment, **form.cleaned_data, by=cast(User, request.user))
        except actions.Refused as refusal:
            if answerer_of(self.comment.channel) is None:
                messages.error(request, str(refusal))
                return redirect(self._above())
            return self.ask_again(str(refusal))
        messages.success(request, _("The reply is handed over. Below you see how it stands."))
        return redirect(f"{self._above()}#r-{made.pk}")

    def ask_again(self, why: str = "") -> HttpResponse:
        """The page with the reply as it was written, and all that has been answered by now."""
        seen = str(times_answered(self.comment))
        self.form = ReplyForm(self.request.POST.dict() | {"seen": seen})
        if why:
            self.form.add_error("text", why)
        return self.render_to_response(self.get_context_data(), status=422)

    def _above(self) -> str:
        above = self.comment.parent or self.comment
        return reverse("comments:answers", args=[above.public_id])
