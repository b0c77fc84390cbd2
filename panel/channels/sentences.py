"""What the events of channels mean, for whoever reads the trail."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "channel.added": _("connected the channel %(slug)s"),
    "channel.changed": _("changed a channel"),
}
