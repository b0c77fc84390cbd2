"""What a server says about itself and about the account a key belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from panel.channels.mastodon.accounts import Handle
from panel.channels.mastodon.client import Server
from panel.channels.mastodon.counting import USUAL_LIMIT
from panel.channels.mastodon.errors import id_in
from panel.channels.outgoing import Answer, NotReached, Outcome, Trouble

WHO_AM_I: Final = "v1/accounts/verify_credentials"
USUAL_PICTURES: Final = 4
# The key is good and is not this channel's: what is said with it, somebody else says.
OTHER: Final = Answer(Outcome.NOT_TRIED, code="other_account", trouble=Trouble.SIGN_IN)


@dataclass(frozen=True, slots=True)
class Me:
    """The account a key belongs to, as its server knows it."""

    id: str
    name: str
    shown: str
    url: str

    def is_(self, handle: Handle) -> bool:
        """Whether it is that account: on one server no two have one name."""
        return self.name.lower() == handle.name


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one post may hold there."""

    characters: int = USUAL_LIMIT
    pictures: int = USUAL_PICTURES


def who_am_i(server: Server, *, tries: int) -> Me:
    """Whose the key is. Raises ``NotReached``, also where what answers is no Mastodon server."""
    said = server.read_object(WHO_AM_I, tries=tries)
    me = Me(id_in(said), _text(said, "username"), _text(said, "display_name"), _text(said, "url"))
    if not me.id or not me.name:
        raise NotReached(Answer(Outcome.NOT_TRIED, code="unreadable"))
    return me


def as_whom(server: Server, handle: Handle, *, tries: int) -> Me:
    """The same, held to the account the channel is for. Raises ``NotReached``."""
    me = who_am_i(server, tries=tries)
    if not me.is_(handle):
        raise NotReached(OTHER)
    return me


def limits_of(server: Server) -> Limits:
    """What the server allows; the usual where it is too old to say. Raises ``NotReached``."""
    try:
        said = server.read_object("v2/instance", tries=1)
    except NotReached as error:
        if error.answer.outcome is Outcome.REFUSED:
            return Limits()
        raise
    of_posts = _part(_part(said, "configuration"), "statuses")
    return Limits(
        _number(of_posts, "max_characters") or USUAL_LIMIT,
        _number(of_posts, "max_media_attachments") or USUAL_PICTURES,
    )


def _part(said: dict[str, Any], name: str) -> dict[str, Any]:
    found = said.get(name)
    return found if isinstance(found, dict) else {}


def _number(said: dict[str, Any], name: str) -> int:
    found = said.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) and found > 0 else 0


def _text(said: dict[str, Any], name: str) -> str:
    found = said.get(name)
    return found if isinstance(found, str) else ""
