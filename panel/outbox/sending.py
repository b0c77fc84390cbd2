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
from typing import Any, Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from panel.channels import actions as channels
from panel.channels.outgoing import Act, Answer, Outcome, Trouble
from panel.channels.sending import account_of, sender_for
from panel.core.clock import database_now
from panel.jobs.current import current_job
from panel.jobs.faultpoints import faultpoint
from panel.outbox.fetching import with_addresses
from panel.outbox.models import Attempt, Lane, Outgoing, State
from panel.outbox.payloads import Altered, act_of

AT_ONCE: Final = 20
TRIES: Final = 10
# After so many failures in a row to reach a network, it is left alone for a while.
PATIENCE: Final = 3
FIRST_WAIT: Final = timedelta(seconds=15)
LONGEST_WAIT: Final = timedelta(minutes=30)
SOON: Final = timedelta(minutes=1)
FREE: Final[dict[str, Any]] = {"lease": "", "leased_until": None}
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
    left.update(state=State.DUE, **FREE)


def deliver_one(outgoing: Outgoing) -> bool:
    """Try one that we took; whether the network was called."""
    try:
        act = with_addresses(outgoing, act_of(outgoing.key, outgoing.verb, outgoing.payload))
    except Altered:
        _give_up(outgoing, "altered")
        return False
    attempt = begin(outgoing)
    if attempt is None:
        return False
    BEGUN()
    answer = _call(outgoing, act)
    CALLED()
    try:
        settle(outgoing, attempt, answer)
    except IntegrityError:
        settle(outgoing, attempt, Answer(Outcome.UNKNOWN, code="taken", trace=answer.trace))
    SETTLED()
    return True


@transaction.atomic
def begin(outgoing: Outgoing) -> Attempt | None:
    """Note that the network is about to be called; nothing where that must not be any more."""
    lane = _lane_of(outgoing)
    at = database_now()
    ours = Outgoing.objects.filter(pk=outgoing.pk, lease=outgoing.lease, state=State.CLAIMED)
    in_time = ours.filter(Q(latest_at__isnull=True) | Q(latest_at__gte=at), leased_until__gt=at)
    begun = not lane.is_quiet(at) and in_time.with_nothing_in_the_way().update(
        state=State.SENDING, leased_until=at + _lease(), tries=F("tries") + 1
    )
    if not begun:
        ours.filter(latest_at__lt=at).update(state=State.MISSED, **FREE)
        ours.update(state=State.DUE, **FREE)
        return None
    outgoing.tries += 1
    return Attempt.objects.create(outgoing=outgoing, number=outgoing.tries, started_at=at)


@transaction.atomic
def settle(outgoing: Outgoing, attempt: Attempt, answer: Answer) -> None:
    """Note what came of a try, first of all the id that the network gave.

    Raises IntegrityError where that id is something else's.
    """
    lane = _lane_of(outgoing)
    at = database_now()
    row = Outgoing.objects.filter(pk=outgoing.pk)
    ours = row.filter(lease=outgoing.lease, state=State.SENDING)
    if answer.outcome == Outcome.DONE:
        found = sent(answer.external_id, answer.url, at=at)
        # Given up meanwhile: we were slow, not dead.
        _moved = ours.update(**found) or row.filter(state=State.UNKNOWN).update(**found)
    else:
        ours.update(**_not_sent(outgoing, answer, at), **FREE)
    Attempt.objects.filter(pk=attempt.pk).update(
        ended_at=max(at, attempt.started_at),
        outcome=answer.outcome.value,
        code=answer.code[:40],
        trace=answer.trace[:80],
    )
    _learn(lane, answer, at)
    if answer.trouble == Trouble.SIGN_IN:
        channels.key_refused(outgoing.channel, asked_at=attempt.started_at)


def sent(external_id: str, url: str, *, at: datetime) -> dict[str, Any]:
    """What a row says of something that is there."""
    known = {"external_id": external_id[:200], "url": url[:500]}
    return {"state": State.SENT, "sent_at": at, "code": "", **known, **FREE}


def wait_before(tries: int) -> timedelta:
    """How long before the next try: twice as long each time, and not all at the same moment."""
    longest: timedelta = min(FIRST_WAIT * 2 ** min(tries - 1, 12), LONGEST_WAIT)
    return longest * random.uniform(0.5, 1)  # noqa: S311 - spreads tries, hides nothing


def _not_sent(outgoing: Outgoing, answer: Answer, at: datetime) -> dict[str, Any]:
    """What the row says of something that is not, or not surely, there."""
    code = {"code": answer.code[:40]}
    if answer.outcome == Outcome.UNKNOWN:
        return {"state": State.UNKNOWN, "looks": 0, "next_at": at + SOON, **code}
    is_tired = outgoing.tries >= TRIES and answer.trouble == Trouble.NONE
    if answer.outcome == Outcome.REFUSED or is_tired:
        return {"state": State.FAILED, **code}
    if answer.trouble != Trouble.NONE:  # not its own fault: the whole channel waits
        return {"state": State.DUE, "next_at": at, **code}
    wait = answer.wait or wait_before(outgoing.tries)
    return {"state": State.DUE, "next_at": at + wait, **code}


def _learn(lane: Lane, answer: Answer, at: datetime) -> None:
    """What one answer says about everything else on the channel."""
    before = (lane.failures, lane.quiet_until)
    reached = answer.code not in NOT_REACHED
    lane.failures = 0 if reached else lane.failures + 1
    # A network that did this one and wants no more just now says so beside its yes.
    is_last = answer.outcome == Outcome.DONE and answer.wait is not None
    if answer.trouble == Trouble.LIMIT or is_last:
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
    ours.update(state=State.FAILED, code=code, **FREE)


def _lane_of(outgoing: Outgoing) -> Lane:
    """The way to its network, ours for this transaction: whoever pauses waits for us, or was there
    before us.
    """
    lanes = Lane.objects.select_for_update()
    found = lanes.filter(channel=outgoing.channel_id).first()
    if found is None:
        Lane.objects.get_or_create(channel_id=outgoing.channel_id)
        found = lanes.get(channel=outgoing.channel_id)
    return found


def _lease() -> timedelta:
    return timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
