"""What the events of basis mean, for whoever reads the trail."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "basis.recorded": _("recorded the legal basis, in force until %(valid_until)s"),
    "basis.withdrawn": _("withdrew the legal basis"),
}
