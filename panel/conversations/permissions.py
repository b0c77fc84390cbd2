"""Who may read, decide and import. The roles have these in ``accounts.roles``."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from panel.accounts.models import User

Somebody = User | AnonymousUser


def may_read(user: Somebody) -> bool:
    """Everybody who answers for what citizens write; not analysts, who need figures only."""
    return user.has_perm("conversations.view_comment")


def may_decide(user: Somebody) -> bool:
    """Hide and show again, mark competitions, set departments, look after what vanished."""
    return user.has_perm("conversations.change_comment")


def may_answer(user: Somebody) -> bool:
    """Who speaks for the municipality: communications officers and editors. Who connects channels
    does not answer on them.
    """
    return user.has_perm("conversations.add_reply")


def may_import(user: Somebody) -> bool:
    """Communications officers and administrators."""
    return user.has_perm("conversations.add_fileimport")
