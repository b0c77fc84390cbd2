"""Jobs: each calls one action."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from cms.publishing import sending, sweeping, watching
from cms.publishing.actions import handing, prompt, remind_all
from panel.jobs.current import current_job
from panel.jobs.queue import enqueue
from panel.jobs.registry import job, periodic


@periodic(every=timedelta(seconds=5))
@job(name=_("Let stories out at their time"), time_limit=600, priority=100)
def go_live() -> int:
    """Every five seconds; returns how many stories went out."""
    if sweeping.is_much():
        enqueue(go_live_too, key="go_live_too")
    return sweeping.sweep()


@job(name=_("Help to let stories out at their time"), time_limit=600, priority=100)
def go_live_too() -> int:
    """What a second worker does when much is due at once; returns how many stories went out."""
    return sweeping.sweep(last_first=True)


@periodic(every=timedelta(seconds=5))
@job(name=_("Note what the networks have got"), time_limit=300)
def follow_outbox() -> int:
    """Every five seconds; returns how many publications it changed."""
    return handing.follow_outbox()


@periodic(every=timedelta(seconds=30))
@job(name=_("Close stories whose time is over"), time_limit=300)
def close_late() -> int:
    """Twice a minute; returns how many."""
    sweeping.replace_who_left()
    return sweeping.close_late()


@periodic(every=timedelta(minutes=5))
@job(name=_("Take down what nobody has approved"), time_limit=300)
def look_for_unapproved() -> int:
    """One query, unless somebody wrote into the database past the product; returns how many."""
    return watching.look()


@periodic(daily="03:20")
@job(name=_("Compare every story with what was approved"), time_limit=1800)
def compare_with_approved() -> int:
    """Nightly, to the letter; returns how many were taken down."""
    return watching.compare()


@periodic(every=timedelta(minutes=10))
@job(name=_("Remind of what is to be posted by hand"), time_limit=120)
def remind_to_post() -> int:
    """Twice a story at most; returns how many stories somebody was reminded of."""
    return prompt()


@periodic(every=timedelta(seconds=10))
@job(name=_("Mail colleagues what becomes of stories"), time_limit=600)
def mail_notices() -> None:
    """One letter after the other; each is claimed on its own, so two at once send none twice."""
    for notice_id in sending.due():
        sending.send(notice_id)
        current_job().checkpoint()


@periodic(every=timedelta(minutes=1))
@job(name=_("Remind editors of what waits for them"), time_limit=120)
def remind_editors() -> int:
    """Once a story, before its time; returns how many stories."""
    return remind_all()


@periodic(daily="03:50")
@job(name=_("Forget what colleagues were told long ago"))
def forget_old_notices() -> int:
    """Nightly; returns how many."""
    return sending.forget_old()
