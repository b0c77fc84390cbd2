"""Looking after what was sent: who did not come back, what may be there, what is too late."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F

from panel.channels import actions as channels
from panel.channels.outgoing import NotReached, Outcome, Seen, Trouble
from panel.channels.sending import account_of, sender_for
from panel.core.clock import database_now, now
from panel.jobs.current import current_job
from panel.outbox.models import Attempt, Outgoing, State
from panel.outbox.payloads import Altered, act_of
from panel.outbox.sending import FREE, sent

# Networks show what is new late, and clocks differ.
MARGIN: Final = timedelta(minutes=5)
NEXT_LOOK: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 20))
DIED: Final = "died"


@transaction.atomic
def recover() -> int:
    """Take up what somebody took and did not come back with; how many.

    Where no try was noted, nobody was called: it is due again. Where one was, only the network
    knows: it is looked for, and never by itself sent again.
    """
    at = database_now()
    left = Outgoing.objects.abandoned(at)
    due = left.filter(state=State.CLAIMED).update(state=State.DUE, **FREE)
    rows = left.filter(state=State.SENDING).select_for_update(of=("self",), skip_locked=True)
    keys = list(rows.values_list("pk", flat=True))
    under_way = Attempt.objects.filter(outgoing__in=keys, ended_at__isnull=True)
    under_way.update(ended_at=at, outcome=Outcome.UNKNOWN, code=DIED)
    # Its lease is kept: who was only slow comes back with the answer.
    Outgoing.objects.filter(pk__in=keys, state=State.SENDING).update(
        state=State.UNKNOWN, leased_until=None, looks=0, next_at=at, code=DIED
    )
    return due + len(keys)


def miss() -> int:
    """Close what was not begun in time; how many."""
    late = Outgoing.objects.late(database_now())
    return late.update(state=State.MISSED)


def look() -> int:
    """Look for everything that may be there; how many were found."""
    found = 0
    rows = Outgoing.objects.to_look_for(database_now())
    for outgoing in rows.select_related("channel").order_by("next_at", "pk"):
        found += look_for(outgoing)
        current_job().checkpoint()
    return found


def look_for(outgoing: Outgoing) -> bool:
    """Look for one on its network; whether it is there.

    A network that cannot be asked is no look: it is asked again a little later.
    """
    first = outgoing.attempts.order_by("number").first()
    since = (first.started_at if first else outgoing.made_at) - MARGIN
    asked_at = now()
    try:
        act = act_of(outgoing.key, outgoing.verb, outgoing.payload)
        account = account_of(outgoing.channel)
        seen = sender_for(outgoing.channel).find(account, act, since=since)
    except Altered:
        seen = []
    except NotReached as why:
        _later(outgoing, why, asked_at)
        return False
    return _note(outgoing, list(seen))


@transaction.atomic
def _note(outgoing: Outgoing, seen: list[Seen]) -> bool:
    at = database_now()
    row = Outgoing.objects.select_for_update(of=("self",)).get(pk=outgoing.pk)
    if row.state != State.UNKNOWN:
        return row.state == State.SENT
    ids = [each.external_id for each in seen]
    others = Outgoing.objects.filter(channel=row.channel, external_id__in=ids)
    taken = set(others.values_list("external_id", flat=True))
    for each in seen:
        if each.external_id not in taken:
            found = sent(each.external_id, each.url, at=min(each.at, at))
            return bool(Outgoing.objects.filter(pk=row.pk).update(**found))
    wait = NEXT_LOOK[min(row.looks, len(NEXT_LOOK) - 1)]
    Outgoing.objects.filter(pk=row.pk).update(looks=F("looks") + 1, next_at=at + wait)
    return False


def _later(outgoing: Outgoing, why: NotReached, asked_at: datetime) -> None:
    if why.answer.trouble == Trouble.SIGN_IN:
        channels.key_refused(outgoing.channel, asked_at=asked_at)
    wait = why.answer.wait or NEXT_LOOK[0]
    waiting = Outgoing.objects.filter(pk=outgoing.pk, state=State.UNKNOWN)
    waiting.update(next_at=database_now() + wait)
