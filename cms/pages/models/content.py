"""Pages for reading: plain ones, the debate rules, and the three the law asks for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.pages.blocks import Rules
from cms.pages.models.base import BodyPage, SitePage, explained
from cms.pages.searching import searched
from panel.core.personal import nothing_personal

BODY_FIELDS = nothing_personal("page_ptr", "lead", "body")


class PlainPage(BodyPage):
    """A page about anything."""

    parent_page_types = ["pages.HomePage", "pages.PlainPage"]
    subpage_types = ["pages.PlainPage"]
    template = "pages/plain.html"
    personal_data = BODY_FIELDS

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")


class DebateRulesPage(BodyPage):
    """How we talk with each other: the rules a hidden comment is measured by."""

    rules = StreamField([("rules", Rules())], blank=True, max_num=1, verbose_name=_("rules"))

    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "pages/debate_rules.html"
    content_panels = [
        explained(
            _(
                "Few and short rules that anybody can follow. Whoever hides a comment names the "
                "rule it broke, so each must stand on its own. They apply to citizens and to us."
            )
        ),
        *SitePage.content_panels,
        FieldPanel("rules"),
        FieldPanel("body"),
    ]
    search_fields = [*BodyPage.search_fields, *searched("rules")]
    personal_data = nothing_personal("page_ptr", "lead", "rules", "body")

    class Meta:
        verbose_name = _("debate rules")
        verbose_name_plural = _("debate rules")


class ContactPage(BodyPage):
    """Where to turn. Phone, mail and address come from the municipality's settings."""

    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "pages/contact.html"
    content_panels = [
        explained(
            _(
                "Phone, e-mail and address are shown by themselves; they are kept under Settings, "
                "the municipality. Write here when you answer and what citizens may expect."
            )
        ),
        *BodyPage.content_panels,
    ]
    personal_data = BODY_FIELDS

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")


class PrivacyPage(BodyPage):
    """The privacy notice: what is kept of whom, why, how long, and how to object."""

    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "pages/privacy.html"
    content_panels = [
        explained(
            _(
                "Have your data protection adviser read this page before it is published. Who is "
                "responsible, how to reach the adviser and where to complain is shown by itself."
            )
        ),
        *BodyPage.content_panels,
    ]
    personal_data = BODY_FIELDS

    class Meta:
        verbose_name = _("privacy notice")
        verbose_name_plural = _("privacy notices")


class AccessibilityPage(BodyPage):
    """About accessibility, with the way to the official statement and to a person."""

    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "pages/accessibility.html"
    content_panels = [
        explained(
            _(
                "The statement itself is made in WAS-Tool, and its address kept under Settings, "
                "the municipality. Write here what does not work well yet, and since when."
            )
        ),
        *BodyPage.content_panels,
    ]
    personal_data = BODY_FIELDS

    class Meta:
        verbose_name = _("accessibility page")
        verbose_name_plural = _("accessibility pages")
