"""What can be done to a channel and to the key it signs in with."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panel.accounts.models import User
from panel.audit.actions import SYSTEM, record
from panel.channels.heard import Ears
from panel.channels.hearing import address_for
from panel.channels.keys import DEAD, KeyCheck, KeyState, Problem, Worry
from panel.channels.kinds import adapter_for
from panel.channels.listening import listener_for
from panel.channels.models import Channel, Credential
from panel.channels.protocol import KeyHolder, Place
from panel.channels.sending import account_of
from panel.core.clock import now


class NoKeyNeeded(LookupError):
    """This kind of channel signs in nowhere."""


class NoEars(LookupError):
    """This kind of channel's network tells nothing by itself."""


@transaction.atomic
def add_channel(
    *,
    kind: str,
    slug: str,
    name: str,
    by: User | None,
    external_id: str = "",
    url: str = "",
    token: str = "",
) -> Channel:
    """Make a channel, with its key where it signs in somewhere.

    Raises ``UnknownKind``, and ``ValidationError`` with a message for each field.
    """
    place = check_fields(kind, slug=slug, external_id=external_id, url=url, token=token)
    channel = Channel(kind=kind, slug=slug, name=name, **asdict(place))
    channel.full_clean()
    channel.save()
    record("channel.added", on=channel, by=by or SYSTEM, detail={"kind": kind, "slug": slug})
    if token:
        set_token(channel, token=token, by=by)
    return channel


@transaction.atomic
def change_channel(channel: Channel, *, name: str, url: str, is_active: bool, by: User) -> None:
    """Change what may change; kind, short name and page stay. Raises ``ValidationError``, also for
    another address where that is where the key is sent.
    """
    if adapter_for(channel.kind).calls_its_address and url != channel.url:
        raise ValidationError({"url": ADDRESS_STAYS})
    channel.name, channel.url, channel.is_active = name, url, is_active
    channel.full_clean()
    channel.save(update_fields=["name", "url", "is_active"])
    record("channel.changed", on=channel, by=by, detail={"is_active": is_active})


@transaction.atomic
def set_token(channel: Channel, *, token: str, by: User | None) -> None:
    """Give a channel its key, in place of the one it had: not tested yet.

    Raises ``NoKeyNeeded``, and ``ValidationError`` for what cannot be a key.
    """
    if not adapter_for(channel.kind).needs_token:
        raise NoKeyNeeded(channel.kind)
    Credential.objects.update_or_create(
        channel=channel,
        defaults={
            "token": clean_token(token),
            "state": KeyState.NOT_CHECKED,
            "problem": "",
            "checked_at": None,
            "expires_at": None,
            "told_of": "",
            "changed_at": now(),
            "changed_by": by,
        },
    )
    record("channel.key_set", on=channel, by=by or SYSTEM, detail={"slug": channel.slug})


def check_token(channel: Channel, *, by: User | None) -> KeyCheck:
    """Ask the network whether the channel's key works, and note what it said.

    Raises ``NoKeyNeeded``, and ``NotReached`` where the network cannot be asked: then what is known
    stays as it is. No transaction is open while it is asked.
    """
    adapter = adapter_for(channel.kind)
    if not isinstance(adapter, KeyHolder):
        raise NoKeyNeeded(channel.kind)
    asked_at = now()
    found = adapter.check(account_of(channel))
    _note(channel, found, asked_at, by)
    return found


def listen(channel: Channel, *, by: User) -> Ears:
    """Ask the network to tell us what happens, and see whether it does.

    Raises ``NoEars`` for a kind whose network tells nothing, and ``NotReached``. No transaction is
    open while it is asked.
    """
    listener = listener_for(channel.kind)
    if listener is None:
        raise NoEars(channel.kind)
    found = listener.listen(account_of(channel), address=address_for(channel.kind))
    detail = {"page": found.page, "app": found.app}
    record("channel.listened", on=channel, by=by, detail=detail)
    return found


@transaction.atomic
def key_refused(channel: Channel, *, asked_at: datetime) -> None:
    """The network would not take the key at ``asked_at``: nothing is tried with it any more.

    Noted once, however many calls say so, and not of a key that came meanwhile.
    """
    ours = Credential.objects.filter(channel=channel, changed_at__lte=asked_at)
    noted = ours.exclude(state__in=DEAD).update(
        state=KeyState.EXPIRED, problem=Problem.OTHER, checked_at=now()
    )
    if noted:
        record("channel.key_refused", on=channel, by=SYSTEM, detail={"slug": channel.slug})


@transaction.atomic
def _note(channel: Channel, found: KeyCheck, asked_at: datetime, by: User | None) -> None:
    """What was found holds for the key that was asked about, not for one that came meanwhile."""
    noted = Credential.objects.filter(channel=channel, changed_at__lte=asked_at).update(
        state=found.state,
        problem=found.problem or "",
        expires_at=found.expires_at,
        checked_at=now(),
    )
    if found.state == KeyState.OK:
        # It works again: were it to die once more, that would be news.
        Credential.objects.filter(channel=channel, told_of=Worry.DEAD).update(told_of="")
    if noted:
        detail = {"state": found.state, "problem": found.problem or "", "code": found.code}
        record("channel.key_checked", on=channel, by=by or SYSTEM, detail=detail)


def check_fields(kind: str, *, slug: str, external_id: str, url: str, token: str) -> Place:
    """What a kind asks of a new channel; the place it will have.

    Raises ``UnknownKind``, and ``ValidationError`` with a message for each field.
    """
    adapter = adapter_for(kind)
    wrong: dict[str, Any] = {}
    place = Place(external_id, url, "")
    try:
        place = adapter.place(slug=slug, external_id=external_id, url=url)
    except ValidationError as error:
        error.update_error_dict(wrong)
    try:
        if adapter.needs_token:
            clean_token(token)
        elif token:
            raise ValidationError({"token": TOKEN_NOT_WANTED})
    except ValidationError as error:
        error.update_error_dict(wrong)
    if wrong:
        raise ValidationError(wrong)
    return place


def clean_token(token: str) -> str:
    """A key as it was meant: without what copying leaves around it. Raises ``ValidationError``."""
    clean = token.strip()
    if not clean:
        raise ValidationError({"token": TOKEN_WANTED})
    if not clean.isascii() or not clean.isprintable() or " " in clean:
        raise ValidationError({"token": TOKEN_NOT_ONE})
    return clean


ADDRESS_STAYS = _(
    "The channel’s key is sent to this address, so it cannot be changed. Make a new channel for "
    "another address."
)
TOKEN_WANTED = _("A channel of this kind needs a key: copy it from the network.")
TOKEN_NOT_WANTED = _("A channel of this kind needs no key: leave it empty.")
TOKEN_NOT_ONE = _("This is no key: it has spaces or letters in it that no key has.")
