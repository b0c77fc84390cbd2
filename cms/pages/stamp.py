"""What the site looked like last: a value that changes when any page or setting does.

Wagtail writes a line in its log for every edit, publication, move and deletion, in the same
transaction. The newest lines are therefore the version of everything we may keep in memory: no
signal to miss, nothing to clear, and every process sees it. A few lines instead of one because a
slow transaction may bring a number lower than the last one seen.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.http import HttpRequest

Stamp = tuple[tuple[str, str], ...]

NEWEST = """
SELECT * FROM (
    SELECT 'page', CAST(timestamp AS varchar(40))
    FROM wagtailcore_pagelogentry ORDER BY id DESC LIMIT 8
) pages
UNION ALL SELECT * FROM (
    SELECT 'other', CAST(timestamp AS varchar(40))
    FROM wagtailcore_modellogentry ORDER BY id DESC LIMIT 8
) others
UNION ALL SELECT 'settings', CAST(changed_at AS varchar(40)) FROM pages_municipalitysettings
"""


def current() -> Stamp:
    """The stamp of this moment. One query over two primary keys."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST)
        return tuple(cursor.fetchall())


def latest(stamp: Stamp) -> datetime | None:
    """When the last of it happened."""
    moments = [datetime.fromisoformat(text) for _what, text in stamp if text]
    aware = [each if each.tzinfo else each.replace(tzinfo=UTC) for each in moments]
    return max(aware, default=None)


def seen_by(request: HttpRequest) -> Stamp:
    """The stamp of this request: asked once, so that everything in an answer is of one piece."""
    known: Any = request.__dict__.get("_site_stamp")
    if known is None:
        known = request.__dict__["_site_stamp"] = current()
    return tuple(known)
