"""Jobs: each calls one action."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from cms.stories.ideas import letters
from cms.stories.tips import waiting
from panel.jobs.current import current_job
from panel.jobs.registry import job, periodic


@periodic(every=timedelta(seconds=30))
@job(name=_("Mail those who sent ideas for stories"), time_limit=3600)
def mail_letters() -> None:
    """One letter after the other; each is claimed on its own, so two at once send none twice."""
    for letter_id in letters.due():
        letters.send(letter_id)
        current_job().checkpoint()


@periodic(every=timedelta(minutes=1))
@job(name=_("Find letters about ideas that may or may not have left"))
def sweep_letters() -> int:
    """What a worker left on its way when it died is put before a person."""
    return letters.sweep()


@periodic(daily="04:50")
@job(name=_("Forget photos of tips that were never sent"))
def forget_waiting() -> int:
    """Once a night; returns how many."""
    return waiting.forget()
