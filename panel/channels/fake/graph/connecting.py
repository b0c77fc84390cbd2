"""Keys and subscriptions: everything that connecting a page takes."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlencode

from panel.channels.fake.exchange import Request, Response
from panel.channels.fake.graph.asking import (
    APP_KEY,
    PAGE_KEY,
    USER_KEY,
    Call,
    app_token,
    sign_in,
    trouble_with,
)
from panel.channels.fake.graph.errors import Refusal, dead_token
from panel.channels.fake.graph.shown import Shown, asked, show
from panel.channels.fake.state import Network
from panel.channels.fake.things import Page, Person, Token

LONG, SHORT = 5183944, 5400
TASKS = ["ANALYZE", "ADVERTISE", "MESSAGING", "MODERATE", "CREATE_CONTENT", "MANAGE"]
SOMEBODY = Person("7000001", "Kim Prøve")


def me(call: Call) -> Shown:
    """GET /me: whoever the key stands for."""
    return show(call, _owner(call), asked(call))


def _owner(call: Call) -> Page | Person:
    return call.network.pages.get(call.token.owner.id) or call.token.owner


def accounts(call: Call) -> Shown:
    """GET /me/accounts: a person's pages, each with a key of its own."""
    if call.token.kind != USER_KEY:
        raise Refusal(
            100, "(#100) Tried accessing nonexisting field (accounts) on node type (Page)"
        )
    return {"data": [_account(call.network, page) for page in call.network.pages.values()]}


def _account(network: Network, page: Page) -> dict[str, Any]:
    token = next((one for one in network.tokens.values() if _works(network, one, page)), None)
    token = token or network.add_token(_new_key(), kind=PAGE_KEY, owner=page.as_person)
    return {"access_token": token.value, "name": page.name, "id": page.id, "tasks": TASKS}


def _works(network: Network, token: Token, page: Page) -> bool:
    right = token.kind == PAGE_KEY and token.owner.id == page.id
    return right and not trouble_with(network, token)


def debug(call: Call) -> Shown:
    """GET /debug_token: what a key is good for, and until when."""
    if call.token.kind == PAGE_KEY:
        raise Refusal(100, "(#100) You must provide an app access token, or a user access token")
    value, network = call.text("input_token"), call.network
    token = network.tokens.get(value) or app_token(network, value)
    if token is None:
        error = {"code": 190, "message": "Invalid OAuth access token."}
        return {"data": {"error": error, "is_valid": False, "scopes": []}}
    trouble = trouble_with(network, token)
    data = _about(network, token) | {"is_valid": not trouble}
    if trouble:
        refusal = dead_token(trouble)
        data["error"] = {"code": 190, "message": refusal.message, "subcode": trouble}
    return {"data": data}


def _about(network: Network, token: Token) -> dict[str, Any]:
    data = {
        "app_id": network.app.id,
        "application": network.app.name,
        "type": token.kind,
        "issued_at": token.issued,
        "expires_at": token.expires,
        "data_access_expires_at": token.data_access_expires,
        "scopes": list(token.scopes),
        "granular_scopes": [{"scope": scope} for scope in token.scopes],
        "user_id": SOMEBODY.id,
    }
    return data | ({"profile_id": token.owner.id} if token.kind == PAGE_KEY else {})


def exchange(network: Network, request: Request) -> Shown:
    """GET /oauth/access_token: a code or a short key for a longer one; or the app's own."""
    params, app = request.params, network.app
    if params.get("client_id") != app.id or params.get("client_secret") != app.secret:
        raise Refusal(101, "Error validating client secret.")
    grant = params.get("grant_type")
    if grant == "client_credentials":
        return {"access_token": f"{app.id}|{app.secret}", "token_type": "bearer"}
    if grant == "fb_exchange_token":
        given = Request("GET", "", {}, params={"access_token": params.get("fb_exchange_token")})
        owner, seconds = sign_in(network, given).owner, LONG
    else:
        _use_up(network, str(params.get("code", "")))
        owner, seconds = SOMEBODY, SHORT
    token = network.add_token(
        _new_key(), kind=USER_KEY, owner=owner, expires=network.now() + seconds
    )
    return {"access_token": token.value, "token_type": "bearer", "expires_in": seconds}


def _use_up(network: Network, code: str) -> None:
    """A code is good once."""
    if code not in network.codes:
        raise Refusal(100, "This authorization code has been used.", subcode=36009)
    network.codes.remove(code)


def dialog(network: Network, request: Request) -> Response:
    """GET /dialog/oauth: the page on which a person says yes. Here somebody already has."""
    params = request.params
    answer = {"state": str(params.get("state", ""))}
    if network.settings.deny_sign_in:
        answer |= {"error": "access_denied", "error_reason": "user_denied"}
    else:
        answer["code"] = _new_key()
        network.codes.add(answer["code"])
    target = f"{params.get('redirect_uri', '/')}?{urlencode(answer)}"
    return Response(raw=b"", status=302, headers={"Location": target}, kind="text/plain")


def _new_key() -> str:
    return f"EAAfake{secrets.token_urlsafe(24)}"


# --- Subscriptions --------------------------------------------------------------------------------


def subscribe(call: Call, page: Page) -> Shown:
    """POST /{page}/subscribed_apps."""
    call.own(page.id)
    wanted = [one for one in call.text("subscribed_fields").split(",") if one]
    if not wanted:
        raise Refusal(100, "(#100) The parameter subscribed_fields is required")
    page.subscribed = wanted
    return {"success": True}


def unsubscribe(call: Call, page: Page) -> Shown:
    """DELETE /{page}/subscribed_apps."""
    call.own(page.id)
    page.subscribed = []
    return {"success": True}


def subscriptions(call: Call, page: Page) -> Shown:
    """GET /{page}/subscribed_apps: which of its events a page gives to the app."""
    call.own(page.id)
    if not page.subscribed:
        return {"data": []}
    app = call.network.app
    return {"data": [{"id": app.id, "name": app.name, "subscribed_fields": page.subscribed}]}


def app_subscriptions(call: Call, callback: str) -> Shown:
    """GET /{app}/subscriptions: the other half, where the app's events are sent."""
    if call.token.kind != APP_KEY:
        raise Refusal(15, "(#15) This method must be called with an app access_token.")
    if not callback:
        return {"data": []}
    fields = [{"name": "feed", "version": call.version}]
    one = {"object": "page", "callback_url": callback, "active": True, "fields": fields}
    return {"data": [one]}
