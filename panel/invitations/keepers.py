"""The doors that invitations add to joining."""

from __future__ import annotations

from panel.invitations.actions.answers import redeem, redeem_open
from panel.members.joining import Welcome, register
from panel.members.models import Member


class LinkKeeper:
    """A person's own link: good for one."""

    session_key = "invitations.token"

    def redeem(self, key: str, *, member: Member) -> Welcome:
        """Use the link up.

        Raises DoorClosed.
        """
        return redeem(key, member=member)


class OpenKeeper:
    """The link for everybody: counted, never used up."""

    session_key = "invitations.code"

    def redeem(self, key: str, *, member: Member) -> Welcome:
        """Count one more.

        Raises DoorClosed for a link that never was.
        """
        return redeem_open(key, member=member)


register(LinkKeeper())
register(OpenKeeper())
