"""What goes to the networks: a channel with a key, something in any state, a try at it."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from panel.channels.actions import add_channel
from panel.channels.models import Channel
from panel.channels.outgoing import Act, Outcome, Verb
from panel.core.clock import now
from panel.outbox.models import Attempt, Outgoing, State
from panel.outbox.payloads import kept

TOKEN = "EAAnoglehemmelig0123456789"
_number = count(1)


def facebook_channel(**fields: Any) -> Channel:
    """A page with a key that nobody has tested yet."""
    number = next(_number)
    told = {
        "slug": f"facebook-{number}",
        "name": "Facebook-siden",
        "external_id": f"{100_000_000 + number}",
        "url": "https://www.facebook.com/fjordby",
        "token": TOKEN,
        "by": None,
    }
    return add_channel(kind="facebook", **told | fields)


def instagram_channel(**fields: Any) -> Channel:
    """An account with a key that nobody has tested yet."""
    number = next(_number)
    told = {
        "slug": f"instagram-{number}",
        "name": "Instagram-kontoen",
        "external_id": f"{17_841_400_000_000_000 + number}",
        "token": TOKEN,
        "by": None,
    }
    return add_channel(kind="instagram", **told | fields)


def mastodon_channel(url: str, **fields: Any) -> Channel:
    """An account on the server at ``url``, with a key that nobody has tested yet."""
    number = next(_number)
    told = {
        "slug": f"mastodon-{number}",
        "name": "Mastodon-kontoen",
        "external_id": f"@fjordby{number}@social.example",
        "url": url,
        "token": TOKEN,
        "by": None,
    }
    return add_channel(kind="mastodon", **told | fields)


def outgoing(
    *,
    state: str = State.DUE,
    channel: Channel | None = None,
    act: Act | None = None,
    **fields: Any,
) -> Outgoing:
    """Something in ``state``, with what the database asks for beside it; due since a minute."""
    at = now()
    told: dict[str, Any] = {
        "key": f"test:{next(_number)}",
        "channel": channel or _first_channel() or facebook_channel(),
        "verb": Verb.POST.value,
        "title": "Nye cykelstativer",
        "payload": kept(act or Act(Verb.POST, text="Nu er der plads til 200 cykler.")),
        "state": state,
        "due_at": at - timedelta(minutes=1),
        "made_at": at - timedelta(hours=1),
    }
    if state in (State.CLAIMED, State.SENDING):
        told |= {"lease": f"lease{next(_number)}", "leased_until": at + timedelta(minutes=5)}
    if state == State.SENT:
        told |= {"sent_at": at}
    if state == State.MISSED:
        told |= {"latest_at": at}
    told |= fields
    return Outgoing.objects.create(**{"next_at": told["due_at"], **told})


def _first_channel() -> Channel | None:
    return Channel.objects.filter(kind="facebook").order_by("pk").first()


def attempt(outgoing: Outgoing, **fields: Any) -> Attempt:
    """The next try at ``outgoing``, over after two seconds; nobody knows what came of it."""
    started_at = fields.get("started_at") or now() - timedelta(seconds=2)
    told: dict[str, Any] = {
        "number": outgoing.attempts.count() + 1,
        "started_at": started_at,
        "ended_at": started_at + timedelta(seconds=2),
        "outcome": Outcome.UNKNOWN,
        "code": "timeout",
    }
    return Attempt.objects.create(outgoing=outgoing, **told | fields)
