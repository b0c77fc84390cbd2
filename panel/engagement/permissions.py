"""Who may see how much people take part, and who may choose among them.

Communications officers, editors and administrators; nobody in a department (P4). The roles have
these in ``accounts``.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from panel.accounts.models import User


def may_see(user: User | AnonymousUser) -> bool:
    """Candidates with their points, and shortlists."""
    return user.has_perm("engagement.view_shortlist")


def may_choose(user: User | AnonymousUser) -> bool:
    """Make shortlists and change them."""
    return user.has_perm("engagement.add_shortlist")
