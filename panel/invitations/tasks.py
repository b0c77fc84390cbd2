"""What invitations leave to the worker."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from panel.core.clock import now
from panel.invitations import sending
from panel.invitations.actions import answers
from panel.jobs.current import current_job
from panel.jobs.registry import job, periodic


@periodic(every=timedelta(seconds=30))
@job(name=_("Mail the invitations of running campaigns"), time_limit=3600)
def mail_due() -> None:
    """One letter after the other; each is claimed on its own, so two at once send none twice."""
    for invitation_id in sending.due():
        sending.send(invitation_id)
        current_job().checkpoint()


@periodic(every=timedelta(seconds=30))
@job(name=_("Mail the reminders that staff asked for"), time_limit=3600)
def mail_reminders() -> None:
    """As ``mail_due``; who has answered since a colleague pressed the button is left out."""
    for invitation_id in sending.due_reminders():
        sending.send_reminder(invitation_id)
        current_job().checkpoint()


@periodic(every=timedelta(minutes=1))
@job(name=_("Find letters that may or may not have left"))
def sweep_letters() -> None:
    """What a worker left on its way when it died is put before a person."""
    sending.sweep()


@periodic(every=timedelta(hours=1))
@job(name=_("End invitations past their last day"))
def end_old_invitations() -> None:
    """Links past their last day stop working, and the funnel says so."""
    answers.lapse(now())
