"""Staff screens: campaigns and the words they use.

Rules are in the actions.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from panel.invitations.viewsets import campaigns, decisions, final, papers, reminders, templates
from panel.invitations.viewsets.shared import CAMPAIGNS, TEMPLATES


class CampaignsMenuItem(MenuItem):
    """Only for those who may look."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Comms, editors and administrators."""
        return request.user.has_perm("invitations.view_campaign")


class CampaignViewSet(ViewSet):
    """Campaigns and everything that is done on their page."""

    icon = "mail"
    menu_label = CAMPAIGNS
    menu_item_class = CampaignsMenuItem
    name = "campaigns"

    def get_urlpatterns(self) -> list[URLPattern]:
        """All under ``campaigns/``."""
        buttons: dict[str, type[View]] = {
            "submit": decisions.Submit,
            "take-back": decisions.TakeBack,
            "release": decisions.Release,
            "pause": decisions.Pause,
            "go-on": decisions.GoOn,
            "end": final.End,
            "test-copy": decisions.TestCopy,
            "letters": papers.Letters,
            "remind": reminders.Remind,
            "remind-letters": papers.Reminders,
            "remind-letters-again": papers.RemindersAgain,
            "poster": papers.Poster,
        }
        beside = {
            "way": decisions.SetWay,
            "hand-over": decisions.HandOver,
            "withdraw": final.Withdraw,
            "was-sent": decisions.WasSent,
            "was-not-sent": decisions.WasNotSent,
        }
        return [
            path("", campaigns.CampaignList.as_view(), name="index"),
            path(
                "results/",
                campaigns.CampaignList.as_view(results_only=True),
                name="index_results",
            ),
            path("new/", campaigns.CampaignCreate.as_view(), name="new"),
            path("<int:pk>/", campaigns.CampaignPage.as_view(), name="campaign"),
            path("<int:pk>/code.<str:kind>", papers.Code.as_view(), name="code"),
            *(
                path(f"<int:pk>/{word}/", view.as_view(), name=word.replace("-", "_"))
                for word, view in buttons.items()
            ),
            *(
                path(f"invitation/<int:pk>/{word}/", view.as_view(), name=word.replace("-", "_"))
                for word, view in beside.items()
            ),
        ]


class TemplatesMenuItem(CampaignsMenuItem):
    """As for campaigns."""


class TemplateViewSet(ViewSet):
    """Templates and their approval."""

    icon = "doc-full"
    menu_label = TEMPLATES
    menu_item_class = TemplatesMenuItem
    name = "invitation_templates"

    def get_urlpatterns(self) -> list[URLPattern]:
        """All under ``invitation_templates/``."""
        return [
            path("", templates.TemplateList.as_view(), name="index"),
            path(
                "results/",
                templates.TemplateList.as_view(results_only=True),
                name="index_results",
            ),
            path("new/", templates.TemplateWrite.as_view(), name="new"),
            path("<int:pk>/", templates.TemplatePage.as_view(), name="template"),
            path("<int:pk>/approve/", templates.TemplateApprove.as_view(), name="approve"),
        ]


class InviteGroup(ViewSetGroup):
    """The step "invite" of the loop."""

    menu_label = gettext_lazy("Invite")
    menu_icon = "mail"
    menu_order = 230
    items = (CampaignViewSet, TemplateViewSet)
