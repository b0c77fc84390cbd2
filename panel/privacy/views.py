"""Rights, as pages: object, and take one's data along."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from panel.basis.models import Route
from panel.core.clock import in_copenhagen
from panel.core.municipality import municipality
from panel.invitations.actions.answers import find
from panel.invitations.views import Private, over
from panel.members.views import MemberRequired
from panel.privacy.exporting import Export, export
from panel.privacy.objecting import object_for
from panel.privacy.packing import packed


class ObjectByInvitation(Private):
    """The link in an invitation: do not count or ask me again. The link stays good after a yes."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Say what will happen, and ask once."""
        if find(token) is None:
            return over(request)
        return render(request, "privacy/object.html", {"token": token})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Object, at once and for good."""
        invitation = find(token)
        if invitation is None or invitation.commenter is None:
            return over(request)
        object_for(invitation.commenter, route=Route.INVITATION)
        return redirect("privacy:objected")


@method_decorator(never_cache, name="dispatch")
class Objecting(MemberRequired, TemplateView):
    """A member objects to being counted for comments they said are theirs."""

    template_name = "privacy/object_claims.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whose comments it is about."""
        claims = list(self.member.claims.select_related("commenter__channel"))
        return super().get_context_data(claims=claims, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Object for every commenter the member said is them."""
        for claim in self.member.claims.select_related("commenter__channel"):
            object_for(claim.commenter, route=Route.WEBSITE, by=self.member.user)
        return redirect("privacy:objected")


class Objected(TemplateView):
    """Done, and what it means."""

    template_name = "privacy/objected.html"


class HowToObject(TemplateView):
    """For those without an invitation: whom to write to, and what to say."""

    template_name = "privacy/how_to_object.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whom to write to."""
        return super().get_context_data(municipality=municipality(), **kwargs)


@method_decorator(never_cache, name="dispatch")
class MyData(MemberRequired, TemplateView):
    """What the municipality has about the member; of long lists the beginning."""

    template_name = "privacy/my_data.html"
    rows_shown = 20

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All of it; the template shortens."""
        return super().get_context_data(
            export=export(self.member.user), rows_shown=self.rows_shown, **kwargs
        )


@method_decorator(never_cache, name="dispatch")
class MyDataFile(MemberRequired, View):
    """The same to take along: for people and for machines, in one zip."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """As a download."""
        return as_file(export(self.member.user))


def as_file(answer: Export) -> HttpResponse:
    """``answer`` as a download."""
    name = f"mine-data-{in_copenhagen(answer.made_at):%Y-%m-%d}.zip"
    return HttpResponse(
        packed(answer),
        headers={
            "Content-Type": "application/zip",
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )
