"""The buttons on a campaign's page, one action each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.views.generic import PermissionCheckedMixin

from panel.accounts.models import User
from panel.invitations import actions, sending
from panel.invitations.forms import TestCopyForm, WayForm
from panel.invitations.models import Campaign, Invitation
from panel.invitations.viewsets.shared import REFUSALS, in_words


class CampaignDecision(PermissionCheckedMixin, View):
    """A button on a campaign's page."""

    model = Campaign
    permission_required = "add"
    http_method_names = ["post"]
    act: Callable[..., Campaign]
    done: Any = ""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Call the action; say that it is done, or in its words why not."""
        try:
            type(self).act(get_object_or_404(Campaign, pk=pk), by=request.user, **self.how())
        except REFUSALS as refusal:
            messages.error(request, in_words(refusal))
        else:
            messages.success(request, self.done)
        return redirect("campaigns:campaign", pk)

    def how(self) -> dict[str, Any]:
        """What else the action needs."""
        return {}


class Submit(CampaignDecision):
    """Ask a colleague to look."""

    act = staticmethod(actions.submit)
    done = gettext_lazy("A colleague can now look through it and release it.")


class TakeBack(CampaignDecision):
    """Back to the draft."""

    act = staticmethod(actions.take_back)
    done = gettext_lazy("It is a draft again.")


class Release(CampaignDecision):
    """The second person's yes."""

    permission_required = "release"
    act = staticmethod(actions.release)
    done = gettext_lazy("The campaign is running.")

    def how(self) -> dict[str, Any]:
        """What the person saw."""
        return {"seen": self.request.POST.get("seal", "")}


class Pause(CampaignDecision):
    """Hold everything."""

    act = staticmethod(actions.pause)
    done = gettext_lazy("Nothing more goes out until you go on.")


class GoOn(CampaignDecision):
    """After a pause."""

    act = staticmethod(actions.go_on)
    done = gettext_lazy("The campaign is running again.")


class SetWay(PermissionCheckedMixin, View):
    """How to ask one person."""

    model = Campaign
    permission_required = "add"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save the way, or say what is wrong with it."""
        invitation = get_object_or_404(Invitation, pk=pk)
        form = WayForm(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(str(e) for es in form.errors.values() for e in es))
        else:
            try:
                actions.set_way(invitation, by=cast(User, request.user), **form.cleaned_data)
            except REFUSALS as refusal:
                messages.error(request, in_words(refusal))
            else:
                messages.success(request, _("Saved."))
        return redirect("campaigns:campaign", invitation.campaign_id)


class InvitationDecision(PermissionCheckedMixin, View):
    """A button beside one recipient."""

    model = Campaign
    permission_required = "add"
    http_method_names = ["post"]
    act: Callable[..., Invitation]
    done: Any = ""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Call the action; say that it is done, or in its words why not."""
        invitation = get_object_or_404(Invitation, pk=pk)
        try:
            type(self).act(invitation, by=request.user)
        except REFUSALS as refusal:
            messages.error(request, in_words(refusal))
        else:
            messages.success(request, self.done)
        return redirect("campaigns:campaign", invitation.campaign_id)


class HandOver(InvitationDecision):
    """The letter is posted, the reply is written."""

    act = staticmethod(actions.hand_over)
    done = gettext_lazy("Noted as sent.")


def _was_sent(invitation: Invitation, *, by: User) -> Invitation:
    return actions.settle(invitation, was_sent=True, by=by)


def _was_not_sent(invitation: Invitation, *, by: User) -> Invitation:
    return actions.settle(invitation, was_sent=False, by=by)


class WasSent(InvitationDecision):
    """A doubt settled: it left."""

    act = staticmethod(_was_sent)
    done = gettext_lazy("Noted as sent.")


class WasNotSent(InvitationDecision):
    """A doubt settled: it did not leave, send it again."""

    act = staticmethod(_was_not_sent)
    done = gettext_lazy("It will be sent again.")


class TestCopy(PermissionCheckedMixin, View):
    """The letter as it will look, to oneself, with an invented person and a link that opens
    nothing."""

    model = Campaign
    permission_required = "add"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send it, or say why not."""
        campaign = get_object_or_404(Campaign.objects.select_related("template"), pk=pk)
        form = TestCopyForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Write an e-mail address such as name@example.dk."))
            return redirect("campaigns:campaign", pk)
        try:
            sending.send_test_copy(campaign, to=form.cleaned_data["email"])
        except (*REFUSALS, OSError) as refusal:
            messages.error(request, in_words(refusal))
        else:
            messages.success(request, _("The test copy is on its way."))
        return redirect("campaigns:campaign", pk)
