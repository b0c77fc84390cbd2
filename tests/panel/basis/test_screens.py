"""The screen of the legal basis, and the word about it on the first page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from panel.accounts.models import User
from panel.basis import gate
from panel.basis.models import ControllerRecord
from tests.conftest import SignedIn
from tests.factories.panel import open_gate

HOME = "wagtailadmin_home"


def filled(**changed: str) -> dict[str, str]:
    today = gate.today()
    words = {
        "legal_basis": "Artikel 6",
        "dpia_reference": "KA-1",
        "dpo_consulted_on": today.isoformat(),
        "retention_days": "180",
        "valid_from": "",
        "valid_until": (today + timedelta(days=365)).isoformat(),
    }
    return {**words, **changed}


@pytest.mark.parametrize(
    ("who", "sees", "records"),
    [
        ("clerk", True, False),
        ("editor", True, True),
        ("administrator", True, True),
        ("specialist", False, False),
        ("analyst", False, False),
        ("member", False, False),
    ],
)
def test_who_may_see_and_record(
    who: str, sees: bool, records: bool, signed_in: SignedIn, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(who))
    assert (client.get(reverse("basis:index")).status_code == 200) is sees
    assert (client.get(reverse("basis:new")).status_code == 200) is records
    client.post(reverse("basis:new"), filled())
    assert gate.is_open() is records


def test_an_editor_records_renews_and_withdraws(editor: User, signed_in: SignedIn) -> None:
    client = signed_in(editor)
    client.post(reverse("basis:new"), filled())
    made = ControllerRecord.objects.get()
    assert (made.recorded_by_id, made.valid_from) == (editor.pk, gate.today())
    assert "KA-1" in client.get(reverse("basis:index")).content.decode()
    asked = client.get(reverse("basis:withdraw", args=[made.pk]))
    assert (asked.status_code, gate.is_open()) == (200, True)
    client.post(reverse("basis:withdraw", args=[made.pk]))
    assert not gate.is_open()
    assert client.post(reverse("basis:withdraw", args=[made.pk])).status_code == 404
    assert client.get(reverse("basis:index")).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"legal_basis": ""},
        {"valid_until": "2020-01-01"},
        {"retention_days": "0"},
        {"dpo_consulted_on": "2099-01-01"},
    ],
)
def test_what_cannot_be_right_is_said_and_what_was_written_stays(
    wrong: dict[str, str], editor: User, signed_in: SignedIn
) -> None:
    answer = signed_in(editor).post(reverse("basis:new"), filled(**wrong))
    assert answer.context["form"].errors
    assert "KA-1" in answer.content.decode()
    assert not gate.is_open()


def test_the_first_page_tells_of_a_missing_and_of_an_ending_basis(
    clerk: User, editor: User, specialist: User, signed_in: SignedIn
) -> None:
    def told(user: User) -> str:
        return signed_in(user).get(reverse(HOME)).content.decode()

    assert 'id="basis-notice"' in told(clerk)
    assert reverse("basis:new") in told(editor)
    assert 'id="basis-notice"' not in told(specialist)
    ending = open_gate(valid_until=gate.today() + timedelta(days=20))
    assert "20" in told(clerk).split('id="basis-notice"')[1]
    ending.valid_until = gate.today() + timedelta(days=300)
    ending.save()
    assert 'id="basis-notice"' not in told(clerk)
