"""The kind that works with nothing: comments come as files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panel.channels.models import Kind
from panel.channels.protocol import Place


class ByHand:
    """A page whose comments come as files, exported by somebody who may."""

    kind = Kind.BYHAND
    about = _(
        "Comments come as files: a page’s export, CSV or Excel. Needs no access to any network."
    )
    id_help = _("The page id, digits only, if you know it.")
    key_help = ""
    takes_files = True
    needs_token = False
    calls_its_address = False

    def place(self, *, slug: str, external_id: str, url: str) -> Place:
        """Its scope is the page whose export it is; without its id, the channel alone."""
        scope = f"page:{external_id}" if external_id else f"byhand:{slug}"
        return Place(external_id, url, scope)
