"""Who wants to know at once, in the same transaction, what becomes of an approval.

The apps above hang their own rows on an approval and must let them go with it; they say so when
they start, for this app knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable

from cms.review.models import Approval

Follower = Callable[[Approval], None]

_followers: list[Follower] = []


def follow(follower: Follower) -> Follower:
    """``follower`` is called with an approval that has just moved, before that is committed."""
    if follower not in _followers:
        _followers.append(follower)
    return follower


def tell(approval: Approval) -> None:
    """Call everybody who follows."""
    for follower in _followers:
        follower(approval)
