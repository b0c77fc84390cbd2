"""The front door."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from cms.media.words import speaking_description
from cms.pages.blocks import Home
from cms.pages.models.base import SitePage, explained, picture_needs_words
from cms.pages.searching import searched
from panel.core.personal import nothing_personal

# Blocks that fill the width by themselves; all others are read in a column.
WIDE = frozenset({"cards", "figures", "quote", "call_to_action", "stories"})
BEGIN = WIDE | {"heading"}


@dataclass(slots=True)
class Band:
    """A stripe of the home page: one wide block, or a heading and what is read below it."""

    kind: str
    heading: Any = None
    blocks: list[Any] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.heading or self.blocks)


class HomePage(SitePage):
    """The home page of one language: a welcome, and what there is to do."""

    welcome = models.CharField(
        _("welcome"),
        max_length=90,
        help_text=_("The large words on the municipality's colour. Short, and to the citizen."),
    )
    picture = models.ForeignKey(
        "media.Picture",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("People or a place from here. Without one we draw a pattern."),
    )
    picture_alt = models.CharField(
        _("what the picture shows"),
        max_length=200,
        blank=True,
        validators=[speaking_description],
        help_text=_("For those who do not see it."),
    )
    picture_is_decorative = models.BooleanField(
        _("the picture is decorative"),
        default=False,
        help_text=_("Tick when the page says as much without it."),
    )
    button_text = models.CharField(
        _("words on the button"),
        max_length=40,
        blank=True,
        help_text=_("The button leads to joining the panel. Empty: no button."),
    )
    body = StreamField(Home(required=False), blank=True, verbose_name=_("content"))

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "pages.PanelPage",
        "pages.PlainPage",
        "pages.DebateRulesPage",
        "pages.ContactPage",
        "pages.PrivacyPage",
        "pages.AccessibilityPage",
        "stories.StoryIndexPage",
    ]
    template = "pages/home.html"

    content_panels = [
        explained(
            _(
                "The home page greets citizens and shows the way. Keep it short: one welcome, one "
                "thing to do, and a few cards to go on with."
            )
        ),
        FieldPanel("title"),
        MultiFieldPanel(
            [
                FieldPanel("welcome"),
                FieldPanel("lead"),
                FieldPanel("button_text"),
                FieldPanel("picture"),
                FieldPanel("picture_alt"),
                FieldPanel("picture_is_decorative"),
            ],
            heading=_("At the top"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [*SitePage.search_fields, *searched("welcome", "body")]
    personal_data = nothing_personal(
        "page_ptr",
        "lead",
        "welcome",
        "picture",
        "picture_alt",
        "picture_is_decorative",
        "button_text",
        "body",
    )

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
        constraints = [picture_needs_words("picture", name="home_picture_has_words")]

    @property
    def shared_picture(self) -> tuple[Any, str]:
        """The picture beside the welcome."""
        return self.picture, "" if self.picture_is_decorative else self.picture_alt

    @property
    def main_class(self) -> str:
        """Bands over the whole width."""
        return "wide"

    def bands(self) -> Iterator[Band]:
        """The body in stripes: a heading begins one, a wide block is one of its own."""
        band = Band("reading")
        for block in self.body:
            if block.block_type in BEGIN or band.kind in WIDE:
                yield from [band] if band else []
                band = Band(block.block_type if block.block_type in WIDE else "reading")
            if block.block_type == "heading":
                band.heading = block
            else:
                band.blocks.append(block)
        yield from [band] if band else []
