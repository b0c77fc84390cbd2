"""Comments as staff read them.

A page shows up to two hundred comments, and a template would look up twenty variables for each. So
a comment's few lines of markup stand here: filled by ``format_html``, which escapes everything that
anybody wrote, with the words and addresses that are the same for all of them asked for once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import dateformat, formats
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from panel.conversations.masking import masked
from panel.conversations.models import Comment
from panel.conversations.replying import NOBODY_REPLIES, Replying
from panel.conversations.reports.threads import Branch
from panel.core.clock import in_copenhagen

FORM = "said-verbs"
"""The id of the form on the page that the buttons of all comments send."""

_NOBODY = "00000000-0000-0000-0000-000000000000"
_SAID = (
    '<li class="{}"><article class="said" id="c-{}"><p class="thread-meta"><strong>{}</strong> · '
    '<time datetime="{}">{}</time>{}</p>{}{}<p class="said-verbs">{}</p></article></li>'
)
_NOTE = '<p class="thread-gone">{}</p>'
_TEXT = '<div class="thread-text">{}</div>'
_LINK = '<a href="{}">{}</a> '
_AWAY = '<a href="{}" rel="noreferrer">{}</a> '
_BUTTON = (
    '<button type="submit" form="{}" formaction="{}" '
    'class="button button-small button-secondary">{}</button> '
)
_NOTHING = SafeString("")


class Presenter:
    """Presents comments to one reader, in the language active when it was made."""

    def __init__(self, *, may_decide: bool, replying: Replying | None = None) -> None:
        self._may_decide = may_decide
        self._replying = replying or NOBODY_REPLIES
        self._unknown = gettext("Author not known")
        self._page = gettext("page")
        self._removed = gettext("Removed")
        self._gone = gettext(
            "This comment is gone: removed on the channel, or older than what is kept."
        )
        self._hidden = gettext("Hidden by %(who)s: %(rule)s.")
        self._wordless = gettext("No text, perhaps a picture.")
        self._see = gettext("See it on the channel")
        self._words = {"hide": gettext("Hide"), "show": gettext("Show again")}
        self._to = {"answers": gettext("Answers"), "thread": gettext("Thread")}
        self._format = str(formats.get_format("SHORT_DATETIME_FORMAT"))
        self._addresses = {
            name: reverse(f"comments:{name}", args=[_NOBODY])
            for name in ("answers", "hide", "show")
        } | {"thread": reverse("threads:thread", args=[_NOBODY])}

    def one(self, comment: Comment) -> SafeString:
        """A comment by itself."""
        return self._said(comment) + self._replying.form(comment)

    def all(self, comments: Iterable[Comment]) -> SafeString:
        """Comments one after the other."""
        return _joined(self._said(each) + self._replying.below(each) for each in comments)

    def branches(self, branches: Iterable[Branch]) -> SafeString:
        """Comments, each with its first answers and after them the way to the others."""
        return _joined(said for branch in branches for said in self._branch(branch))

    def across(self, comments: Iterable[Comment]) -> SafeString:
        """Comments from several threads, each with its channel and the way to its thread."""
        return _joined(map(self._elsewhere, comments))

    def _branch(self, branch: Branch) -> Iterator[SafeString]:
        rest = _NOTHING
        if branch.more:
            word = ngettext("See the answer", "See all %(total)s answers", branch.total)
            rest = format_html(
                _LINK, self._address("answers", branch.comment), word % {"total": branch.total}
            )
        last = len(branch.answers)
        yield self._said(branch.comment, rest if not last else _NOTHING)
        yield self._replying.form(branch.comment)
        for number, answer in enumerate(branch.answers, 1):
            more = rest if number == last else _NOTHING
            yield self._said(answer, more, kind="thread__answer")
            yield self._replying.below(answer)
        yield self._replying.replies(branch.comment)

    def _elsewhere(self, comment: Comment) -> SafeString:
        answers = format_html(_LINK, self._address("answers", comment), self._to["answers"])
        thread = self._addresses["thread"].replace(_NOBODY, str(comment.post.public_id))
        rest = format_html(
            "{}" + _LINK + "{}", answers, thread, self._to["thread"], comment.channel
        )
        return self._said(comment, rest)

    def _said(self, comment: Comment, rest: SafeString = _NOTHING, kind: str = "") -> SafeString:
        is_gone = comment.removed_at is not None
        local = in_copenhagen(comment.written_at)
        note = self._gone if is_gone else self._note(comment)
        return format_html(
            _SAID,
            kind,
            comment.public_id,
            self._removed if is_gone else comment.commenter or self._unknown,
            local.isoformat(),
            self._when(local),
            self._more(comment),
            format_html(_NOTE, note) if note else "",
            format_html(_TEXT, masked(comment.text)) if comment.text else "",
            _NOTHING + self._verbs(comment) + rest,
        )

    def _verbs(self, comment: Comment) -> SafeString:
        """What one can do with a comment: see it where it was written, hide it, show it again."""
        verbs = format_html(_AWAY, comment.url, self._see) if comment.url else _NOTHING
        verbs += self._replying.verb(comment)
        if not self._may_decide or comment.removed_at is not None:
            return verbs
        if comment.hidden_at is None:
            return verbs + format_html(_LINK, self._address("hide", comment), self._words["hide"])
        show = self._address("show", comment)
        return verbs + format_html(_BUTTON, FORM, show, self._words["show"])

    def _address(self, name: str, comment: Comment) -> str:
        return self._addresses[name].replace(_NOBODY, str(comment.public_id))

    def _when(self, local: datetime) -> str:
        return dateformat.format(local, self._format)

    def _more(self, comment: Comment) -> str:
        more = ""
        if comment.commenter and comment.commenter.is_page:
            more = f" · {self._page}"
        if number := comment.likes:
            likes = ngettext("%(number)s like", "%(number)s likes", number)
            more = f"{more} · {likes % {'number': number}}"
        if sent := self._replying.sent_as(comment):
            more = f"{more} · {sent}"
        return more

    def _note(self, comment: Comment) -> str:
        if comment.hidden_at is not None:
            return self._hidden % {"who": comment.hidden_by, "rule": comment.hidden_rule}
        return "" if comment.text else self._wordless


def _joined(said: Iterable[SafeString]) -> SafeString:
    """Pieces that ``format_html`` made, as one."""
    return mark_safe("".join(said))  # noqa: S308 - every piece is escaped already
