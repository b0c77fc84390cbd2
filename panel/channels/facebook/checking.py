"""Whether a key still opens its page and may do what we need."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

from panel.channels.facebook.client import Graph
from panel.channels.keys import KeyCheck, KeyState, Problem
from panel.channels.outgoing import Account, NotReached, Outcome, Trouble

if TYPE_CHECKING:
    import httpx

NEEDED: Final = frozenset({"pages_manage_posts", "pages_read_engagement"})
# Sub-codes of 190.
GONE: Final[Mapping[str, Problem]] = {
    "458": Problem.APP_REMOVED,
    "460": Problem.PASSWORD,
    "463": Problem.RAN_OUT,
    "467": Problem.PASSWORD,
    "492": Problem.NOT_ALLOWED,  # whoever made it no longer has a role on the page
}


def check(account: Account, transport: httpx.BaseTransport | None) -> KeyCheck:
    """Read the page with the key; where the app has a secret, ask what the key is good for too.

    Raises ``NotReached`` where nothing can be said just now.
    """
    graph = Graph(account.token, transport=transport)
    try:
        page = graph.read(account.external_id, {"fields": "id,name,link"})
    except NotReached as error:
        return _refused(error)
    found = KeyCheck(KeyState.OK, page=_text(page, "name"), url=_text(page, "link"))
    if _text(page, "id") != account.external_id:
        return KeyCheck(KeyState.REFUSED, Problem.OTHER_PAGE, page=found.page)
    if not (settings.FACEBOOK_APP_ID and settings.FACEBOOK_APP_SECRET):
        return found
    return _examined(account, found, _asked_about(account, transport))


def _asked_about(account: Account, transport: httpx.BaseTransport | None) -> dict[str, Any]:
    """What Graph says about the key itself. It must stand in the address: there is no other way."""
    app = Graph(f"{settings.FACEBOOK_APP_ID}|{settings.FACEBOOK_APP_SECRET}", transport=transport)
    try:
        said = app.read("debug_token", {"input_token": account.token}).get("data")
    except NotReached:
        # The key has just opened its page, which says more than our app's not being heard.
        return {}
    return said if isinstance(said, dict) else {}


def _examined(account: Account, found: KeyCheck, said: dict[str, Any]) -> KeyCheck:
    """The key is good: is it this page's, and good for enough?"""
    problem = None
    if said.get("is_valid") is False:
        problem = Problem.NOT_VALID
    elif str(said.get("profile_id") or account.external_id) != account.external_id:
        problem = Problem.OTHER_PAGE
    elif "scopes" in said and not set(_list(said["scopes"])) >= NEEDED:
        problem = Problem.NOT_ALLOWED
    state = KeyState.REFUSED if problem else KeyState.OK
    return KeyCheck(state, problem, found.page, found.url, _end_of(said))


def _refused(error: NotReached) -> KeyCheck:
    """What a refusal says about the key. Raises ``error`` where it says nothing about it."""
    answer = error.answer
    code, _slash, subcode = answer.code.partition("/")
    if answer.trouble is Trouble.SIGN_IN:
        problem = GONE.get(subcode, Problem.NOT_VALID)
        state = KeyState.REFUSED if problem is Problem.NOT_VALID else KeyState.EXPIRED
        return KeyCheck(state, problem, code=answer.code)
    if answer.outcome is not Outcome.REFUSED:
        raise error
    return KeyCheck(KeyState.REFUSED, _problem(code, subcode), code=answer.code)


def _problem(code: str, subcode: str) -> Problem:
    if code == "10" or (code.isdigit() and 200 <= int(code) < 300):
        return Problem.NOT_ALLOWED
    if (code, subcode) == ("100", "33"):
        return Problem.NO_PAGE
    # A proof made with another app's secret is refused like any other wrong argument.
    return Problem.APP if code == "100" and settings.FACEBOOK_APP_SECRET else Problem.OTHER


def _end_of(said: dict[str, Any]) -> datetime | None:
    """The earlier of the two ends Graph tells of; 0 is never."""
    ends = [said.get("expires_at"), said.get("data_access_expires_at")]
    known = [end for end in ends if isinstance(end, int) and 0 < end < 2**33]
    return datetime.fromtimestamp(min(known), UTC) if known else None


def _text(row: Mapping[str, Any], name: str) -> str:
    found = row.get(name)
    return found if isinstance(found, str) else ""


def _list(found: object) -> list[str]:
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []
