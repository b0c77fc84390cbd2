"""Words: headings, text, quotes, links."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.pages.words import speaking_link_text, speaking_links

# No headings (they are blocks), no pictures (they need a description), no embeds (P14).
RICH_TEXT = ["bold", "italic", "ol", "ul", "link", "document-link"]
SHORT_TEXT = ["bold", "italic", "link"]


class Text(blocks.RichTextBlock):
    """Rich text whose links say where they lead."""

    def __init__(self, *args: Any, features: Any = tuple(RICH_TEXT), **kwargs: Any) -> None:
        super().__init__(*args, features=list(features), **kwargs)

    def clean(self, value: Any) -> Any:
        """Refuse vague links, but only when publishing: a draft may be unfinished."""
        value = super().clean(value)
        if not self.is_deferred_validation:
            speaking_links(value)
        return value


class LinkText(blocks.CharBlock):
    """The words of a link or button."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Words on the link"))
        kwargs.setdefault(
            "help_text", _("Say where it leads, such as “Read the debate rules”; not “click here”.")
        )
        super().__init__(*args, max_length=60, validators=[speaking_link_text], **kwargs)


class Goal(blocks.StructBlock):
    """Where a link leads: into the panel, to a page, or to an address. One of them."""

    joins = blocks.BooleanBlock(required=False, label=_("Leads to joining the panel"))
    page = blocks.PageChooserBlock(required=False, label=_("A page here"))
    url = blocks.URLBlock(required=False, label=_("An address elsewhere"))

    class Meta:
        label = _("Leads to")
        form_layout = ["joins", "page", "url"]

    def clean(self, value: Any) -> Any:
        """Refuse none and several."""
        value = super().clean(value)
        if not self.is_deferred_validation and sum(map(bool, value.values())) != 1:
            raise StructBlockValidationError(
                non_block_errors=[
                    ValidationError(
                        _("Choose one place to lead to: joining, a page or an address.")
                    )
                ]
            )
        return value


def address(goal: Any, request: HttpRequest | None = None) -> str:
    """The URL of a ``Goal``; empty for a page that is not published any more."""
    if goal["joins"]:
        try:
            return reverse("members:join")
        except NoReverseMatch:
            return ""
    if goal["url"]:
        return str(goal["url"])
    page = goal["page"]
    return (page.get_url(request) or "") if page and page.live else ""


class Heading(blocks.CharBlock):
    """A heading of the first level below the page's title. The level is ours to keep in order."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "pages/blocks/heading.html"


class Subheading(blocks.CharBlock):
    """A heading below a heading."""

    class Meta:
        icon = "title"
        label = _("Subheading")
        template = "pages/blocks/subheading.html"


class Paragraphs(Text):
    """Running text."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "pages/blocks/text.html"


class Quote(blocks.StructBlock):
    """Somebody's own words, large."""

    text = blocks.TextBlock(label=_("Quote"), rows=3, help_text=_("Without quotation marks."))
    who = blocks.CharBlock(
        required=False, label=_("Who said it"), help_text=_("Only with their consent.")
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "pages/blocks/quote.html"


class CallToAction(blocks.StructBlock):
    """One thing to do, with a button."""

    title = blocks.CharBlock(label=_("Heading"), max_length=80)
    text = blocks.TextBlock(required=False, label=_("Text"), rows=2, max_length=300)
    link_text = LinkText()
    goal = Goal()

    class Meta:
        icon = "link"
        label = _("Call to action")
        template = "pages/blocks/call_to_action.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The address, found once."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["href"] = address(value["goal"], context.get("request"))
        return context
