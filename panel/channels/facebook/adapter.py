"""The kind that posts to a Facebook page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from panel.channels.facebook import (
    answering,
    checking,
    events,
    finding,
    posting,
    signing,
    subscribing,
)
from panel.channels.facebook.reading import PageReading
from panel.channels.graph.client import Graph
from panel.channels.heard import Ears, Heard
from panel.channels.keys import KeyCheck
from panel.channels.models import Kind
from panel.channels.outgoing import Account, Act, Answer, NotReached, Outcome, Seen, Trouble, Verb
from panel.channels.protocol import Place

if TYPE_CHECKING:
    import httpx

DOES: Final[Mapping[Verb, Callable[[Graph, str, Act], Answer]]] = {
    Verb.POST: posting.post,
    Verb.REPLY: answering.reply,
}
FINDS: Final[Mapping[Verb, Callable[[Graph, str, Act, datetime], list[Seen]]]] = {
    Verb.POST: finding.find,
    Verb.REPLY: answering.find,
}
NO_KEY: Final = Answer(Outcome.NOT_TRIED, code="no_key", trouble=Trouble.SIGN_IN)


class Facebook:
    """A Facebook page, by Graph. ``transport`` takes the network's place in tests."""

    kind = Kind.FACEBOOK
    about = _("A Facebook page: what is planned for it is posted there. Needs the page’s key.")
    id_help = _("The page id, digits only.")
    key_help = _(
        "Its page access token, made with an app of your own at developers.facebook.com with the "
        "permissions pages_show_list, pages_read_engagement and pages_manage_posts. To answer "
        "comments from here it needs pages_manage_engagement and pages_read_user_content too."
    )
    takes_files = False
    needs_token = True
    calls_its_address = False
    longest_reply = answering.LONGEST

    def __init__(self, transport: httpx.BaseTransport | None = None) -> None:
        self._transport = transport

    def place(self, *, slug: str, external_id: str, url: str) -> Place:
        """Its scope is the page: an export of it that came by hand knows the same people.

        Raises ``ValidationError`` without the page's id.
        """
        if not is_page_id(external_id):
            raise ValidationError({"external_id": _("Write the page id: digits only.")})
        return Place(external_id, url, f"page:{external_id}")

    def send(self, account: Account, act: Act) -> Answer:
        """Do it once: see ``posting`` and ``answering``."""
        if not account.token:
            return NO_KEY
        if not is_page_id(account.external_id):
            return Answer(Outcome.REFUSED, code="no_page")
        do = DOES.get(act.verb)
        if do is None:
            return Answer(Outcome.REFUSED, code="verb")
        return do(self._graph(account), account.external_id, act)

    def find(self, account: Account, act: Act, *, since: datetime) -> list[Seen]:
        """Read the page's posts, or what stands below a comment: see ``finding`` and
        ``answering``. Raises ``NotReached``.
        """
        if not account.token:
            raise NotReached(NO_KEY)
        return FINDS[act.verb](self._graph(account), account.external_id, act, since)

    def reply_length(self, text: str) -> int:
        """See ``answering``."""
        return answering.length(text)

    def check(self, account: Account) -> KeyCheck:
        """Read the page, and ask about the key: see ``checking``. Raises ``NotReached``."""
        if not account.token:
            raise NotReached(NO_KEY)
        return checking.check(account, self._transport)

    def lacks(self) -> tuple[str, ...]:
        """See ``signing``."""
        return signing.lacking()

    def answer_to(self, query: Mapping[str, str]) -> str | None:
        """See ``signing``."""
        return signing.answer_to(query)

    def is_from_network(self, body: bytes, headers: Mapping[str, str]) -> bool:
        """See ``signing``."""
        return signing.is_signed(body, headers)

    def heard(self, body: bytes) -> Heard:
        """See ``events``. Raises ``Unreadable``."""
        return events.heard(body)

    def listen(self, account: Account, *, address: str) -> Ears:
        """Let the page tell our app: see ``subscribing``. Raises ``NotReached``."""
        if not account.token:
            raise NotReached(NO_KEY)
        return subscribing.listen(account, address, self._transport)

    def reading(self, account: Account) -> PageReading:
        """Begin to read the page: see ``reading``. Raises ``NotReached`` without a key."""
        if not account.token:
            raise NotReached(NO_KEY)
        return PageReading(self._graph(account), account.external_id)

    def _graph(self, account: Account) -> Graph:
        return Graph(account.token, transport=self._transport)


def is_page_id(text: str) -> bool:
    """Whether it could be a page's id; a page's name in its address is none."""
    return text.isascii() and text.isdigit()
