"""Times as people say them, by the clock on the town hall, the two odd days of the year too."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from panel.core.clock import in_copenhagen, now


def in_words(moment: datetime) -> str:
    """Tuesday 24 November at 10:00; with the year when it is another one than now."""
    local = in_copenhagen(moment)
    if local.year == in_copenhagen(now()).year:
        form = pgettext("date format", r"l j F \a\t H:i")
    else:
        form = pgettext("date format", r"l j F Y \a\t H:i")
    return date_format(local, form) + _which_of_two(local)


def window(due_at: datetime | None, latest_at: datetime | None) -> str:
    """When something goes out, and until when it still may."""
    if due_at is None:
        return _("As soon as it is approved")
    said = {"when": in_words(due_at), "latest": ""}
    if latest_at is None:
        return said["when"]
    first, last = in_copenhagen(due_at), in_copenhagen(latest_at)
    if first.date() == last.date() and not _which_of_two(last):
        said["latest"] = clock(last)
    else:
        said["latest"] = in_words(latest_at)
    return _("%(when)s, at the latest %(latest)s") % said


def patience_in_words(minutes: int) -> str:
    """15 minutes, 1 hour, 1 day."""
    if minutes % (24 * 60) == 0:
        days = minutes // (24 * 60)
        return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}
    if minutes % 60 == 0:
        hours = minutes // 60
        return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}
    return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}


def clock(local: datetime) -> str:
    """10:00."""
    return date_format(local, pgettext("time format", "H:i"))


def comes_twice(local: datetime) -> bool:
    """Whether the clock shows this time twice, because it is put back in between."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _which_of_two(local: datetime) -> str:
    if not comes_twice(local):
        return ""
    if local.fold:
        return _(" (the second time, after the clock was put back)")
    return _(" (the first time, before the clock is put back)")
