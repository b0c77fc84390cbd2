"""The kind that posts to a Mastodon account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from panel.channels.keys import KeyCheck
from panel.channels.mastodon import checking, finding, posting
from panel.channels.mastodon.accounts import Handle, handle_of, server_of
from panel.channels.mastodon.client import Server
from panel.channels.models import Kind
from panel.channels.outgoing import Account, Act, Answer, NotReached, Outcome, Seen, Trouble, Verb
from panel.channels.protocol import Place

if TYPE_CHECKING:
    import httpx

DOES: Final[Mapping[Verb, Callable[[Server, Handle, Act], Answer]]] = {Verb.POST: posting.post}
NO_KEY: Final = Answer(Outcome.NOT_TRIED, code="no_key", trouble=Trouble.SIGN_IN)
NO_SERVER: Final = Answer(Outcome.REFUSED, code="no_server")


class Mastodon:
    """A Mastodon account, on the server its channel names. ``transport`` takes the network's place
    in tests.
    """

    kind = Kind.MASTODON
    about = _(
        "A Mastodon account: what is planned for it is posted there. Needs the account’s key."
    )
    id_help = _("The account’s address, such as @kommune@social.example.")
    key_help = _(
        "Sign in on the server as the account. Under Preferences, Development, make a new "
        "application with the scopes read:accounts, read:statuses, write:statuses and write:media, "
        "and copy its access token."
    )
    takes_files = False
    needs_token = True
    calls_its_address = True

    def __init__(self, transport: httpx.BaseTransport | None = None) -> None:
        self._transport = transport

    def place(self, *, slug: str, external_id: str, url: str) -> Place:
        """Its address is its server; without one, the server that stands in the account's. Its
        scope is that server too, which gives people their ids.

        Raises ``ValidationError`` for what is no account, or no server a key may be sent to.
        """
        handle = handle_of(external_id)
        if handle is None:
            raise ValidationError({"external_id": NO_ACCOUNT})
        server = server_of(url or f"https://{handle.server}")
        if not server:
            raise ValidationError({"url": NOT_A_SERVER})
        return Place(str(handle), server, f"mastodon:{handle.server}")

    def send(self, account: Account, act: Act) -> Answer:
        """Do it once: see ``posting``."""
        do = DOES.get(act.verb)
        if do is None:
            return Answer(Outcome.REFUSED, code="verb")
        try:
            server, handle = self._there(account)
        except NotReached as error:
            return error.answer
        return do(server, handle, act)

    def find(self, account: Account, act: Act, *, since: datetime) -> list[Seen]:
        """Read the account's posts: see ``finding``. Raises ``NotReached``."""
        server, handle = self._there(account)
        return finding.find(server, handle, act, since)

    def check(self, account: Account) -> KeyCheck:
        """Ask whose the key is: see ``checking``. Raises ``NotReached``."""
        server, handle = self._there(account)
        return checking.check(server, handle)

    def _there(self, account: Account) -> tuple[Server, Handle]:
        """Raises ``NotReached`` without a key, or an account and a server to use it on."""
        if not account.token:
            raise NotReached(NO_KEY)
        handle, server = handle_of(account.external_id), server_of(account.url)
        if handle is None or not server:
            raise NotReached(NO_SERVER)
        return Server(server, account.token, transport=self._transport), handle


NO_ACCOUNT = _("Write the account’s address, such as @kommune@social.example.")
NOT_A_SERVER = _(
    "Write the server’s address as the browser shows it, beginning with https://. It must be a "
    "server that the whole world can call."
)
