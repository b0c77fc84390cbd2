"""What all our pages have in common."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from cms.pages.blocks import RICH_TEXT, Body
from cms.pages.links import Link
from cms.pages.searching import searched
from cms.pages.words import speaking_links


def rich_text(label: Any, help_text: Any = "") -> RichTextField:
    """A rich text field with the features and the checks of every text on the site."""
    return RichTextField(
        verbose_name=label,
        help_text=help_text,
        features=RICH_TEXT,
        blank=True,
        validators=[speaking_links],
    )


class SitePage(Page):
    """A page of the site: a title, an introduction, and a place in the tree."""

    lead = models.TextField(
        _("introduction"),
        max_length=400,
        blank=True,
        help_text=_("Two or three sentences, set large below the title."),
    )

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel(
                    "seo_title",
                    help_text=_("Only when the name in the browser's tab should be another."),
                ),
                FieldPanel(
                    "search_description",
                    help_text=_("One sentence for search results and cards."),
                ),
                FieldPanel(
                    "show_in_menus",
                    help_text=_("Pages directly below the home page come into the main menu."),
                ),
            ],
            heading=_("Finding the page"),
        )
    ]
    settings_panels: list[Any] = []

    search_fields = [*Page.search_fields, *searched("lead")]

    class Meta:
        abstract = True

    @property
    def main_class(self) -> str:
        """How wide ``base.html`` lays the page out: a column as it is, ``wide`` for bands."""
        return ""

    @property
    def tag(self) -> str:
        """What sort of thing it is, in a word or two, where it stands among others."""
        return ""

    @property
    def told_at(self) -> datetime | None:
        """When it went live, where readers want to know."""
        return None

    @property
    def description(self) -> str:
        """What it says in a sentence or two, for search results and for who shares it."""
        return str(self.search_description or self.lead)

    @property
    def shared_picture(self) -> tuple[Any, str]:
        """The picture shown when somebody shares it, and what it shows; None: one is drawn."""
        return None, ""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """``links``: the way here from the home page."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        ancestors = self.get_ancestors().filter(depth__gt=1).order_by("depth")
        above = ancestors.only("title", "url_path", "locale_id")
        context["links"] = [Link(page.title, page.get_url(request) or "") for page in above]
        return context


class BodyPage(SitePage):
    """A page with a body of blocks."""

    body = StreamField(Body(required=False), blank=True, verbose_name=_("content"))

    content_panels = [*SitePage.content_panels, FieldPanel("body")]
    search_fields = [*SitePage.search_fields, *searched("body")]

    class Meta:
        abstract = True


def explained(text: Any) -> HelpPanel:
    """A help panel of one paragraph, for the head of an edit form."""
    return HelpPanel(content=text)


def picture_needs_words(picture: str, *, name: str) -> models.CheckConstraint:
    """A picture field has ``<picture>_alt`` or the tick ``<picture>_is_decorative`` beside it."""
    described = ~models.Q(**{f"{picture}_alt": ""}) | models.Q(**{f"{picture}_is_decorative": True})
    return models.CheckConstraint(
        condition=models.Q(**{f"{picture}__isnull": True}) | described,
        name=name,
        violation_error_code="undescribed",
        violation_error_message=_(
            "Describe the picture in a sentence for those who do not see it, or tick that it is "
            "decorative."
        ),
    )
