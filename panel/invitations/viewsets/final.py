"""What cannot be undone: a page that says what will happen, and then the button."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext, gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import BaseObjectMixin

from panel.invitations import actions
from panel.invitations.models import Campaign, Invitation, InvitationState
from panel.invitations.viewsets.decisions import CampaignDecision, InvitationDecision
from panel.invitations.viewsets.shared import StaffPage


class End(StaffPage, BaseObjectMixin, CampaignDecision, TemplateView):
    """Ask nobody more."""

    model = Campaign
    http_method_names = ["get", "post"]
    template_name = "invitations/admin/end.html"
    act = staticmethod(actions.end)
    done = gettext_lazy("The campaign has ended. Who was asked may still answer in time.")

    def get_page_title(self) -> str:
        """Which campaign it is about."""
        return gettext("End the campaign: %(campaign)s") % {"campaign": self.object}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many will never be asked."""
        unasked = self.object.invitations.filter(state=InvitationState.READY).count()
        return super().get_context_data(campaign=self.object, unasked=unasked, **kwargs)


class Withdraw(StaffPage, InvitationDecision, TemplateView):
    """Not this person after all."""

    http_method_names = ["get", "post"]
    template_name = "invitations/admin/withdraw.html"
    page_title = gettext_lazy("Withdraw the invitation")
    act = staticmethod(actions.withdraw)
    done = gettext_lazy("Withdrawn. A link that is out works no more.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whom it is about, and whether they were asked already."""
        rows = Invitation.objects.select_related("campaign", "commenter__channel")
        invitation = get_object_or_404(rows, pk=self.kwargs["pk"])
        is_out = invitation.state != InvitationState.READY
        return super().get_context_data(invitation=invitation, is_out=is_out, **kwargs)
