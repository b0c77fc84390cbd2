"""What is printed or downloaded: letters, poster, code."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.views.generic import View
from wagtail.admin.views.generic import PermissionCheckedMixin

from panel.accounts.models import User
from panel.core.later import Later
from panel.core.municipality import municipality
from panel.invitations import actions, qr, texts
from panel.invitations.forms import PosterForm
from panel.invitations.models import Campaign
from panel.invitations.viewsets.shared import REFUSALS, in_words

if TYPE_CHECKING:
    from panel.invitations import papers
else:
    papers = Later("panel.invitations.papers")


class Paper(PermissionCheckedMixin, View):
    """A download that belongs to one campaign."""

    model = Campaign
    permission_required = "add"

    def campaign(self, pk: int) -> Campaign:
        """With its words and its link."""
        return get_object_or_404(Campaign.objects.select_related("template", "open_link"), pk=pk)


class Letters(Paper):
    """A letter for everybody who gets one and has not answered.

    Making links is a change: POST.
    """

    http_method_names = ["post"]

    file_name = "letters.pdf"
    home = "campaigns:campaign"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One PDF, one letter a page."""
        campaign = self.campaign(pk)
        language = campaign.template.language
        try:
            words = self.write(campaign, by=cast(User, request.user))
        except REFUSALS as refusal:
            messages.error(request, in_words(refusal))
            return redirect(self.home, pk)
        with translation.override(language):
            pdf = papers.letters(words, municipality=municipality(), language=language)
        return download(pdf, "application/pdf", self.file_name)

    def write(self, campaign: Campaign, *, by: User) -> list[texts.Words]:
        """What stands in them. Raises one of REFUSALS."""
        return actions.write_letters(campaign, by=by)


class Reminders(Letters):
    """A reminder for everybody on the list the person saw; they are noted as reminded."""

    file_name = "reminders.pdf"
    home = "campaigns:remind"

    def write(self, campaign: Campaign, *, by: User) -> list[texts.Words]:
        """The reminders of exactly that list."""
        return actions.write_reminders(campaign, seen=self.request.POST.get("seal", ""), by=by)


class RemindersAgain(Letters):
    """The newest print of reminders once more."""

    file_name = "reminders.pdf"
    home = "campaigns:remind"

    def write(self, campaign: Campaign, *, by: User) -> list[texts.Words]:
        """Those of them who have not answered since."""
        return actions.write_reminders_again(campaign, by=by)


class Poster(Paper):
    """A poster with the campaign's open link."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One page, A4."""
        campaign = self.campaign(pk)
        form = PosterForm(request.GET)
        if not form.is_valid():
            messages.error(request, " ".join(str(e) for es in form.errors.values() for e in es))
            return redirect("campaigns:campaign", pk)
        pdf = papers.poster(
            headline=form.cleaned_data["headline"],
            lines=form.cleaned_data["text"].splitlines(),
            link=texts.open_url(campaign),
            municipality=municipality(),
            language=campaign.template.language,
        )
        return download(pdf, "application/pdf", "poster.pdf")


class Code(Paper):
    """The open link as a QR code, for whatever staff lay out themselves."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        """SVG for print, PNG for the rest."""
        link = texts.open_url(self.campaign(pk))
        if kind == "svg":
            return download(qr.svg(link), "image/svg+xml", "code.svg")
        return download(qr.png(link), "image/png", "code.png")


def download(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to save, kept by no cache."""
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
