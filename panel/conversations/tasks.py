"""Jobs: each loads by id and calls one action."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panel.conversations.intake import work
from panel.conversations.retention import drop_old_files
from panel.jobs.registry import job, periodic

HOURS = 6 * 3600.0


@job(name=_("Import a file of comments"), time_limit=HOURS)
def import_file(key: int, token: str) -> None:
    """Import the rest of the file of import ``key``."""
    work.import_file(key, UUID(token))


@job(name=_("Check a file of comments"), time_limit=HOURS)
def check_file(key: int, token: str) -> None:
    """Count what importing the file of import ``key`` would do."""
    work.check_file(key, UUID(token))


@periodic(daily="03:40")
@job(name=_("Delete import files nobody needs any more"))
def forget_files() -> None:
    """Delete uploaded files some days after their last use."""
    drop_old_files()
