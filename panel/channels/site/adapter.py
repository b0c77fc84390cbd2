"""The kind that is ourselves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panel.channels.models import Kind
from panel.channels.protocol import Place


class Site:
    """This site's own pages: who writes here has an account here, so all of it is one scope."""

    kind = Kind.SITE
    about = _("Comments that citizens write on this site’s own pages.")
    id_help = ""
    key_help = ""
    takes_files = False
    needs_token = False
    calls_its_address = False

    def place(self, *, slug: str, external_id: str, url: str) -> Place:
        """Its scope is the same for every channel of this kind."""
        return Place(external_id, url, "site")
