"""Whether a key opens the account its channel is for, and may do what we need."""

from __future__ import annotations

from typing import Final

from panel.channels.keys import KeyCheck, KeyState, Problem
from panel.channels.mastodon.accounts import Handle
from panel.channels.mastodon.asking import who_am_i
from panel.channels.mastodon.client import TRIES, Server
from panel.channels.mastodon.errors import ELSEWHERE
from panel.channels.outgoing import NotReached, Outcome, Trouble
from panel.core.http import Why

NEEDED: Final = frozenset({"read:accounts", "read:statuses", "write:statuses", "write:media"})
NO_SERVER: Final = frozenset({ELSEWHERE, str(Why.CLOSED), "404", "410"})


def check(server: Server, handle: Handle) -> KeyCheck:
    """Ask whose the key is, and what its application may do.

    Raises ``NotReached`` where nothing can be said just now.
    """
    try:
        me = who_am_i(server, tries=TRIES)
    except NotReached as error:
        return _refused(error)
    found = KeyCheck(KeyState.OK, page=me.shown or me.name, url=me.url)
    if not me.is_(handle):
        return KeyCheck(KeyState.REFUSED, Problem.OTHER_ACCOUNT, page=found.page)
    if not is_enough(_scopes(server)):
        return KeyCheck(KeyState.REFUSED, Problem.SCOPES, page=found.page)
    return found


def is_enough(scopes: frozenset[str] | None) -> bool:
    """Whether ``scopes`` are all that is needed, as far as they are known: the whole (``write``)
    holds its parts (``write:media``), and the smallest way to ask who one is will do.
    """
    if scopes is None:
        return True
    held = {*scopes, *({"read:accounts"} if "profile" in scopes else set())}
    return all(need in held or need.partition(":")[0] in held for need in NEEDED)


def _scopes(server: Server) -> frozenset[str] | None:
    """What the application may do; None where the server, before 4.3, does not say.

    The key has just told whose it is, which says more than its application's not being heard.
    """
    try:
        said = server.read_object("v1/apps/verify_credentials", tries=1).get("scopes")
    except NotReached:
        return None
    if not isinstance(said, list):
        return None
    return frozenset(each for each in said if isinstance(each, str))


def _refused(error: NotReached) -> KeyCheck:
    """What a refusal says about the key. Raises ``error`` where it says nothing about it."""
    answer = error.answer
    if answer.trouble is Trouble.SIGN_IN:
        return KeyCheck(KeyState.REFUSED, Problem.NOT_VALID, code=answer.code)
    if answer.code in NO_SERVER:
        return KeyCheck(KeyState.REFUSED, Problem.NO_SERVER, code=answer.code)
    if answer.outcome is not Outcome.REFUSED:
        raise error
    return KeyCheck(KeyState.REFUSED, Problem.SHUT_OUT, code=answer.code)
