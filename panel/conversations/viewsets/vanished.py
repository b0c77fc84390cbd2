"""What vanished on networks without our doing: the list, one of them, and what was behind it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from panel.conversations import actions
from panel.conversations.forms import VanishedFilterForm, VerdictForm
from panel.conversations.models import Vanishing, Verdict
from panel.conversations.reports.vanishings import Account, Wanted, account_of, alarms, with_posts
from panel.conversations.viewsets.decisions import Decision
from panel.conversations.viewsets.shared import VANISHED

ON_A_PAGE = 25


class VanishedBase(Decision):
    """Somebody who answers for what stands on the pages looks."""

    header_icon = "warning"
    home = ("vanished:index", VANISHED)


class VanishedList(VanishedBase, TemplateView):
    """What nobody has settled on top, then the newest."""

    page_title = VANISHED
    template_name = "conversations/vanished_list.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """This is the list itself."""
        return [*self.breadcrumbs_items, {"url": "", "label": VANISHED}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of it; a filter that makes no sense is said so."""
        asked = self.request.GET
        form = VanishedFilterForm(asked or None)
        wanted = form.wanted() if form.is_valid() else Wanted()
        page = Paginator(alarms(wanted), ON_A_PAGE).get_page(asked.get("page"))
        return super().get_context_data(
            form=form,
            page=page,
            rows=with_posts(page.object_list),
            is_filtered=wanted != Wanted(),
            **kwargs,
        )


class VanishedPage(VanishedBase, TemplateView):
    """One of them: what is gone, when, how we know, and what was behind it."""

    template_name = "conversations/vanished.html"
    # A form that came back with something wrong in it.
    failed: VerdictForm | None = None

    @cached_property
    def account(self) -> Account:
        """By the alarm's key."""
        try:
            return account_of(self.kwargs["pk"])
        except Vanishing.DoesNotExist:
            raise Http404 from None

    def get_page_title(self) -> str:
        """What vanished."""
        if self.account.alarm.is_post:
            return _("A post of ours that vanished")
        return _("Comments that vanished")

    def get_page_subtitle(self) -> str:
        """Where."""
        return str(self.account.alarm.vanishing.channel)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All that is known, and the form while it is not settled."""
        found = self.account
        return super().get_context_data(
            account=found,
            alarm=found.alarm,
            vanishing=found.alarm.vanishing,
            form=self.failed or VerdictForm(initial={"up_to": found.up_to}),
            has_failed=self.failed is not None,
            **kwargs,
        )


class Settle(VanishedPage):
    """Somebody says what was behind it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Settle it, once the form holds what that needs."""
        form, vanishing = VerdictForm(request.POST), self.account.alarm.vanishing
        if not form.is_valid():
            self.failed = form
            return self.render_to_response(self.get_context_data(), status=422)
        said = form.cleaned_data
        try:
            actions.settle(
                vanishing,
                verdict=Verdict(said["verdict"]),
                why=said["why"],
                up_to=said["up_to"],
                by=self.user,
            )
        except actions.AlreadyDone:
            self.was_done()
        else:
            messages.success(request, _("Noted, with your name."))
        return redirect("vanished:one", vanishing.pk)
