"""Asking people in: templates, campaigns, invitations and the open link."""

from .campaigns import Campaign, CampaignState, Template
from .invitations import Invitation, InvitationState, OpenLink, Way

__all__ = [
    "Campaign",
    "CampaignState",
    "Invitation",
    "InvitationState",
    "OpenLink",
    "Template",
    "Way",
]
