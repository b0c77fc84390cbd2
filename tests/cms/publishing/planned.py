"""Stories on their way out, for tests of the screens."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import time_machine
from django.test import Client
from wagtail.users.models import UserProfile

from cms.publishing import sweeping
from cms.publishing.models import Publication, State
from cms.review.models import Approval
from panel.accounts.models import User
from panel.core.clock import now
from tests.factories.stories import channel, scheduled, story, teaser

SOON = timedelta(hours=3)


def in_english(*people: User) -> None:
    """Their staff screens are in the source's language."""
    for person in people:
        profile = UserProfile.get_for_user(person)
        profile.preferred_language = "en"
        profile.save()


def later(**ahead: float) -> Any:
    return time_machine.travel(now() + timedelta(**ahead), tick=True)


def planned(
    title: str, *, by: User, approved_by: User, ahead: timedelta = SOON, **more: Any
) -> Approval:
    """Approved, to go out after ``ahead``."""
    page = story(by=by, title=title)
    return scheduled(page, asked_by=by, by=approved_by, due_at=now() + ahead, **more)


def ready(*, by: User, approved_by: User, title: str = "Nye cykelstativer") -> Publication:
    """Live, and to be posted by hand on the notice board."""
    page = story(by=by, title=title)
    teaser(page, channel(), by=by)
    scheduled(page, asked_by=by, by=approved_by)
    sweeping.sweep()
    return Publication.objects.get(state=State.READY, approval__page=page)


def says(browser: Client, path: str) -> str:
    """What a page says, once it answers as it should."""
    answer = browser.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()
