"""Sending: take by lease, note the try, call the network, note what came of it.

Each step is a transaction of its own, and none is open while the network is called. Whoever dies
on the way leaves a row that says how far it came: taken, and nobody was called; or being sent, and
only the network knows.
"""

from __future__ import annotations

import logging
import random
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from panel.channels import actions as channels
from panel.channels.keys import DEAD
from panel.channels.models import Channel, Credential
from panel.channels.outgoing import Act, Answer, Outcome, Trouble
from panel.channels.sending import account_of, sender_for
from panel.core.clock import database_now
from panel.jobs.current import current_job
from panel.jobs.faultpoints import faultpoint
from panel.outbox.models import Attempt, Lane, Outgoing, Pause, State
from panel.outbox.payloads import Altered, act_of

AT_ONCE: Final = 20
TRIES: Final = 10
# After so many failures in a row to reach a network, it is left alone for a while.
PATIENCE: Final = 3
FIRST_WAIT: Final = timedelta(seconds=15)
LONGEST_WAIT: Final = timedelta(minutes=30)
SOON: Final = timedelta(minutes=1)
NOT_REACHED: Final = frozenset({"connect", "timeout", "cut"})

CLAIMED = faultpoint("outbox.claimed", "it is ours, and no try is noted: nobody was called")
BEGUN = faultpoint("outbox.begun", "the try is noted, the network is not called yet")
CALLED = faultpoint("outbox.called", "the network has answered, nothing is noted")
SETTLED = faultpoint("outbox.settled", "what came of it is noted")

_log = logging.getLogger(__name__)


def deliver() -> int:
    """Send everything that is due; how many tries were made."""
    tried = 0
    while taken := claim():
        CLAIMED()
        try:
            for outgoing in taken:
                tried += deliver_one(outgoing)
                current_job().checkpoint()
        finally:
            hand_back(taken[0].lease)
    return tried


def is_much() -> bool:
    """Whether more is due than one worker sends in a moment."""
    return len(Outgoing.objects.ready(database_now())[: AT_ONCE + 1]) > AT_ONCE


@transaction.atomic
def claim() -> list[Outgoing]:
    """Take what is due, the longest due first: ours, by the lease, and nobody else's."""
    at, lease = database_now(), secrets.token_hex(16)
    ready = Outgoing.objects.ready(at).order_by("next_at", "pk")
    keys = list(
        ready.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True)[
            :AT_ONCE
        ]
    )
    if not keys:
        return []
    Outgoing.objects.filter(pk__in=keys, state=State.DUE).update(
        state=State.CLAIMED, lease=lease, leased_until=at + _lease()
    )
    ours = Outgoing.objects.filter(lease=lease, state=State.CLAIMED)
    return list(ours.select_related("channel").order_by("next_at", "pk"))


def hand_back(lease: str) -> None:
    """What was taken and not begun is there for anybody again."""
    left = Outgoing.objects.filter(lease=lease, state=State.CLAIMED)
    left.update(state=State.DUE, lease="", leased_until=None)


def deliver_one(outgoing: Outgoing) -> bool:
    """Try one that we took; whether the network was called."""
    try:
        act = act_of(outgoing.verb, outgoing.payload)
    except Altered:
        _give_up(outgoing, "altered")
        return False
    attempt = begin(outgoing)
    if attempt is None:
        return False
    BEGUN()
    answer = _call(outgoing, act)
    CALLED()
    settle(outgoing, attempt, answer)
    SETTLED()
    return True


@transaction.atomic
def begin(outgoing: Outgoing) -> Attempt | None:
    """Note that the network is about to be called; nothing where that must not be any more."""
    # Whoever pauses waits for this, or was there before us.
    lane, _made = Lane.objects.get_or_create(channel_id=outgoing.channel_id)
    lane = Lane.objects.select_for_update().get(pk=lane.pk)
    at = database_now()
    ours = Outgoing.objects.filter(pk=outgoing.pk, lease=outgoing.lease, state=State.CLAIMED)
    if _is_stopped(outgoing.channel) or (lane.quiet_until and lane.quiet_until > at):
        ours.update(state=State.DUE, lease="", leased_until=None)
        return None
    if outgoing.latest_at and outgoing.latest_at < at:
        ours.update(state=State.MISSED, lease="", leased_until=None)
        return None
    begun = ours.filter(leased_until__gt=at).update(
        state=State.SENDING, leased_until=at + _lease(), tries=F("tries") + 1
    )
    if not begun:
        return None
    outgoing.tries += 1
    return Attempt.objects.create(outgoing=outgoing, number=outgoing.tries, started_at=at)


