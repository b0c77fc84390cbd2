"""Whether a key still opens its page and may do what we need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from panel.channels.graph.client import Graph
from panel.channels.graph.keys import asked_about, end_of, has_scopes, refused, text_in
from panel.channels.keys import KeyCheck, KeyState, Problem
from panel.channels.outgoing import Account, NotReached

if TYPE_CHECKING:
    import httpx

NEEDED: Final = frozenset({"pages_manage_posts", "pages_read_engagement"})
# Without these the key posts as it should; comments cannot be answered with it.
ANSWERS: Final = frozenset({"pages_manage_engagement", "pages_read_user_content"})


def check(account: Account, transport: httpx.BaseTransport | None) -> KeyCheck:
    """Read the page with the key; where the app has a secret, ask what the key is good for too.

    Raises ``NotReached`` where nothing can be said just now.
    """
    graph = Graph(account.token, transport=transport)
    try:
        page = graph.read(account.external_id, {"fields": "id,name,link"})
    except NotReached as error:
        return refused(error)
    found = KeyCheck(KeyState.OK, page=text_in(page, "name"), url=text_in(page, "link"))
    if text_in(page, "id") != account.external_id:
        return KeyCheck(KeyState.REFUSED, Problem.OTHER_PAGE, page=found.page)
    return _examined(account, found, asked_about(account.token, transport))


def _examined(account: Account, found: KeyCheck, said: dict[str, Any]) -> KeyCheck:
    """The key is good: is it this page's, and good for enough?"""
    problem, state = None, KeyState.REFUSED
    if said.get("is_valid") is False:
        problem = Problem.NOT_VALID
    elif str(said.get("profile_id") or account.external_id) != account.external_id:
        problem = Problem.OTHER_PAGE
    elif not has_scopes(said, NEEDED):
        problem = Problem.NOT_ALLOWED
    else:
        state = KeyState.OK
        problem = None if has_scopes(said, ANSWERS) else Problem.NO_ANSWERS
    return KeyCheck(state, problem, found.page, found.url, end_of(said))
