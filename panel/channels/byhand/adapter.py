"""The kind that works with nothing: comments come as files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panel.channels.models import Kind


class ByHand:
    """A page whose comments come as files, exported by somebody who may."""

    kind = Kind.BYHAND
    about = _(
        "Comments come as files: a page’s export, CSV or Excel. Needs no access to any network."
    )
    takes_files = True
    needs_token = False

    def scope(self, *, slug: str, external_id: str) -> str:
        """The page whose export it is; without its id, the channel alone."""
        return f"page:{external_id}" if external_id else f"byhand:{slug}"