@transaction.atomic
def settle(outgoing: Outgoing, attempt: Attempt, answer: Answer) -> None:
    """Note what came of a try, first of all the id that the network gave."""
    lane = Lane.objects.select_for_update().get(channel_id=outgoing.channel_id)
    at = database_now()
    attempt.ended_at, attempt.outcome = max(at, attempt.started_at), answer.outcome.value
    attempt.code, attempt.trace = answer.code[:40], answer.trace[:80]
    attempt.save(update_fields=["ended_at", "outcome", "code", "trace"])
    row = Outgoing.objects.select_for_update(of=("self",)).get(pk=outgoing.pk)
    is_ours = row.state == State.SENDING and row.lease == outgoing.lease
    if answer.outcome == Outcome.DONE and (is_ours or row.state == State.UNKNOWN):
        sent(row, answer.external_id, answer.url, at=at)
    elif is_ours:
        _not_sent(row, answer, at)
    _learn(lane, answer, at)
    if answer.trouble == Trouble.SIGN_IN:
        channels.key_refused(outgoing.channel, asked_at=attempt.started_at)


def sent(row: Outgoing, external_id: str, url: str, *, at: datetime) -> None:
    """It is there. Part of the caller's transaction, which holds the row."""
    row.state, row.sent_at, row.code = State.SENT, at, ""
    row.external_id, row.url = external_id[:200], url[:500]
    _let_go(row)


def wait_before(tries: int) -> timedelta:
    """How long before the next try: twice as long each time, and not all at the same moment."""
    longest: timedelta = min(FIRST_WAIT * 2 ** min(tries - 1, 12), LONGEST_WAIT)
    return longest * random.uniform(0.5, 1)  # noqa: S311 - spreads tries, hides nothing


def _not_sent(row: Outgoing, answer: Answer, at: datetime) -> None:
    row.code = answer.code[:40]
    if answer.outcome in (Outcome.UNKNOWN, Outcome.DONE):
        row.state, row.looks, row.next_at = State.UNKNOWN, 0, at + SOON
    elif answer.outcome == Outcome.REFUSED:
        row.state = State.FAILED
    elif answer.trouble == Trouble.LIMIT:  # not its own fault: the whole channel waits
        row.state, row.next_at = State.DUE, at
    elif row.tries >= TRIES and answer.trouble == Trouble.NONE:
        row.state = State.FAILED
    else:
        row.state, row.next_at = State.DUE, at + (answer.wait or wait_before(row.tries))
    _let_go(row)


def _let_go(row: Outgoing) -> None:
    row.lease, row.leased_until = "", None
    row.save()


def _learn(lane: Lane, answer: Answer, at: datetime) -> None:
    """What one answer says about everything else on the channel."""
    before = (lane.failures, lane.quiet_until)
    reached = answer.code not in NOT_REACHED
    lane.failures = 0 if reached else lane.failures + 1
    if answer.trouble == Trouble.LIMIT:
        lane.quiet_until = at + (answer.wait or LONGEST_WAIT / 6)
    elif lane.failures >= PATIENCE:
        lane.quiet_until = at + wait_before(lane.failures - PATIENCE + 1)
    if (lane.failures, lane.quiet_until) != before:
        lane.code = answer.code[:40]
        lane.save()


def _call(outgoing: Outgoing, act: Act) -> Answer:
    """Ask the network once. Whatever our own code does wrong, the answer is not known."""
    try:
        return sender_for(outgoing.channel).send(account_of(outgoing.channel), act)
    except Exception as error:
        # Never its words: they may hold what is sent, or a key.
        _log.error("Outgoing %s: the sender failed with %s", outgoing.pk, type(error).__name__)
        return Answer(Outcome.UNKNOWN, code="fault")


@transaction.atomic
def _give_up(outgoing: Outgoing, code: str) -> None:
    ours = Outgoing.objects.filter(pk=outgoing.pk, lease=outgoing.lease, state=State.CLAIMED)
    # It was to be sent; that it cannot be is the same as if the network had refused it.
    ours.update(state=State.FAILED, code=code, lease="", leased_until=None)


def _is_stopped(channel: Channel) -> bool:
    """Whether somebody has paused it, or its key has died, since it was taken."""
    pauses = Pause.objects.on().filter(Q(channel=channel) | Q(channel__isnull=True))
    alive = Credential.objects.filter(channel=channel).exclude(state__in=DEAD)
    return pauses.exists() or not alive.exists()


def _lease() -> timedelta:
    return timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
