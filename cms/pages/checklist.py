"""What the site still lacks, for those who can mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.pages.models import (
    AccessibilityPage,
    ContactPage,
    DebateRulesPage,
    HomePage,
    MunicipalitySettings,
    PanelPage,
    PrivacyPage,
)

# The law wants the statement renewed yearly; we begin to say so a month before.
A_YEAR = timedelta(days=365)
A_MONTH = timedelta(days=30)

NEEDED = (PanelPage, DebateRulesPage, PrivacyPage, ContactPage, AccessibilityPage)


@dataclass(frozen=True, slots=True)
class Lack:
    """Something missing: a sentence, where to mend it, and whether the law asks for it."""

    sentence: str
    url: str
    is_law: bool = False


def lacks(today: date) -> list[Lack]:
    """Everything missing on ``today``, what the law asks for first. A query a kind of page."""
    found = [*_of_the_municipality(MunicipalitySettings.load(), today), *_of_pages()]
    return sorted(found, key=lambda lack: not lack.is_law)


def _of_the_municipality(owner: MunicipalitySettings, today: date) -> Iterator[Lack]:
    settings = reverse("wagtailsettings:edit", args=["pages", "municipalitysettings", owner.pk])
    if not (owner.phone and owner.email):
        yield Lack(_("Phone and e-mail must both be on every page."), settings, is_law=True)
    if not owner.was_url:
        yield Lack(
            _("The accessibility statement has no address yet. Make it in WAS-Tool."),
            settings,
            is_law=True,
        )
    if not (owner.dpo_email or owner.dpo_phone):
        yield Lack(
            _("The privacy notice does not say how to reach the data protection adviser."),
            settings,
            is_law=True,
        )
    renewal = _renewal(owner.accessibility_renewed_on, today)
    if owner.was_url and renewal:
        yield Lack(renewal, settings, is_law=True)


def _renewal(renewed: date | None, today: date) -> str:
    """What to say about the yearly renewal; nothing while it is far away."""
    if renewed is None:
        return _(
            "Write when the accessibility statement was renewed last, so that we can remind you."
        )
    due = renewed + A_YEAR
    when = {"date": date_format(due, "DATE_FORMAT")}
    if today > due:
        return _("The accessibility statement was due for renewal on %(date)s.") % when
    if today > due - A_MONTH:
        return _("The accessibility statement must be renewed by %(date)s.") % when
    return ""


def _of_pages() -> Iterator[Lack]:
    for home in HomePage.objects.live().select_related("locale").order_by("path"):
        for kind in NEEDED:
            published: Any = kind.objects.live().descendant_of(home)
            if not published.exists():
                yield Lack(
                    _("There is no published page of the kind “%(kind)s” in %(language)s.")
                    % {
                        "kind": kind._meta.verbose_name,
                        "language": home.locale.language_name_local,
                    },
                    reverse("wagtailadmin_pages:add_subpage", args=[home.pk]),
                    is_law=kind in (PrivacyPage, AccessibilityPage),
                )
