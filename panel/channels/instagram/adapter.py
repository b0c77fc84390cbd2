"""The kind that posts to an Instagram account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from panel.channels.graph.client import Graph
from panel.channels.instagram import checking, finding, limits, posting
from panel.channels.keys import KeyCheck
from panel.channels.models import Kind
from panel.channels.outgoing import Account, Act, Answer, NotReached, Outcome, Seen, Trouble, Verb
from panel.channels.protocol import PictureRules, Place

if TYPE_CHECKING:
    import httpx

DOES: Final[Mapping[Verb, Callable[[Graph, Account, Act], Answer]]] = {Verb.POST: posting.post}
NO_KEY: Final = Answer(Outcome.NOT_TRIED, code="no_key", trouble=Trouble.SIGN_IN)
NO_ACCOUNT: Final = Answer(Outcome.REFUSED, code="no_account")


class Instagram:
    """An Instagram account, by Graph. ``transport`` takes the network's place in tests."""

    kind = Kind.INSTAGRAM
    about = _(
        "An Instagram account: what is planned for it is posted there, always with a picture. "
        "Needs a professional account linked to a Facebook page, and that page’s key."
    )
    id_help = _("The number of the professional account, digits only: not its name.")
    key_help = _(
        "The access token of the Facebook page it is linked to, made with an app of your own at "
        "developers.facebook.com with the permissions instagram_basic, instagram_content_publish, "
        "pages_show_list and pages_read_engagement."
    )
    takes_files = False
    needs_token = True
    calls_its_address = False
    pictures = PictureRules(fetched=True, narrowest=limits.NARROWEST, widest=limits.WIDEST)

    def __init__(self, transport: httpx.BaseTransport | None = None) -> None:
        self._transport = transport

    def place(self, *, slug: str, external_id: str, url: str) -> Place:
        """Its scope is the account: Instagram gives people their ids for each account.

        Raises ``ValidationError`` without the account's id.
        """
        if not is_account_id(external_id):
            raise ValidationError({"external_id": _("Write the account’s id: digits only.")})
        return Place(external_id, url, f"instagram:{external_id}")

    def foresees(self, act: Act) -> str:
        """See ``limits``."""
        return limits.fault_of(act)

    def send(self, account: Account, act: Act) -> Answer:
        """Do it once: see ``posting``."""
        do = DOES.get(act.verb)
        if do is None:
            return Answer(Outcome.REFUSED, code="verb")
        try:
            graph = self._there(account)
        except NotReached as error:
            return error.answer
        return do(graph, account, act)

    def find(self, account: Account, act: Act, *, since: datetime) -> list[Seen]:
        """Read the account's posts: see ``finding``. Raises ``NotReached``."""
        return finding.find(self._there(account), account.external_id, act, since)

    def check(self, account: Account) -> KeyCheck:
        """Read the account, and ask about the key: see ``checking``. Raises ``NotReached``."""
        return checking.check(self._there(account), account, self._transport)

    def _there(self, account: Account) -> Graph:
        """Raises ``NotReached`` without a key, or an account to use it on."""
        if not account.token:
            raise NotReached(NO_KEY)
        if not is_account_id(account.external_id):
            raise NotReached(NO_ACCOUNT)
        return Graph(account.token, transport=self._transport)


def is_account_id(text: str) -> bool:
    """Whether it could be an account's id; an account's name is none."""
    return text.isascii() and text.isdigit()
