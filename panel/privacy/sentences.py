"""What the events of privacy mean, for whoever reads the trail."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "objection.noted": _("noted that somebody does not want to be counted"),
    "person.copied": _("took a copy of what there is about a citizen who asked for it"),
    "person.erased": _("erased a person who asked for it"),
    "person.looked_up": _("looked up a citizen who asked about their data"),
    "retention.applied": _("let go of rows whose time was up: %(rows)s"),
}
