"""Several of something: questions, facts, cards, rules, tables."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import (
    TypedTableBlock,
    TypedTableBlockValidationError,
)

from cms.pages.blocks.text import SHORT_TEXT, Text


class Question(blocks.StructBlock):
    """A question and its answer, folded until wanted."""

    title = blocks.CharBlock(label=_("Question"))
    text = Text(label=_("Answer"))

    class Meta:
        icon = "help"
        label = _("Question")


class Questions(blocks.ListBlock):
    """Questions that unfold."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Question(), min_num=1, **kwargs)

    class Meta:
        icon = "list-ul"
        label = _("Questions and answers")
        template = "pages/blocks/questions.html"


class Fact(blocks.StructBlock):
    """A number and what it counts."""

    number = blocks.CharBlock(label=_("Number"), max_length=12)
    label = blocks.CharBlock(label=_("What it counts"), max_length=60)
    note = blocks.CharBlock(required=False, label=_("Note"), max_length=80)

    class Meta:
        icon = "order"
        label = _("Fact")


class Facts(blocks.ListBlock):
    """Numbers side by side."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Fact(), min_num=1, max_num=4, **kwargs)

    class Meta:
        icon = "order"
        label = _("Facts")
        template = "pages/blocks/facts.html"


class Card(blocks.StructBlock):
    """A page to go on to."""

    page = blocks.PageChooserBlock(label=_("Page"))
    text = blocks.TextBlock(
        required=False,
        rows=2,
        max_length=200,
        label=_("Text"),
        help_text=_("Empty: the page's own description for search engines."),
    )

    class Meta:
        icon = "doc-empty"
        label = _("Card")


class Cards(blocks.StructBlock):
    """Pages to go on to, side by side under a heading."""

    title = blocks.CharBlock(label=_("Heading"), max_length=80)
    cards = blocks.ListBlock(Card(), min_num=1, max_num=6, label=_("Cards"))

    class Meta:
        icon = "grip"
        label = _("Cards")
        template = "pages/blocks/cards.html"


class Rule(blocks.StructBlock):
    """A debate rule: short enough to be named when it is broken."""

    title = blocks.CharBlock(label=_("The rule in a few words"), max_length=80)
    text = Text(features=SHORT_TEXT, label=_("What it means"))

    class Meta:
        icon = "check"
        label = _("Rule")


class Rules(blocks.ListBlock):
    """The debate rules, numbered in their order."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Rule(), min_num=1, **kwargs)

    class Meta:
        icon = "list-ol"
        label = _("Rules")
        template = "pages/blocks/rules.html"


class Table(TypedTableBlock):
    """A table of words and numbers. It has a caption, and every column a heading."""

    text = blocks.CharBlock(required=False, label=_("Text"))
    number = blocks.FloatBlock(required=False, label=_("Number"))

    class Meta:
        icon = "table"
        label = _("Table")
        template = "pages/blocks/table.html"

    def clean(self, value: Any) -> Any:
        """Refuse a table that makes no sense when read aloud."""
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        missing = []
        if not value.caption:
            missing.append(_("Give the table a caption: what does it show?"))
        if not value.columns or not all(column["heading"].strip() for column in value.columns):
            missing.append(_("Give every column a heading."))
        if missing:
            raise TypedTableBlockValidationError(
                non_block_errors=[ValidationError(words) for words in missing]
            )
        return value
