"""What the events of channels mean, for whoever reads the trail."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "channel.added": _("connected the channel %(slug)s"),
    "channel.changed": _("changed a channel"),
    "channel.key_set": _("gave the channel %(slug)s a key"),
    "channel.listened": _("asked the network to tell a channel what happens"),
    "channel.key_checked": _("tested the key of a channel"),
    "channel.key_refused": _("noted that the network no longer takes the key of %(slug)s"),
}
