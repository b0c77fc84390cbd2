"""What the site still lacks, and the way there for those who can mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
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
from cms.pages.permissions import may_add_below, may_describe_municipality
from panel.accounts.models import User

# The law wants the statement renewed yearly; we begin to say so a month before.
A_YEAR = timedelta(days=365)
A_MONTH = timedelta(days=30)

NEEDED = (PanelPage, DebateRulesPage, PrivacyPage, ContactPage, AccessibilityPage)


@dataclass(frozen=True, slots=True)
class Lack:
    """Something missing: a sentence, where to mend it, and whether the law asks for it.

    Who may not open the place has no ``url``, and reads in ``by`` whom to ask.
    """

    sentence: str
    url: str
    by: str
    is_law: bool = False


def lacks(today: date, *, user: User | AnonymousUser) -> list[Lack]:
    """Everything missing on ``today``, what the law asks for first, with links ``user`` may open.

    A query a kind of page.
    """
    owner = MunicipalitySettings.load()
    settings = ""
    if may_describe_municipality(user):
        settings = reverse("wagtailsettings:edit", args=["pages", "municipalitysettings", owner.pk])
    ask = "" if settings else _("An editor or an administrator can mend it under Settings.")
    found = [
        *(
            Lack(sentence, settings, ask, is_law=True)
            for sentence in _of_the_municipality(owner, today)
        ),
        *_of_pages(user),
    ]
    return sorted(found, key=lambda lack: not lack.is_law)


def _of_the_municipality(owner: MunicipalitySettings, today: date) -> Iterator[str]:
    """What the law wants on every page, and the settings do not say."""
    if not (owner.phone and owner.email):
        yield _("Phone and e-mail must both be on every page.")
    if not owner.was_url:
        yield _("The accessibility statement has no address yet. Make it in WAS-Tool.")
    if not (owner.dpo_email or owner.dpo_phone):
        yield _("The privacy notice does not say how to reach the data protection adviser.")
    renewal = _renewal(owner.accessibility_renewed_on, today)
    if owner.was_url and renewal:
        yield renewal


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


def _of_pages(user: User | AnonymousUser) -> Iterator[Lack]:
    for home in HomePage.objects.live().select_related("locale").order_by("path"):
        adding, ask = "", _("A communications officer or an editor can make it.")
        if may_add_below(home, user):
            adding, ask = reverse("wagtailadmin_pages:add_subpage", args=[home.pk]), ""
        for kind in NEEDED:
            published: Any = kind.objects.live().descendant_of(home)
            if not published.exists():
                yield Lack(
                    _("There is no published page of the kind “%(kind)s” in %(language)s.")
                    % {
                        "kind": kind._meta.verbose_name,
                        "language": home.locale.language_name_local,
                    },
                    adding,
                    ask,
                    is_law=kind in (PrivacyPage, AccessibilityPage),
                )
