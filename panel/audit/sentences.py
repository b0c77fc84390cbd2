"""What the trail says about itself."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "trail.pruned": _("removed %(events)s events whose time was up, to number %(up_to)s"),
}
