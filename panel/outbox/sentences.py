"""What the events of the outbox mean, for whoever reads the trail."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "outbox.paused": _("paused what goes out"),
    "outbox.went_on": _("ended a pause of what goes out"),
    "outgoing.cancelled": _("stopped something before it was sent"),
    "outgoing.held": _("held something back"),
    "outgoing.let_go": _("let something go that was held back"),
    "outgoing.is_there": _("found on the network what was in doubt"),
    "outgoing.is_not_there": _("did not find on the network what was in doubt, and sent it again"),
    "outgoing.given_up": _("gave up sending something"),
    "outgoing.sent_again": _("sent something again"),
}
