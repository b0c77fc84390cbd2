"""The streams a page's body is made of."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

from cms.pages.blocks.lists import Cards, Facts, Questions, Table
from cms.pages.blocks.pictures import Picture
from cms.pages.blocks.text import CallToAction, Heading, Paragraphs, Quote, Subheading
from cms.pages.figures import panel_figures
from cms.pages.newest import newest

# Blocks that carry a heading of the first level; a subheading may follow them.
HEADED = ("heading", "cards", "call_to_action", "figures", "stories")
ORPHAN = _("Put a heading above the first subheading, or make this one a heading.")


class Figures(blocks.StaticBlock):
    """The panel in numbers, as they are now."""

    class Meta:
        icon = "group"
        label = _("The panel in numbers")
        admin_text = _("How many take part, as it is now. Small groups are left out.")
        template = "pages/blocks/figures.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The numbers of this moment."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["figures"] = panel_figures()
        return context


class Stories(blocks.StructBlock):
    """The newest stories, as they are now; nothing while there are none."""

    title = blocks.CharBlock(
        required=False,
        max_length=80,
        label=_("Heading"),
        help_text=_("Empty: “The newest stories”."),
    )

    class Meta:
        icon = "pick"
        label = _("The newest stories")
        template = "pages/blocks/stories.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The stories of this moment, in the reader's language."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        language = get_language() or settings.LANGUAGE_CODE
        context["newest"] = newest(language, context.get("request"))
        return context


class Body(blocks.StreamBlock):
    """Text with everything that belongs in it, headings in order."""

    heading = Heading()
    subheading = Subheading()
    text = Paragraphs()
    picture = Picture()
    quote = Quote()
    facts = Facts()
    table = Table()
    questions = Questions()
    call_to_action = CallToAction()

    def clean(self, value: Any) -> Any:
        """Refuse a subheading with no heading before it: who listens would search for the other."""
        value = super().clean(value)
        orphan = None if self.is_deferred_validation else _orphan(value)
        if orphan is not None:
            raise StreamBlockValidationError(block_errors={orphan: ValidationError(ORPHAN)})
        return value


def _orphan(stream: Any) -> int | None:
    """The position of a subheading with no heading above it."""
    kinds = [child.block_type for child in stream]
    for at, kind in enumerate(kinds):
        if kind in HEADED:
            return None
        if kind == "subheading":
            return at
    return None


class Home(Body):
    """What the home page has beside: cards, the panel's numbers and the newest stories."""

    cards = Cards()
    figures = Figures()
    stories = Stories()
