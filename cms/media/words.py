"""Words that describe no picture: the name a camera gave its file."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FILE_NAME = re.compile(
    r"\.(jpe?g|png|gif|webp|avif|heic|tiff?)$"
    r"|^(img|dsc|dscn|dscf|pxl|image|screenshot|skærmbillede|whatsapp image)?[\s_-]*[\d\s_.:-]+$",
    re.IGNORECASE,
)


def speaking_description(text: str) -> None:
    """Refuse a file name where a picture should be described."""
    if text.strip() and FILE_NAME.search(text.strip()):
        raise ValidationError(
            _(
                "“%(text)s” is the name of a file. Write what the picture shows, as you would "
                "tell it on the phone, or tick that it is decorative."
            ),
            code="file_name",
            params={"text": text.strip()},
        )
