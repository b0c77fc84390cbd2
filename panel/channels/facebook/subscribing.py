"""The two subscriptions webhooks need: the page gives its events to our app, and the app sends them
to us. The first we make; the second is entered in the app, by a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

from panel.channels.graph.client import Graph
from panel.channels.heard import Ears
from panel.channels.outgoing import Account, NotReached, Outcome

if TYPE_CHECKING:
    import httpx

FIELD: Final = "feed"


def listen(account: Account, address: str, transport: httpx.BaseTransport | None) -> Ears:
    """Make the page's half where it is missing, and look at both. Raises ``NotReached``."""
    graph, edge = (
        Graph(account.token, transport=transport),
        f"{account.external_id}/subscribed_apps",
    )
    if not _page_tells(graph, edge):
        answer = graph.change(edge, {"subscribed_fields": FIELD})
        if answer.outcome is not Outcome.DONE:
            raise NotReached(answer)
    return Ears(page=_page_tells(graph, edge), app=_app_tells(address, transport))


def _page_tells(graph: Graph, edge: str) -> bool:
    ours = settings.FACEBOOK_APP_ID
    return any(
        FIELD in _list(row.get("subscribed_fields"))
        for row in graph.read_all(edge, {"limit": "100"})
        if not ours or str(row.get("id")) == ours
    )


def _app_tells(address: str, transport: httpx.BaseTransport | None) -> bool | None:
    app, secret = settings.FACEBOOK_APP_ID, settings.FACEBOOK_APP_SECRET
    if not (app and secret):
        return None
    graph = Graph(f"{app}|{secret}", transport=transport)
    try:
        rows = list(graph.read_all(f"{app}/subscriptions", {}))
    except NotReached:
        # What the page does is known, which is more than the app's not being heard.
        return None
    return any(_is_it(row, address) for row in rows)


def _is_it(row: dict[str, Any], address: str) -> bool:
    fields = [
        field.get("name") if isinstance(field, dict) else field
        for field in _list(row.get("fields"))
    ]
    is_ours = row.get("object") == "page" and row.get("callback_url") == address
    return is_ours and row.get("active") is not False and FIELD in fields


def _list(found: object) -> list[Any]:
    return found if isinstance(found, list) else []
