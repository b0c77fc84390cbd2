"""What the events of stories mean, for whoever reads the trail."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "idea.received": _("took in a citizen's tip for a story"),
    "idea.suggested": _("had an idea for a story"),
    "idea.sorted": _("sorted an idea"),
    "idea.taken": _("took an idea"),
    "idea.kept": _("kept an idea"),
    "idea.declined": _("declined an idea"),
    "idea.put_back": _("put an idea back on the list"),
    "idea.merged": _("merged an idea with another"),
    "idea.answered": _("answered whoever sent an idea"),
    "idea.letter_again": _("had an e-mail about an idea sent again"),
    "idea.used": _("made a story of an idea"),
    "idea.told": _("told those who had the idea that a story is out (%(letters)s e-mails)"),
    "idea.forgotten": _("forgot who sent ideas (%(ideas)s)"),
}
