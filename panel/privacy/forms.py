"""What staff fill in when a citizen asks."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WhoForm(forms.Form):
    """Who asks."""

    who = forms.CharField(
        label=_("Name, link to a comment, or e-mail address"),
        max_length=1000,
        help_text=_(
            "A link to one of their own comments is surest: many people share a name. An e-mail"
            " address finds a member’s account, and ideas for stories. It must be written in full."
        ),
        error_messages={"required": _("Write who asks.")},
    )
