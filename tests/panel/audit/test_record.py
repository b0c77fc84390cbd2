"""The trail as it is written."""

from __future__ import annotations

import json
import threading
import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, models, transaction

from panel.accounts.models import User
from panel.audit.actions import SYSTEM, Entry, prune, record, record_many
from panel.audit.models import GENESIS, ByKind, Event, Head
from panel.audit.reports import verify
from panel.core import trail
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_first_event_points_at_the_beginning(clerk: User):
    event = record("case.closed", on=("cases.case", 7), by=clerk, detail={"after_days": 3})

    assert (event.sequence, event.previous_hash) == (1, GENESIS)
    assert (event.on_type, event.on_id) == ("cases.case", "7")
    assert (event.by_kind, event.by_id) == (ByKind.PERSON, clerk.pk)
    assert event.hash == event.sealed()


def test_next_event_points_at_the_one_before(clerk: User):
    first = record("a.made", on=clerk, by=clerk)
    second = record("a.changed", on=clerk, by=SYSTEM)

    assert (second.sequence, second.previous_hash) == (2, first.hash)
    assert (second.by_kind, second.by_id) == (ByKind.SYSTEM, None)
    assert Head.objects.get().hash == second.hash


def test_seal_holds_for_what_the_database_gives_back(clerk: User):
    detail = {
        "ø": "æøå 🙂 \x00 \ud800",
        "half": 0.1,
        "huge": 1e22,
        "price": Decimal("1.50"),
        "id": uuid.UUID(int=5),
        "when": datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
        "list": (1, None, True, {"b": 2, "a": 1}),
        "set": {"b", "a"},
        "kind": ByKind.PERSON,
    }
    written = record("a.made", on=clerk, by=clerk, detail=detail)
    read = Event.objects.get(pk=written.pk)

    assert read.sealed() == written.hash == read.hash
    assert read.detail["half"] == "0.1"
    assert read.detail["set"] == ["a", "b"]
    assert json.dumps(read.detail)


def test_addresses_and_cpr_numbers_never_enter(clerk: User):
    event = record(
        "a.made",
        on=clerk,
        by=clerk,
        detail={"why": "Ifølge hans.hansen@example.dk, 010203-1234", "x@y.dk": 1},
    )

    assert event.detail == {"why": "Ifølge [e-mail], [cpr]", "[e-mail]": 1}


def test_unsaved_thing_is_refused(clerk: User):
    with pytest.raises(ValueError, match="no key yet"):
        record("a.made", on=User(email="x@example.dk"), by=clerk)
    assert not Event.objects.exists()


def test_event_stands_or_falls_with_the_change(clerk: User):
    with transaction.atomic():
        record("a.made", on=clerk, by=clerk)
        transaction.set_rollback(True)

    assert not Event.objects.exists()
    assert record("a.made", on=clerk, by=clerk).sequence == 1


def test_many_cost_a_handful_of_statements(clerk: User, django_assert_max_num_queries):
    entries = [Entry("a.made", ("a.b", number), clerk) for number in range(400)]
    with django_assert_max_num_queries(12):
        events = record_many(entries)

    assert [event.sequence for event in events] == list(range(1, 401))
    assert not verify().faults


def test_many_of_nothing_touches_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert record_many([]) == []


def test_what_lies_below_leaves_its_trail_through_core(clerk: User):
    trail.record("account.closed", on=clerk, by=trail.SYSTEM)

    assert Event.objects.get().what == "account.closed"


def test_python_refuses_to_change_or_remove(clerk: User):
    event = record("a.made", on=clerk, by=clerk)
    for change in (
        lambda: Event.objects.update(what="x"),
        lambda: Event.objects.filter(pk=1).update(what="x"),
        lambda: Event.objects.all().delete(),
        event.delete,
    ):
        with pytest.raises(PermissionDenied, match="append-only"):
            change()


def test_database_refuses_to_change(clerk: User):
    event = record("a.made", on=clerk, by=clerk)
    event.what = "a.forged"
    for change in (
        event.save,
        lambda: models.QuerySet(Event).update(what="a.forged"),
        lambda: connection.cursor().execute("UPDATE audit_event SET what = 'a.forged'"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert Event.objects.get().what == "a.made"


def test_prune_keeps_the_rest_verifiable(clerk: User):
    old = datetime(2020, 1, 1, tzinfo=UTC)
    record_many([Entry("a.made", ("a.b", number), clerk) for number in range(5)])
    _age(up_to=3, at=old)

    assert prune(before=old + timedelta(days=1), by=SYSTEM) == 3

    verdict = verify()
    assert not verdict.faults
    assert (verdict.first, verdict.events) == (4, 3)
    assert Event.objects.latest("sequence").what == "trail.pruned"


def test_prune_of_nothing_leaves_no_event(clerk: User):
    record("a.made", on=clerk, by=clerk)

    assert prune(before=datetime(2020, 1, 1, tzinfo=UTC), by=SYSTEM) == 0
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_make_one_chain():
    user = UserFactory()

    def write() -> None:
        try:
            for number in range(10):
                record("a.made", on=("a.b", number), by=user)
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    verdict = verify()
    assert (verdict.events, verdict.faults) == (60, ())


def _age(*, up_to: int, at: datetime) -> None:
    """Rewrite the chain with its first events at ``at``, as if they had been written then."""
    events = list(Event.objects.order_by("sequence"))
    models.QuerySet(Event).delete()
    seal = GENESIS
    for event in events:
        event.at = at if event.sequence <= up_to else event.at
        event.previous_hash = seal
        event.hash = seal = event.sealed()
    Event.objects.bulk_create(events)
    Head.objects.update(hash=seal)
