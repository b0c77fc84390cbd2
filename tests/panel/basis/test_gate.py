"""The gate opens with a record in force, and closes with it."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from panel.accounts.models import User
from panel.audit.models import Event
from panel.basis import gate
from panel.basis.actions import record_basis, withdraw_basis
from panel.basis.gate import NoBasis
from panel.basis.models import ControllerRecord
from panel.basis.reports import standing

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
WORDS = {
    "legal_basis": "Artikel 6, stk. 1, litra e, og kommunalfuldmagten",
    "dpia_reference": "KA-2026-17",
    "dpo_consulted_on": date(2026, 11, 1),
    "retention_days": 180,
    "valid_until": date(2027, 11, 19),
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-11-20 12:00:00+00:00", tick=False) as clock:
        yield clock


def test_nothing_is_open_before_anything_is_recorded() -> None:
    assert not gate.is_open()
    with pytest.raises(NoBasis, match="record_basis"):
        gate.require()


def test_a_record_opens_the_gate_from_its_first_to_its_last_day_in_copenhagen(clock) -> None:
    record_basis(**{**WORDS, "valid_until": date(2026, 11, 21)})
    assert gate.require().retention_days == 180
    assert not gate.is_open(date(2026, 11, 19))
    # Half past eleven in the evening in Copenhagen is still the last day; half past midnight is
    # not.
    clock.move_to("2026-11-21 22:30:00+00:00")
    assert gate.is_open()
    clock.move_to("2026-11-21 23:30:00+00:00")
    assert not gate.is_open()


def test_withdrawing_closes_it_at_once(editor: User) -> None:
    made = record_basis(**WORDS, by=editor)
    withdraw_basis(made, by=editor)
    withdraw_basis(made, by=editor)
    with pytest.raises(NoBasis):
        gate.require()
    assert Event.objects.filter(what="basis.withdrawn", by_id=editor.pk).count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"legal_basis": "  "}, "legal_basis"),
        ({"dpia_reference": ""}, "dpia_reference"),
        ({"retention_days": 0}, "__all__"),
        ({"valid_until": date(2026, 11, 19)}, "__all__"),
        ({"valid_until": date(2026, 11, 19), "valid_from": date(2026, 1, 1)}, "valid_until"),
        ({"valid_from": date(2028, 1, 1)}, "__all__"),
        ({"dpo_consulted_on": date(2026, 11, 21)}, "dpo_consulted_on"),
    ],
)
def test_what_cannot_be_right_is_refused_by_field(changed: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        record_basis(**{**WORDS, **changed})  # type: ignore[arg-type]
    assert field in refusal.value.message_dict
    assert not ControllerRecord.objects.exists()


def test_why_it_is_closed_is_said(editor: User, clock) -> None:
    never = gate.why_closed()
    made = record_basis(**{**WORDS, "valid_from": date(2026, 12, 1)})
    ahead = gate.why_closed()
    withdraw_basis(made, by=editor)
    withdrawn = gate.why_closed()
    record_basis(**WORDS)
    clock.move_to("2028-01-01 12:00:00+00:00")
    over = gate.why_closed()
    assert len({never, ahead, withdrawn, over}) == 4


def test_a_month_before_the_end_somebody_is_told_unless_it_goes_on(clock) -> None:
    record_basis(**WORDS)
    assert not standing().is_ending
    clock.move_to("2027-10-25 12:00:00+00:00")
    assert (standing().is_ending, standing().days_left) == (True, 25)
    record_basis(**{**WORDS, "valid_from": date(2027, 11, 20), "valid_until": date(2028, 11, 19)})
    assert not standing().is_ending
    clock.move_to("2027-11-20 12:00:00+00:00")
    assert gate.is_open()


def test_the_command_records_and_says_what_it_means() -> None:
    out = StringIO()
    call_command("record_basis", *_words(), stdout=out)
    assert gate.is_open()
    assert "180" in out.getvalue()


@pytest.mark.parametrize(
    ("word", "value"),
    [("--retention-days", "0"), ("--valid-until", "2020-01-01"), ("--dpo", "2099-01-01")],
)
def test_the_command_says_what_cannot_be_right(word: str, value: str) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("record_basis", *_words(**{word: value}))
    assert str(refusal.value)
    assert not gate.is_open()


def test_the_command_names_a_date_it_cannot_read() -> None:
    with pytest.raises(CommandError, match="2027-12-31"):
        call_command("record_basis", *_words(**{"--valid-until": "31/12 2027"}))


def _words(**changed: str) -> list[str]:
    words = {
        "--legal-basis": "Artikel 6",
        "--dpia": "KA-1",
        "--dpo": (TODAY - timedelta(days=3)).isoformat(),
        "--retention-days": "180",
        "--valid-until": "2027-11-19",
    }
    return [f"{word}={value}" for word, value in {**words, **changed}.items()]
