"""Who may ask citizens, and who stands behind it as the second person."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from panel.accounts.models import User
from panel.invitations.models import Campaign, Template


def may_make(user: User | AnonymousUser) -> bool:
    """Make campaigns, print letters, write templates: communications officers and editors."""
    return user.has_perm("invitations.add_campaign")


def may_release(user: User | AnonymousUser, campaign: Campaign) -> bool:
    """Stand behind a campaign: whoever has the right, but never its maker."""
    return user.has_perm("invitations.release_campaign") and campaign.made_by_id != user.pk


def may_approve(user: User | AnonymousUser, template: Template) -> bool:
    """Stand behind a template: whoever has the right, but never its author."""
    return user.has_perm("invitations.approve_template") and template.written_by_id != user.pk
