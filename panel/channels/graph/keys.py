"""What Graph says about a key: beside what it opens, and when it opens nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

from panel.channels.graph.client import Graph
from panel.channels.keys import KeyCheck, KeyState, Problem
from panel.channels.outgoing import NotReached, Outcome, Trouble

if TYPE_CHECKING:
    import httpx

# Sub-codes of 190.
GONE: Final[Mapping[str, Problem]] = {
    "458": Problem.APP_REMOVED,
    "460": Problem.PASSWORD,
    "463": Problem.RAN_OUT,
    "467": Problem.PASSWORD,
    "492": Problem.NOT_ALLOWED,  # whoever made it no longer has a role on the page
}


def asked_about(token: str, transport: httpx.BaseTransport | None) -> dict[str, Any]:
    """What Graph says about the key itself, where the settings name our app; nothing where not.

    The key must stand in the address: there is no other way.
    """
    if not (settings.FACEBOOK_APP_ID and settings.FACEBOOK_APP_SECRET):
        return {}
    app = Graph(f"{settings.FACEBOOK_APP_ID}|{settings.FACEBOOK_APP_SECRET}", transport=transport)
    try:
        said = app.read("debug_token", {"input_token": token}).get("data")
    except NotReached:
        # The key has just opened its page, which says more than our app's not being heard.
        return {}
    return said if isinstance(said, dict) else {}


def has_scopes(said: Mapping[str, Any], needed: frozenset[str]) -> bool:
    """Whether a key may do all of ``needed``, as far as Graph says."""
    scopes = said.get("scopes")
    return "scopes" not in said or (isinstance(scopes, list) and needed <= set(map(str, scopes)))


def end_of(said: Mapping[str, Any]) -> datetime | None:
    """The earlier of the two ends Graph tells of; 0 is never."""
    ends = [said.get("expires_at"), said.get("data_access_expires_at")]
    known = [end for end in ends if isinstance(end, int) and 0 < end < 2**33]
    return datetime.fromtimestamp(min(known), UTC) if known else None


def refused(error: NotReached) -> KeyCheck:
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


def text_in(row: Mapping[str, Any], name: str) -> str:
    """A field that is a text; empty where it is none."""
    found = row.get(name)
    return found if isinstance(found, str) else ""


def _problem(code: str, subcode: str) -> Problem:
    if code == "10" or (code.isdigit() and 200 <= int(code) < 300):
        return Problem.NOT_ALLOWED
    if (code, subcode) == ("100", "33"):
        return Problem.NO_PAGE
    # A proof made with another app's secret is refused like any other wrong argument.
    return Problem.APP if code == "100" and settings.FACEBOOK_APP_SECRET else Problem.OTHER
