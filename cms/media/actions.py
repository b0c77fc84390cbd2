"""What is done with pictures when nobody is looking."""

from __future__ import annotations

from datetime import datetime, timedelta

from wagtail.models import UploadedFile

from panel.core.clock import now

# A working day and a night: whoever comes back in the morning finds their files.
WORDS_WITHIN = timedelta(hours=24)


def forget_set_aside() -> int:
    """Delete files that were uploaded and set aside, and that nobody has put into words in time;
    how many.

    Wagtail keeps them for good. They may show people, and nobody has said why we may.
    """
    limit = now() - WORDS_WITHIN
    old = [each for each in UploadedFile.objects.order_by("pk") if _came(each) < limit]
    for each in old:
        each.file.delete(save=False)
        each.delete()
    return len(old)


def _came(upload: UploadedFile) -> datetime:
    """When it came. The row does not know, the file does; one whose file is gone is old."""
    try:
        return upload.file.storage.get_modified_time(upload.file.name)
    except FileNotFoundError:
        return now() - 2 * WORDS_WITHIN
