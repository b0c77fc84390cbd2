"""What can be done to a channel."""

from __future__ import annotations

from django.db import transaction

from panel.accounts.models import User
from panel.audit.actions import SYSTEM, record
from panel.channels.kinds import adapter_for
from panel.channels.models import Channel


@transaction.atomic
def add_channel(
    *, kind: str, slug: str, name: str, by: User | None, external_id: str = "", url: str = ""
) -> Channel:
    """Make a channel. Raises ``UnknownKind``, and ``ValidationError`` with a message for each
    field.
    """
    scope = adapter_for(kind).scope(slug=slug, external_id=external_id)
    channel = Channel(
        kind=kind, slug=slug, name=name, external_id=external_id, url=url, scope=scope
    )
    channel.full_clean()
    channel.save()
    record("channel.added", on=channel, by=by or SYSTEM, detail={"kind": kind, "slug": slug})
    return channel


@transaction.atomic
def change_channel(channel: Channel, *, name: str, url: str, is_active: bool, by: User) -> None:
    """Change what may change; kind, short name and page stay. Raises ``ValidationError``."""
    channel.name, channel.url, channel.is_active = name, url, is_active
    channel.full_clean()
    channel.save(update_fields=["name", "url", "is_active"])
    record("channel.changed", on=channel, by=by, detail={"is_active": is_active})
