"""What the events of engagement mean, for whoever reads the trail."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "shortlist.made": _(
        "made a shortlist from the last %(days)s days, measure version %(version)s"
    ),
    "shortlist.added": _("put %(people)s people on a shortlist (%(entrance)s)"),
    "shortlist.drawn": _(
        "drew %(above_the_bar)s people above the bar and %(newcomers)s newcomers, seed %(seed)s"
    ),
    "shortlist.removed": _("took %(people)s people off a shortlist"),
    "shortlist.extended": _("kept a shortlist until %(until)s"),
    "shortlist.withdrawn": _("withdrew a shortlist and let go of %(people)s people"),
    "shortlist.expired": _("let go of %(people)s people on a shortlist whose time was up"),
    "candidates.asked": _("asked why somebody is or is not among the engaged"),
}
