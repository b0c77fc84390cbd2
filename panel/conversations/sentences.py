"""What the events of conversations mean, for whoever reads the trail."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "comment.answered": _("answered a comment"),
    "comment.hidden": _("hid a comment by the rule: %(rule)s"),
    "comment.shown_again": _("showed a hidden comment again"),
    "commenter.forgotten": _("erased a commenter"),
    "post.marked_competition": _("marked a post as a competition"),
    "post.unmarked_competition": _("unmarked a post as a competition"),
    "post.department_set": _("gave a post to the department %(department)s"),
    "vanishing.raised": _("raised the alarm: something vanished on %(channel)s"),
    "vanishing.settled": _("said what was behind something that vanished"),
    "import.chosen": _("chose a file to import"),
    "import.columns_confirmed": _("confirmed %(columns)s columns of a file"),
    "import.started": _("started an import"),
    "import.resumed": _("went on with an import from line %(line)s"),
    "import.cancelled": _("cancelled an import"),
    "import.finished": _("finished an import"),
    "import.failed": _("gave up an import"),
    "import.file_deleted": _("deleted an imported file"),
}
