"""A trail that was touched says so, and names the place."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models

from panel.accounts.models import User
from panel.audit.actions import SYSTEM, Entry, prune, record, record_many
from panel.audit.models import Event, Head
from panel.audit.reports import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def trail(clerk: User) -> list[Event]:
    return record_many(
        Entry("case.closed", ("cases.case", number), clerk, {"after_days": number})
        for number in range(1, 11)
    )


@pytest.fixture
def unguarded(db: None) -> None:
    """As somebody with the database's own rights would have it."""
    with connection.cursor() as cursor:
        on = " ON audit_event" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER audit_event_no_update{on}")


def forge(number: int, /, *, reseal: bool = False, **changes: object) -> None:
    """Change one row behind our back, and make its own seal fit if asked."""
    models.QuerySet(Event).filter(pk=number).update(**changes)
    if reseal:
        event = Event.objects.get(pk=changes.get("sequence", number))
        models.QuerySet(Event).filter(pk=event.pk).update(hash=event.sealed())


def remove(*sequences: int) -> None:
    models.QuerySet(Event).filter(pk__in=sequences).delete()


def found() -> list[tuple[int, str]]:
    return [(fault.sequence, fault.kind) for fault in verify().faults]


def test_untouched_trail_is_whole(trail: list[Event]):
    verdict = verify()

    assert (verdict.events, verdict.first, verdict.faults) == (10, 1, ())
    assert verdict.head == f"10:{trail[-1].hash}"


def test_empty_trail_is_whole(db: None):
    assert verify().faults == ()


@pytest.mark.usefixtures("unguarded", "trail")
@pytest.mark.parametrize(
    "changes",
    [
        {"what": "case.opened"},
        {"on_id": "99"},
        {"by_id": 99999},
        {"at": datetime(2020, 1, 1, tzinfo=UTC)},
        {"detail": {"after_days": 999}},
        {"on_type": "cases.kase"},
    ],
)
def test_changed_event_is_named(changes: dict[str, object]):
    forge(4, **changes)

    assert found() == [(4, "changed")]


@pytest.mark.usefixtures("unguarded", "trail")
def test_changed_event_with_a_new_seal_is_named():
    forge(4, reseal=True, what="case.opened")

    assert found() == [(4, "replaced")]


@pytest.mark.usefixtures("unguarded", "trail")
def test_changed_last_event_with_a_new_seal_is_named():
    forge(10, reseal=True, what="case.opened")

    assert found() == [(10, "replaced")]


@pytest.mark.usefixtures("trail")
@pytest.mark.parametrize(
    ("gone", "named"),
    [
        ((1,), [(1, "removed")]),
        ((4,), [(4, "removed")]),
        ((4, 5, 6), [(4, "removed")]),
        ((10,), [(10, "removed")]),
        ((8, 9, 10), [(8, "removed")]),
        ((2, 7), [(2, "removed"), (7, "removed")]),
        (tuple(range(1, 11)), [(1, "removed")]),
    ],
)
def test_removed_events_are_named(gone: tuple[int, ...], named: list[tuple[int, str]]):
    remove(*gone)

    assert found() == named


def test_event_put_in_after_the_end_is_named(trail: list[Event]):
    last = trail[-1]
    forged = Event(
        sequence=11,
        at=last.at,
        what="case.opened",
        on_type="cases.case",
        on_id="1",
        by_kind="system",
        previous_hash=last.hash,
    )
    forged.hash = forged.sealed()
    models.QuerySet(Event).bulk_create([forged])

    assert found() == [(11, "inserted")]


@pytest.mark.usefixtures("unguarded")
def test_event_put_in_between_is_named(trail: list[Event]):
    for sequence in range(10, 4, -1):
        forge(sequence, sequence=sequence + 1)
    forged = Event(
        sequence=5,
        at=trail[3].at,
        what="case.opened",
        on_type="cases.case",
        on_id="1",
        by_kind="system",
        previous_hash=trail[3].hash,
    )
    forged.hash = forged.sealed()
    models.QuerySet(Event).bulk_create([forged])

    assert found()[0][0] in (5, 6)
    assert (11, "inserted") in found()


@pytest.mark.usefixtures("trail")
def test_end_that_was_moved_is_named():
    Head.objects.update(sequence=8)

    assert (8, "replaced") in found()
    assert (10, "inserted") in found()


def test_trail_made_anew_is_told_by_the_seal_somebody_noted(trail: list[Event], clerk: User):
    noted = (10, trail[-1].hash)
    assert verify(noted).faults == ()

    remove(*range(1, 11))
    Head.objects.all().delete()
    record_many(Entry("case.opened", ("cases.case", number), clerk) for number in range(10))

    assert verify().faults == ()
    assert [(fault.sequence, fault.kind) for fault in verify(noted).faults] == [(10, "rewritten")]


def test_noted_seal_beyond_the_end_is_a_removal(trail: list[Event]):
    assert [fault.kind for fault in verify((12, "0" * 64)).faults] == ["removed"]


@pytest.mark.usefixtures("trail")
def test_pruned_trail_still_tells(clerk: User):
    assert prune(before=datetime(2999, 1, 1, tzinfo=UTC), by=SYSTEM) == 10
    record("case.closed", on=clerk, by=clerk)
    assert verify().faults == ()

    remove(11)
    assert found() == [(11, "removed")]


def test_command_says_whole_and_gives_the_end(trail: list[Event]):
    said = io.StringIO()
    call_command("verify_audit", stdout=said)
    assert trail[-1].hash in said.getvalue()

    said = io.StringIO()
    call_command("verify_audit", "--json", f"--noted=10:{trail[-1].hash}", stdout=said)
    answer = json.loads(said.getvalue())
    assert (answer["whole"], answer["events"], answer["faults"]) == (True, 10, [])


@pytest.mark.usefixtures("trail")
def test_command_ends_with_1_and_names_the_fault():
    remove(4)
    said = io.StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("verify_audit", "--json", stdout=said)

    assert end.value.code == 1
    answer = json.loads(said.getvalue())
    assert not answer["whole"]
    assert answer["faults"][0]["sequence"] == 4

    said = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_audit", stdout=said)
    assert "4" in said.getvalue()


@pytest.mark.parametrize("noted", ["10", "x:y", "10:abc", ":"])
def test_command_says_how_to_write_a_noted_seal(db: None, noted: str):
    with pytest.raises(CommandError, match="--noted"):
        call_command("verify_audit", f"--noted={noted}")


@pytest.mark.usefixtures("trail")
def test_verifying_many_costs_three_queries(django_assert_num_queries):
    with django_assert_num_queries(3):
        verify()
