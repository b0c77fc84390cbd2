"""What the events of members mean, for whoever reads the trail."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "member.joined": _("joined the panel with consent text %(text)s"),
    "member.left": _("left the panel"),
    "member.asked_to_stay": _("asked an inactive member whether to stay"),
    "profile.changed": _("changed a member's profile"),
    "consent.given": _("agreed to consent text %(text)s"),
    "claim.made": _("tied comments to a member"),
    "claim.undone": _("untied comments from a member"),
    "consent_text.written": _("wrote version %(version)s of the consent text"),
    "consent_text.published": _("published version %(version)s of the consent text"),
}
