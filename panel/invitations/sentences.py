"""What the events of invitations mean, for whoever reads the trail."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "campaign.made": _("made a campaign with %(invitations)s invitations"),
    "campaign.submitted": _("asked a colleague to release a campaign"),
    "campaign.taken_back": _("took a campaign back to change it"),
    "campaign.released": _("released a campaign"),
    "campaign.paused": _("paused a campaign"),
    "campaign.went_on": _("let a campaign go on"),
    "campaign.ended": _("ended a campaign"),
    "campaign.reminded": _("asked for %(reminders)s reminders by e-mail"),
    "template.written": _("wrote version %(version)s of a template"),
    "template.approved": _("approved version %(version)s of a template"),
    "letters.printed": _("printed %(letters)s letters"),
    "reminders.printed": _("printed %(letters)s reminders"),
    "reminders.printed_again": _("printed %(letters)s reminders again"),
    "invitation.way_chosen": _("chose a way for an invitation (%(way)s)"),
    "invitation.handed_over": _("handed an invitation over"),
    "invitation.settled": _("settled whether an invitation went out"),
    "invitation.withdrawn": _("withdrew an invitation"),
    "invitation.mailed": _("mailed an invitation (%(state)s)"),
    "invitation.reminded": _("mailed a reminder (%(state)s)"),
    "invitation.accepted": _("accepted an invitation"),
    "invitation.declined": _("noted that an invitation was declined"),
}
