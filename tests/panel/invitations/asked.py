"""A campaign whose people were asked some days ago, for the tests beside."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from django.core import mail

from panel.accounts.models import User
from panel.basis.models import ControllerRecord
from panel.core.clock import now
from panel.invitations import sending
from panel.invitations.actions import hand_over
from panel.invitations.actions.invitations import give_link
from panel.invitations.models import Campaign, Invitation, InvitationState, Way
from panel.invitations.reminding import TIME_TO_ANSWER, of
from tests.factories.conversations import CommenterFactory
from tests.factories.panel import REMINDER, open_gate, running_campaign


def asked(
    *names: str,
    by: User,
    released_by: User,
    way: Way = Way.EMAIL,
    ago: timedelta = TIME_TO_ANSWER,
    words: dict[str, str] = REMINDER,
) -> Campaign:
    """A running campaign whose invitations reached ``names`` so long ``ago``; the box is empty."""
    if not ControllerRecord.objects.exists():
        open_gate(valid_from=(now() - timedelta(days=60)).date())
    with time_machine.travel(now() - ago):
        people = [CommenterFactory(name=name) for name in names]
        campaign = running_campaign(*people, made_by=by, released_by=released_by, **words)
        for invitation in campaign.invitations.order_by("pk"):
            reach(invitation, way, by)
    mail.outbox.clear()
    return campaign


def reach(invitation: Invitation, way: Way, by: User) -> None:
    """Send one invitation, by ``way``."""
    email = f"{invitation.commenter}@example.dk".lower() if way == Way.EMAIL else ""
    Invitation.objects.filter(pk=invitation.pk).update(way=way, email=email)
    if way == Way.EMAIL:
        assert sending.send(invitation.pk)
        return
    if way == Way.LETTER:
        give_link(invitation)
    assert hand_over(Invitation.objects.get(pk=invitation.pk), by=by).state == InvitationState.SENT


def left_out(campaign: Campaign) -> dict[str, int]:
    """Why how many are not reminded now."""
    return {str(why_not): number for why_not, number in of(campaign).left_out}
