"""The two doors every picture comes through: the field of a form, and the field of a row."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.forms import FileField
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField as FormField
from wagtail.images.models import WagtailImageField as ModelField
from wagtail.images.models import WagtailImageFieldFile

from cms.media.cleaning import MOST_BYTES, Reason, Refused, Remade, remade


class PictureFile(WagtailImageFieldFile):
    """The file of a picture. Nothing is stored that was not made anew, whichever way it came."""

    def save(self, name: str, content: File[bytes], save: bool = True) -> None:
        """Store ``content`` under a name of its own; ``name`` says what a person called it.

        Raises Refused for what is no picture: forms have said so before.
        """
        kept = content if isinstance(content, Remade) else remade(content.read())
        super().save(kept.name, kept, save)


class PictureField(ModelField):
    """A column of pictures."""

    attr_class = PictureFile


class Upload(FormField):
    """Where a person hands in a picture: made anew, or refused in words, before it is looked at.

    What is inside decides what it is; its name does not matter.
    """

    default_validators: list[Any] = []

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.help_text = _(
            "JPEG, PNG, WebP or GIF, at most 10 MB. We keep what is seen and nothing else: place, "
            "time and camera are removed from the file. Of a moving picture we keep the first "
            "frame."
        )

    def to_python(self, data: Any) -> Remade | None:
        """The picture made anew; None when there is none."""
        given = FileField.to_python(self, data)
        if given is None or isinstance(given, Remade):
            return given
        try:
            if given.size > MOST_BYTES:
                raise Refused(Reason.TOO_HEAVY)
            return remade(given.read())
        except Refused as refusal:
            raise ValidationError(str(refusal), code=refusal.reason) from refusal
