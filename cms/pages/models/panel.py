"""The page about the panel, which every way in leads past."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.pages.blocks import Questions
from cms.pages.figures import panel_figures
from cms.pages.models.base import SitePage, explained, rich_text
from cms.pages.searching import searched
from panel.core.personal import nothing_personal


class PanelPage(SitePage):
    """What the panel is, who runs it, what it asks of you, how to join, who takes part."""

    about = rich_text(_("what it is"))
    run_by = rich_text(_("who runs it"), _("A name or an office, and how to reach them."))
    asks = rich_text(_("what it asks of you"), _("How often, how long, and that leaving is easy."))
    joining = rich_text(_("how to join"))
    questions = StreamField(
        [("questions", Questions())], blank=True, max_num=1, verbose_name=_("questions and answers")
    )

    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "pages/panel.html"
    content_panels = [
        explained(
            _(
                "Five questions every citizen has before saying yes. The headings are ours, so "
                "that the page reads alike everywhere; the numbers come from the panel itself, "
                "and groups of fewer than five are left out."
            )
        ),
        *SitePage.content_panels,
        FieldPanel("about"),
        FieldPanel("run_by"),
        FieldPanel("asks"),
        FieldPanel("joining"),
        FieldPanel("questions"),
    ]
    search_fields = [
        *SitePage.search_fields,
        *searched("about", "run_by", "asks", "joining", "questions"),
    ]
    personal_data = nothing_personal(
        "page_ptr", "lead", "about", "run_by", "asks", "joining", "questions"
    )

    class Meta:
        verbose_name = _("page about the panel")
        verbose_name_plural = _("pages about the panel")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """``figures``: who takes part."""
        return {**super().get_context(request, *args, **kwargs), "figures": panel_figures()}
