"""The secret address of the calendar: making it, and closing it."""

from __future__ import annotations

from django.db import transaction

from cms.publishing.models import CalendarKey
from panel.accounts.models import User
from panel.audit.actions import record
from panel.core.clock import now
from panel.core.crypto import new_token, token_hash


@transaction.atomic
def make_calendar_key(*, by: User) -> str:
    """A new key for ``by``, told this once; the one from before opens nothing any more."""
    token = new_token()
    key, is_first = CalendarKey.objects.update_or_create(
        user=by, defaults={"token_hash": token_hash(token), "made_at": now()}
    )
    record("calendar_key.made" if is_first else "calendar_key.renewed", on=key, by=by)
    return token


@transaction.atomic
def close_calendar(*, by: User) -> bool:
    """No address any more. Returns whether there was one."""
    key = CalendarKey.objects.select_for_update().filter(user=by).first()
    if key is None:
        return False
    record("calendar_key.closed", on=key, by=by)
    key.delete()
    return True
