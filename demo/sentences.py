"""What the demo's own two events mean, for whoever reads the trail."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "demo.begun": _("began to fill the demo with %(comments)s comments"),
    "demo.filled": _("filled the demo with %(comments)s comments"),
}
