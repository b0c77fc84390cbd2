"""Posting by hand: everything ready to copy, and the mark that it is done."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages

from cms.publishing import actions, presenting
from cms.publishing.acts import SIZE
from cms.publishing.forms.outgoing import PostedForm, WhyForm
from cms.publishing.illustrating import Illustration, illustrations, library_of
from cms.publishing.models import Publication, State
from cms.publishing.viewsets.shared import OutgoingPage, may_change, said
from panel.channels.models import Kind


class ByHandPage(OutgoingPage):
    """A page about one story on one channel that we post on by hand."""

    kwargs: dict[str, Any]

    @cached_property
    def publication(self) -> Publication:
        """With its approval and its channel."""
        rows = Publication.objects.select_related("approval__page", "channel", "posted_by")
        return get_object_or_404(rows, pk=self.kwargs["pk"], channel__kind=Kind.BYHAND)

    @cached_property
    def pictures(self) -> list[Illustration]:
        """The pictures that go with it, as far as they still are the files that were approved."""
        row, what = self.publication, self.publication.approval.contents
        found = illustrations(what, row.channel_id, library_of(what))
        return [each for each in found if each.picture is not None]

    def get_page_title(self) -> str:
        """Where, and what."""
        told = {"channel": self.publication.channel, "title": self.publication.approval.title}
        return _("Post on %(channel)s: %(title)s") % told

    def back(self) -> HttpResponse:
        """To the page where it is posted."""
        return redirect("outgoing:by_hand", self.publication.pk)


class ByHand(ByHandPage, TemplateView):
    """The text, the link, the pictures, the steps, and the mark."""

    template_name = "publishing/admin/by_hand.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is to be copied, and where it stands."""
        row = self.publication
        what = row.approval.contents
        link = presenting.address(what, row.approval.page)
        return super().get_context_data(
            publication=row,
            link=link,
            text=f"{row.text}\n\n{link}" if link else row.text,
            pictures=self.pictures,
            form=PostedForm(),
            is_ready=row.state == State.READY,
            is_posted=row.state == State.OUT and row.posted_at is not None,
            may_post=may_change(self.user),
            **kwargs,
        )


class PictureToPost(ByHandPage, View):
    """One of the pictures as a file to save."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int, key: int) -> HttpResponse | FileResponse:
        """A drawing of it, never the original."""
        place, picture = next(
            ((place, each.picture) for place, each in enumerate(self.pictures) if each.key == key),
            (0, None),
        )
        if picture is None:
            raise Http404
        drawn = picture.get_rendition(SIZE)
        name = slugify(self.publication.approval.title)[:60] or "picture"
        number = f"-{place + 1}" if len(self.pictures) > 1 else ""
        return FileResponse(
            drawn.file.open("rb"), as_attachment=True, filename=f"{name}{number}.jpg"
        )


class MarkPosted(ByHandPage, View):
    """It is posted."""

    permission_required = "change"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Mark it; an address that is none is said so."""
        form = PostedForm(request.POST)
        url = form.cleaned_data["url"] if form.is_valid() else request.POST.get("url", "")
        with said(request):
            actions.mark_posted(self.publication, url=url, by=self.user)
            messages.success(request, _("Noted as posted."))
        return self.back()


class NotPosted(ByHandPage, View):
    """It is not posted after all."""

    permission_required = "change"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the mark back."""
        with said(request):
            actions.not_posted_after_all(self.publication, by=self.user)
            messages.success(request, _("The mark is taken back. It is still to be posted."))
        return self.back()


class GiveUp(ByHandPage, FormView[WhyForm]):
    """It will not be posted there."""

    permission_required = "change"
    template_name = "publishing/admin/give_up.html"
    form_class = WhyForm

    def get_page_title(self) -> str:
        """Where, and what."""
        told = {"channel": self.publication.channel, "title": self.publication.approval.title}
        return _("Do not post on %(channel)s: %(title)s") % told

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which one."""
        return super().get_context_data(publication=self.publication, **kwargs)

    def form_valid(self, form: WhyForm) -> HttpResponse:
        """Close it, with the reason."""
        with said(self.request):
            actions.give_up_posting(self.publication, why=form.cleaned_data["why"], by=self.user)
            messages.success(self.request, _("It will not be posted there."))
        return redirect(reverse("outgoing:record", args=[self.publication.approval_id]))
