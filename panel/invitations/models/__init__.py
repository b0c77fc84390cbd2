"""Asking people in: templates, campaigns, invitations and the open link."""

from .campaigns import Campaign, CampaignState, Template
from .invitations import REMINDABLE, Invitation, InvitationState, OpenLink, Reminder, Way

__all__ = [
    "REMINDABLE",
    "Campaign",
    "CampaignState",
    "Invitation",
    "InvitationState",
    "OpenLink",
    "Reminder",
    "Template",
    "Way",
]
