"""The kind that is ourselves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panel.channels.models import Kind


class Site:
    """This site's own pages: who writes here has an account here, so all of it is one scope."""

    kind = Kind.SITE
    about = _("Comments that citizens write on this site’s own pages.")
    takes_files = False
    needs_token = False

    def scope(self, *, slug: str, external_id: str) -> str:
        """The same for every channel of this kind."""
        return "site"
