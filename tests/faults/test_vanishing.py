"""The alarm is about what happened, not about the order in which we learned of it (R5, L4).

``MEDSPIL_FAULTS`` is the share of 10,000 orders; by default a fiftieth.
"""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import InterfaceError, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from panel.conversations.intake import events, vanishing
from panel.conversations.models import Sighting, Vanishing
from panel.core.clock import now
from tests.factories.outbox import facebook_channel
from tests.faults.test_listening import PAGE, POST, comment, event, told

ORDERS = max(100, round(10_000 * float(os.environ.get("MEDSPIL_FAULTS", "0.02"))))
BYEN = {"from": {"id": PAGE, "name": "Byen"}}
OTHER, THIRD = f"{PAGE}_2", f"{PAGE}_3"

pytestmark = [pytest.mark.faults, pytest.mark.timeout(7200), pytest.mark.django_db]


def on(post: str, number: int, verb: str, second: int, **said: Any) -> bytes:
    return comment(number, verb, second, post_id=post, **({"parent_id": post} | said))


# Three threads: one where too much vanishes, one where answers go with the comment above them, and
# one whose post goes, with two comments that do not make an alarm.
HAPPENS = (
    event("status", "add", 0, message="Ny bro", **BYEN),
    *(on(POST, number, "add", number, message=f"Kommentar {number}") for number in (1, 2, 3, 4)),
    on(POST, 1, "edited", 20, message="Andre ord"),
    on(POST, 1, "remove", 30),
    on(POST, 2, "hide", 31),
    on(POST, 2, "unhide", 32),
    on(POST, 3, "hide", 700),
    on(POST, 3, "remove", 800),
    event("status", "add", 0, message="Ny sti", post_id=OTHER, **BYEN),
    on(OTHER, 11, "add", 1, message="Hvor?"),
    *(
        on(OTHER, number, "add", number, message="Ved søen", parent_id="1_11")
        for number in (12, 13, 14)
    ),
    *(on(OTHER, number, "remove", 90 + number, parent_id="1_11") for number in (12, 13, 14)),
    on(OTHER, 11, "remove", 91),
    event("status", "add", 0, message="Nyt torv", post_id=THIRD, **BYEN),
    on(THIRD, 21, "add", 1, message="Flot"),
    on(THIRD, 21, "remove", 60),
    on(THIRD, 22, "add", 2, message="Grimt"),
    on(THIRD, 22, "hide", 61),
    event("status", "remove", 99, post_id=THIRD, **BYEN),
)
RIGHT = {("comment", POST), ("post", THIRD)}


def alarms() -> list[tuple[str, str]]:
    return list(Vanishing.objects.values_list("thing", "post_external_id"))


def test_in_any_order_and_number_the_same_alarms_are_raised():
    facebook_channel(external_id=PAGE)

    @how(max_examples=ORDERS, deadline=None, database=None, suppress_health_check=[*HealthCheck])
    @given(
        st.permutations([*HAPPENS, *HAPPENS[::3]]),
        st.sets(st.integers(1, len(HAPPENS) + len(HAPPENS[::3]) - 1), max_size=5),
    )
    def ends_the_same(order: list[bytes], cuts: set[int]) -> None:
        with transaction.atomic(), time_machine.travel(now(), tick=False) as clock:
            last = 0
            for cut in [*sorted(cuts), len(order)]:
                told(order[last:cut])
                last = cut
            clock.shift(timedelta(minutes=2))
            vanishing.look_again()
            found, copies = alarms(), set(Sighting.objects.exclude(copy="").values_list("copy"))
            transaction.set_rollback(True)
        assert set(found) == RIGHT
        assert len(found) == len(RIGHT)
        assert copies == {("Nyt torv",)}

    ends_the_same()


def test_a_delivery_that_is_read_again_raises_nothing_again(monkeypatch: pytest.MonkeyPatch):
    facebook_channel(external_id=PAGE)
    told(list(HAPPENS[:5]))
    for body in HAPPENS[5:11]:
        events.keep("facebook", body)
    with monkeypatch.context() as dying:
        dying.setattr(events, "TAKEN", _die)
        with pytest.raises(InterfaceError):
            events.read()
    raised, seen = Vanishing.objects.get(), Sighting.objects.count()

    events.read()
    assert Vanishing.objects.get() == raised
    assert Sighting.objects.count() == seen


def _die() -> None:
    raise InterfaceError
