"""Who the journeys of joining and leaving are about."""

from __future__ import annotations

from typing import Any

import pytest

from panel.accounts.models import User
from panel.invitations.actions.invitations import give_link, hand_over
from panel.members.actions import claim
from panel.members.models import Area, Interest, Member
from tests.factories.conversations import CommenterFactory
from tests.factories.panel import a_member, open_gate, running_campaign


@pytest.fixture
def link(site: Any, clerk: User, editor: User) -> str:
    """The address of an invitation that has reached its person."""
    open_gate()
    Area.objects.create(name="Havnen")
    Interest.objects.create(name="Cykelstier")
    campaign = running_campaign(CommenterFactory(name="Bo Lind"), made_by=clerk, released_by=editor)
    invitation = campaign.invitations.get()
    token = give_link(invitation)
    hand_over(invitation, by=clerk)
    return f"/i/{token}/"


@pytest.fixture
def mette(site: Any, clerk: User) -> Member:
    """A member who said that some comments are theirs."""
    open_gate()
    joined = a_member()
    claim(joined, commenter=CommenterFactory(name="Mette på nettet"), by=joined.user)
    return joined
