"""What networks tell us comes in once, whoever is killed and in whatever order it comes (R5, R14).

``MEDSPIL_FAULTS`` is the share of the full size (20,000 orders, 3,000 deliveries and 200 kills); by
default a fiftieth of the orders, 300 deliveries and 30 kills.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, connections, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from panel.conversations.intake import events
from panel.conversations.models import Comment, Delivery, Post
from tests.factories.outbox import facebook_channel
from tests.faults.killing import DEATHS, Killing, is_ours, points

SHARE = float(os.environ.get("MEDSPIL_FAULTS", "0.02"))
ORDERS = max(200, round(20_000 * SHARE))
DELIVERIES = max(300, round(3_000 * SHARE))
KILLS = max(30, round(200 * SHARE))
CRASHES = max(1, round(20 * SHARE))
PAGE, POST = "100200300", "100200300_1"
START = int(datetime(2026, 11, 20, 12, 0, tzinfo=UTC).timestamp())

pytestmark = [pytest.mark.faults, pytest.mark.timeout(7200)]


def event(item: str, verb: str, second: int, **said: Any) -> bytes:
    """One delivery about one thing, sent ``second`` seconds after the start."""
    value = {"item": item, "verb": verb, "post_id": POST, "created_time": START} | said
    if verb == "remove":
        del value["created_time"]
    change = {"field": "feed", "value": value}
    entry = {"id": PAGE, "time": START + second, "changes": [change]}
    return json.dumps({"object": "page", "entry": [entry]}).encode()


def comment(number: int, verb: str, second: int, **said: Any) -> bytes:
    who = {"id": f"7{number % 40}", "name": f"Borger {number % 40}"}
    told = {"comment_id": f"1_{number}", "parent_id": POST, "from": who} | said
    return event("comment", verb, second, **told)


# Everything that happens to a post with two comments and an answer, as the network tells it.
HAPPENS = (
    event("status", "add", 0, message="Ny bro", **{"from": {"id": PAGE, "name": "Byen"}}),
    event("status", "edited", 9, message="Ny bro over åen"),
    comment(1, "add", 1, message="Hvornaar?"),
    comment(1, "edited", 3, message="Hvornår?"),
    comment(1, "edited", 7, message="Hvornår åbner den?"),
    comment(2, "add", 2, message="Fin bro"),
    comment(2, "remove", 8),
    comment(3, "add", 4, message="I maj", parent_id="1_1"),
    event("comment", "hide", 5, comment_id="1_1"),
    event("reaction", "add", 6, reaction_type="like"),
)


def told(deliveries: list[bytes]) -> None:
    for body in deliveries:
        events.keep("facebook", body)
    events.read()


def rows() -> list[Any]:
    """What stands there, without what is only ours."""
    fields = (
        *("external_id", "text", "written_at", "parent__external_id", "commenter__external_id"),
        *("post__external_id", "removed_at", "is_counted"),
    )
    stored = [list(Comment.objects.order_by("external_id").values_list(*fields))]
    stored.append(list(Post.objects.order_by("external_id").values_list("external_id", "text")))
    return stored


@pytest.mark.django_db
def test_in_any_order_and_number_it_ends_in_the_same_rows():
    facebook_channel(external_id=PAGE)
    with transaction.atomic():
        told(list(HAPPENS))
        right = rows()
        transaction.set_rollback(True)
    assert [row[1] for row in right[0]] == ["Hvornår åbner den?", "", "I maj"]
    assert right[1] == [(POST, "Ny bro over åen")]

    @how(max_examples=ORDERS, deadline=None, database=None, suppress_health_check=[*HealthCheck])
    @given(
        st.permutations([*HAPPENS, *HAPPENS[::2]]),
        st.sets(st.integers(1, len(HAPPENS) + len(HAPPENS[::2]) - 1), max_size=4),
    )
    def ends_the_same(order: list[bytes], cuts: set[int]) -> None:
        with transaction.atomic():
            last = 0
            for cut in [*sorted(cuts), len(order)]:
                told(order[last:cut])
                last = cut
            found = rows()
            transaction.set_rollback(True)
        assert found == right

    ends_the_same()


def is_done() -> bool:
    return not Delivery.objects.filter(read_at__isnull=True).exists()


def work() -> None:
    until = time.time() + 600
    while time.time() < until:
        try:
            if is_done():
                return
            events.read()
        except (OperationalError, InterfaceError):
            connections.close_all()
        time.sleep(0.02)


@pytest.fixture
def killing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Killing]:
    log = tmp_path / "kills"
    monkeypatch.setenv("MEDSPIL_KILL_LOG", str(log))
    monkeypatch.setattr(events, "AT_ONCE", 10)
    made = Killing(
        log,
        work=work,
        is_done=is_done,
        points=points("events."),
        kills=KILLS,
        often="events.*:0.2",
        crashes=CRASHES,
    )
    yield made
    made.end()


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_time_every_comment_is_in_once(killing: Killing):
    channel = facebook_channel(external_id=PAGE)
    draw, made = random.Random(7), 0

    def more(how_many: int = 60) -> None:
        """As many comments, each told twice, and every third taken back, in any order."""
        nonlocal made
        bodies = []
        for number in range(made, made + how_many):
            bodies.append(comment(number, "add", number, message=f"Kommentar {number}"))
            bodies.append(comment(number, "edited", number + 1, message=f"Ord {number}"))
            if number % 3 == 0:
                bodies.append(comment(number, "remove", number + 2))
        made += how_many
        draw.shuffle(bodies)
        for body in bodies:
            events.keep("facebook", body)

    more(DELIVERIES)
    killing.run(more)

    stored = Comment.objects.filter(channel=channel)
    assert stored.count() == made
    assert stored.present().count() == made - len(range(0, made, 3))
    words = dict(stored.values_list("external_id", "text"))
    assert all(
        words[f"1_{number}"] == ("" if number % 3 == 0 else f"Ord {number}")
        for number in range(made)
    )
    assert not Delivery.objects.exclude(body=b"").exists()
    assert not Delivery.objects.given_up().exists()
    hits = killing.hits()
    assert sorted(hits) == points("events.")
    assert min(hits.values()) >= DEATHS
    assert killing.killed() >= KILLS
    assert killing.crashed >= (CRASHES if is_ours() else 0)
