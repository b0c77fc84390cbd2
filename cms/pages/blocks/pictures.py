"""Pictures, which say in words what they show, or that they show nothing needed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageBlock

from cms.media.words import speaking_description


class DescribedImage(ImageBlock):
    """An image with alternative text or the tick "decorative"; a file name is no description."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # Wagtail names the field by its key, in English.
        self.child_blocks["image"].label = _("Picture")

    def clean(self, value: Any) -> Any:
        """Wagtail asks for one of the two; we ask that the words are words."""
        value = super().clean(value)
        if value is not None and not self.is_deferred_validation:
            try:
                speaking_description(value.contextual_alt_text or "")
            except ValidationError as refusal:
                raise StructBlockValidationError(block_errors={"alt_text": refusal}) from refusal
        return value


class Picture(blocks.StructBlock):
    """A picture in the text."""

    image = DescribedImage(label=_("Picture"))
    caption = blocks.CharBlock(
        required=False,
        label=_("Caption"),
        help_text=_("What readers should know beside what they see; the photographer, too."),
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "pages/blocks/picture.html"
