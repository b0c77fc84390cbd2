"""What an invited citizen sees.

Looking changes nothing: only a pressed button does (S3).
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from panel.basis import gate
from panel.core.municipality import municipality
from panel.invitations.actions.answers import decline, find, open_up
from panel.invitations.keepers import LinkKeeper, OpenKeeper
from panel.invitations.models import CampaignState, OpenLink
from panel.members.joining import bring_key


@method_decorator(never_cache, name="dispatch")
class Private(View):
    """A page whose address is a key: it is told to nobody, and no machine keeps it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Add the headers that keep the address here."""
        response = super().dispatch(request, *args, **kwargs)
        # Told to no other site. Not "no-referrer": under it browsers hide where a form came from
        # from us too, and the check against forgery refuses every button on the page.
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response


class InvitationPage(Private):
    """The invitation: what it is, what we know and why, and three buttons."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Show it, or say kindly that it is over."""
        invitation = find(token)
        if invitation is None:
            return over(request)
        context = {"invitation": invitation, "token": token, **told()}
        return render(request, "invitations/invitation.html", context)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Go on to joining, carrying the key."""
        invitation = find(token)
        if invitation is None:
            return over(request)
        open_up(invitation)
        bring_key(request.session, LinkKeeper(), token)
        return redirect("members:join")


class Decline(Private):
    """No, thank you."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Ask once whether it is meant; a letter may lead straight here."""
        if find(token) is None:
            return over(request)
        return render(request, "invitations/decline.html", {"token": token})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Decline, and thank."""
        invitation = find(token)
        if invitation is None or not decline(invitation):
            return over(request)
        return redirect("invitations:declined")


class Declined(TemplateView):
    """Declined, and thanked."""

    template_name = "invitations/declined.html"


@method_decorator(never_cache, name="dispatch")
class Open(View):
    """The link for everybody, from a poster or a public reply."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """What the panel is, and one button."""
        link = get_object_or_404(OpenLink.objects.select_related("campaign"), code=code)
        is_over = link.campaign.state not in (CampaignState.RUNNING, CampaignState.PAUSED)
        context = {"link": link, "is_over": is_over, "municipality": municipality()}
        return render(request, "invitations/open.html", context)

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Go on to joining.

        The door is open after the campaign's end too, but counts nothing then.
        """
        link = get_object_or_404(OpenLink, code=code)
        link.count_opening()
        bring_key(request.session, OpenKeeper(), code)
        return redirect("members:join")


def over(request: HttpRequest) -> HttpResponse:
    """One page for a link that was used, is too old or never was: nobody can tell which by
    trying."""
    return render(request, "invitations/over.html", status=410)


def told() -> dict[str, Any]:
    """What the first contact must tell (P8): who, why, how long, and whom to ask."""
    return {"municipality": municipality(), "record": gate.in_force()}
