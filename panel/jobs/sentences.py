"""What the events of background work mean, for whoever reads the trail."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "job.run_again": _("ran a job again that had been given up"),
    "job.discarded": _("let a job rest that had been given up (%(job)s)"),
}
