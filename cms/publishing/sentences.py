"""What the events of publishing mean, for whoever reads the trail."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "calendar_key.made": _("made a secret address for the calendar"),
    "calendar_key.renewed": _("made a new secret address for the calendar"),
    "calendar_key.closed": _("closed the secret address of the calendar"),
    "publication.held": _("held a story back"),
    "publication.went_on": _("let a story go on"),
    "publication.posted": _("posted a story by hand"),
    "publication.not_posted": _("took back that a story was posted"),
    "publication.given_up": _("chose not to post a story on a channel"),
    "publishing.paused": _("paused everything that goes out"),
    "publishing.went_on": _("ended the pause of everything"),
    "story.out": _("let a story out"),
    "story.taken_down": _("took a story off the site"),
    "story.removed": _("took a story off the site: nobody had approved what it showed (%(why)s)"),
}
