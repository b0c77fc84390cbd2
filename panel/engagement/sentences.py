"""What the events of engagement mean, for whoever reads the trail."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "shortlist.made": _(
        "made a shortlist from the last %(days)s days, measure version %(version)s"
    ),
    "shortlist.added": _("put people on a shortlist: %(people)s"),
    "shortlist.drawn": _(
        "drew lots: above the bar %(above_the_bar)s, newcomers %(newcomers)s, seed %(seed)s"
    ),
    "shortlist.removed": _("took somebody off a shortlist"),
    "shortlist.extended": _("kept a shortlist until %(until)s"),
    "shortlist.withdrawn": _("withdrew a shortlist; people let go: %(people)s"),
    "shortlist.expired": _("let go of people on a shortlist whose time was up: %(people)s"),
    "candidates.asked": _("asked why somebody is or is not among the engaged"),
}
