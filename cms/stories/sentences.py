"""What the events of stories mean, for whoever reads the trail."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "idea.received": _("took in a citizen's tip for a story"),
    "idea.suggested": _("had an idea for a story"),
}
