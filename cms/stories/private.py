"""Where photos lie that nobody has looked at yet: never served as files, under no address."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage

# Names are drawn by ``cms.media``; nothing else is looked for, whatever an address says.
NAME = re.compile(r"[0-9a-f]{32}\.(jpg|png|webp)")


class Private(FileSystemStorage):
    """Beside the imported files, away from what the site serves."""

    @property
    def base_location(self) -> Path:
        """Asked each time, as the settings have it."""
        return Path(settings.UPLOAD_ROOT) / "ideas"

    @property
    def location(self) -> str:
        """The same as an absolute path."""
        return str(self.base_location.resolve())


def storage() -> Private:
    """For fields, which want a function to name in a migration."""
    return Private()
