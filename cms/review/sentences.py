"""What the events of approvals mean, for whoever reads the trail."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "approval.asked": _("sent a story for approval"),
    "approval.asked_again": _("asked again, because the one who approved has left"),
    "approval.given": _("approved a story"),
    "approval.changes_asked_for": _("asked for changes in a story"),
    "approval.rejected": _("rejected a story"),
    "approval.taken_back": _("took a story back"),
    "approval.fell_away": _("voided an approval: the story had changed (%(why)s)"),
    "approval.late": _("let a story lie that nobody approved in time"),
    "approval.missed": _("let a story lie that could not go out in time"),
    "approval.taken_down": _("noted that a story was taken down"),
}
