"""Whether a key still opens its account and may do what we need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from panel.channels.graph.client import Graph
from panel.channels.graph.keys import asked_about, end_of, has_scopes, refused, text_in
from panel.channels.keys import KeyCheck, KeyState, Problem
from panel.channels.outgoing import Account, NotReached

if TYPE_CHECKING:
    import httpx

NEEDED: Final = frozenset({"instagram_basic", "instagram_content_publish", "pages_read_engagement"})
# What only an account of Instagram's has: a page's id must not pass for one.
FIELDS: Final = "id,username,name,media_count"
# What Graph says of a page, said of an account.
HERE: Final[Mapping[Problem | None, Problem]] = {
    Problem.NO_PAGE: Problem.NO_ACCOUNT,
    Problem.NOT_ALLOWED: Problem.RIGHTS,
}


def check(graph: Graph, account: Account, transport: httpx.BaseTransport | None) -> KeyCheck:
    """Read the account with the key; where the app has a secret, ask what the key is good for too.

    Raises ``NotReached`` where nothing can be said just now.
    """
    try:
        there = graph.read(account.external_id, {"fields": FIELDS})
    except NotReached as error:
        return _refused(graph, account, error)
    name = text_in(there, "username")
    found = KeyCheck(
        KeyState.OK,
        page=text_in(there, "name") or name,
        url=f"https://www.instagram.com/{name}/" if name else "",
    )
    said = asked_about(account.token, transport)
    problem = None
    if said.get("is_valid") is False:
        problem = Problem.NOT_VALID
    elif not has_scopes(said, NEEDED):
        problem = Problem.RIGHTS
    state = KeyState.REFUSED if problem else KeyState.OK
    return replace(found, state=state, problem=problem, expires_at=end_of(said))


def _refused(graph: Graph, account: Account, error: NotReached) -> KeyCheck:
    """What a refusal says about the key. Raises ``error`` where it says nothing about it."""
    found = refused(error)
    if error.answer.code == "100" and _is_something_else(graph, account):
        return replace(found, problem=Problem.NO_ACCOUNT)
    return replace(found, problem=HERE.get(found.problem, found.problem))


def _is_something_else(graph: Graph, account: Account) -> bool:
    """Whether the id is known, and is no Instagram account's: a page's, most likely."""
    try:
        return text_in(graph.read(account.external_id, {"fields": "id"}), "id") != ""
    except NotReached:
        return False
