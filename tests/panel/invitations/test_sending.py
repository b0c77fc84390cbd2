"""A letter leaves once, and only to somewhere."""

from __future__ import annotations

import pytest
from django.core import mail

from panel.accounts.models import User
from panel.invitations import sending
from panel.invitations.models import Invitation, InvitationState, Way
from tests.factories.conversations import CommenterFactory
from tests.factories.panel import open_gate, running_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation(clerk: User, editor: User) -> Invitation:
    open_gate()
    campaign = running_campaign(CommenterFactory(), made_by=clerk, released_by=editor)
    campaign.invitations.update(way=Way.EMAIL, email="bo@example.dk")
    return campaign.invitations.get()


def test_a_letter_leaves_once(invitation: Invitation) -> None:
    assert sending.due() == [invitation.pk]
    assert sending.send(invitation.pk)
    assert not sending.send(invitation.pk)
    assert [letter.to for letter in mail.outbox] == [["bo@example.dk"]]
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.SENT


def test_a_letter_to_nowhere_does_not_look_sent(invitation: Invitation) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(email="")
    assert not sending.send(invitation.pk)
    assert mail.outbox == []
    invitation.refresh_from_db()
    assert (invitation.state, invitation.sent_at) == (InvitationState.FAILED, None)
    assert sending.due() == []
