"""Reminding: first whom it reaches and whom not, then the button."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import BaseObjectMixin

from panel.accounts.models import User
from panel.basis.gate import is_open
from panel.invitations import actions, reminding, texts
from panel.invitations.models import Campaign, CampaignState
from panel.invitations.viewsets.shared import REFUSALS, StaffPage, in_words

# The page names this many; more are counted, and reminded all the same.
SHOWN = 500


class Remind(StaffPage, BaseObjectMixin, TemplateView):
    """Whom a reminder would reach now, by which way, and why others are left out."""

    model = Campaign
    permission_required = "add"
    template_name = "invitations/admin/remind.html"

    def get_page_title(self) -> str:
        """Which campaign it is about."""
        return _("Remind: %(campaign)s") % {"campaign": self.object}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """By way of the campaign."""
        *way, here = super().get_breadcrumbs_items()
        campaign = {"url": reverse("campaigns:campaign", args=[self.object.pk])}
        return [*way, {**campaign, "label": str(self.object)}, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list, the words, and whether both may be used."""
        campaign = self.object
        is_running = campaign.state == CampaignState.RUNNING
        return super().get_context_data(
            campaign=campaign,
            reminding=reminding.of(campaign),
            days=reminding.TIME_TO_ANSWER.days,
            shown=SHOWN,
            sample=texts.sample_reminder(campaign.template) if is_open() else None,
            is_running=is_running,
            is_open=is_open(),
            may_remind=is_running and is_open() and bool(campaign.template.reminder),
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Queue the e-mails to exactly those the person saw, or say why not."""
        seen = request.POST.get("seal", "")
        try:
            queued = actions.remind(self.object, seen=seen, by=cast(User, request.user))
        except REFUSALS as refusal:
            messages.error(request, in_words(refusal))
            return redirect("campaigns:remind", pk)
        said = ngettext(
            "%(number)s reminder is on its way.", "%(number)s reminders are on their way.", queued
        )
        messages.success(request, said % {"number": queued})
        return redirect("campaigns:campaign", pk)
