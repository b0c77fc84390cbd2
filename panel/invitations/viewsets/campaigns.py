"""Campaigns: the list, a new one, and one with everything about it."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import BaseListingView, PermissionCheckedMixin
from wagtail.admin.views.generic.base import BaseObjectMixin

from panel.accounts.models import User
from panel.basis.gate import is_open
from panel.invitations import actions, recipients, reports, texts
from panel.invitations.forms import CampaignForm, PosterForm, TestCopyForm
from panel.invitations.models import Campaign, CampaignState, Template
from panel.invitations.permissions import may_make, may_release
from panel.invitations.sealing import seal
from panel.invitations.viewsets.shared import CAMPAIGNS, REFUSALS, StaffPage, in_words

# A page shows this many recipients; more are printed and counted all the same.
SHOWN = 500


class CampaignList(PermissionCheckedMixin, BaseListingView):
    """All campaigns, newest first, with what came of them."""

    model = Campaign
    any_permission_required = ["view"]
    page_title = CAMPAIGNS
    header_icon = "mail"
    template_name = "invitations/admin/campaigns.html"
    index_url_name = "campaigns:index"
    index_results_url_name = "campaigns:index_results"
    default_ordering = ("-made_at", "-pk")
    paginate_by = 25
    columns = [
        TitleColumn("name", label=gettext_lazy("Name"), url_name="campaigns:campaign"),
        StatusTagColumn(
            "state",
            label=gettext_lazy("State"),
            accessor="get_state_display",
            primary=lambda campaign: campaign.state == CampaignState.RUNNING,
        ),
        Column("people", label=gettext_lazy("People")),
        Column("joined", label=gettext_lazy("Joined")),
        DateColumn("made_at", label=gettext_lazy("Made")),
    ]

    def get_base_queryset(self) -> QuerySet[Campaign]:
        """With the two figures in the same query."""
        return Campaign.objects.annotate(
            people=Count("invitations"),
            joined=Count("invitations", filter=Q(invitations__state="joined")),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether the gate is open, and what there is to begin with."""
        return super().get_context_data(
            may_make=may_make(self.request.user),
            is_open=is_open(),
            has_template=Template.objects.filter(approved_at__isnull=False).exists(),
            **kwargs,
        )


class CampaignCreate(StaffPage, FormView[CampaignForm]):
    """A new campaign."""

    model = Campaign
    permission_required = "add"
    page_title = gettext_lazy("New campaign")
    template_name = "invitations/admin/form.html"
    form_class = CampaignForm

    def form_valid(self, form: CampaignForm) -> HttpResponse:
        """Make the draft and show it."""
        data = form.cleaned_data
        try:
            campaign = actions.make(by=cast(User, self.request.user), **data)
        except REFUSALS as refusal:
            form.add_error(None, in_words(refusal))
            return self.form_invalid(form)
        return redirect("campaigns:campaign", campaign.pk)


class CampaignPage(StaffPage, BaseObjectMixin, TemplateView):
    """One campaign: who, what, how, and what came of it."""

    model = Campaign
    any_permission_required = ["view"]
    template_name = "invitations/admin/campaign.html"

    def get_page_title(self) -> str:
        """The campaign's name."""
        return str(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything the page shows; as many queries for a thousand recipients as for one."""
        campaign = self.object
        rows = campaign.invitations.select_related("commenter__channel").order_by("pk")
        return super().get_context_data(
            campaign=campaign,
            rows=list(rows[:SHOWN]),
            left_out=[person for person in recipients.of(campaign) if person.left_out],
            funnel=reports.funnel(campaign),
            seal=seal(campaign),
            sample=texts.sample_words(campaign.template) if is_open() else None,
            sample_reminder=texts.sample_reminder(campaign.template) if is_open() else None,
            link=texts.open_url(campaign),
            public_reply=texts.public_reply(campaign) if campaign.template.reply else "",
            is_open=is_open(),
            may_make=may_make(self.request.user),
            may_release=may_release(self.request.user, campaign),
            made_by_me=campaign.made_by_id == self.request.user.pk,
            test_form=TestCopyForm(initial={"email": getattr(self.request.user, "email", "")}),
            poster_form=PosterForm(),
            **kwargs,
        )
