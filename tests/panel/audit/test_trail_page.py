"""The trail as colleagues read it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from panel.accounts.actions import close_account
from panel.accounts.models import User
from panel.audit import presenters
from panel.audit.actions import SYSTEM, Entry, record, record_many
from tests.conftest import SignedIn

pytestmark = pytest.mark.django_db

PAGE = "/admin/reports/trail/"


@pytest.mark.parametrize("who", ["administrator", "editor"])
def test_administrator_and_editor_read_it(request: pytest.FixtureRequest, signed_in, clerk, who):
    record("account.signed_in", on=clerk, by=clerk)
    page = signed_in(request.getfixturevalue(who)).get(PAGE)

    assert page.status_code == 200
    assert clerk.name in page.content.decode()


@pytest.mark.parametrize("who", ["clerk", "specialist", "analyst"])
def test_others_do_not(request: pytest.FixtureRequest, signed_in: SignedIn, who: str):
    client = signed_in(request.getfixturevalue(who))
    for address in (PAGE, PAGE + "results/"):
        assert client.get(address).status_code == 302


def test_words_are_made_when_read(clerk: User, editor: User):
    had = {"had": ["comms"], "has": ["comms", "editor"]}
    event = record("account.roles_set", on=clerk, by=editor, detail=had)
    with translation.override("en"):
        assert (
            presenters.sentence(event)
            == "changed the roles from Communications officer to Communications officer, Editor"
        )
        assert presenters.actor(event, presenters.names([event])) == "Eva Editor"
        assert presenters.thing(event) == f"user {clerk.pk}"


def test_what_nobody_explains_shows_its_name(clerk: User):
    event = record("old.thing_done", on=("gone.model", 7), by=SYSTEM)
    with translation.override("en"):
        assert presenters.sentence(event) == "old.thing_done"
        assert presenters.actor(event, {}) == "The system"
        assert presenters.thing(event) == "gone.model 7"


def test_missing_detail_is_a_dash(clerk: User):
    event = record("account.roles_set", on=clerk, by=clerk)
    with translation.override("en"):
        assert presenters.sentence(event) == "changed the roles from – to –"


def test_closed_account_has_no_name_any_more(
    signed_in: SignedIn, administrator: User, member: User
):
    close_account(member, by=member)
    page = signed_in(administrator).get(PAGE).content.decode()

    assert member.name not in page
    assert member.email not in page


def test_page_costs_the_same_for_many(
    signed_in, administrator, clerk, django_assert_max_num_queries
):
    client = signed_in(administrator)
    client.get(PAGE)
    record_many(Entry("account.signed_in", clerk, clerk) for _number in range(60))
    with django_assert_max_num_queries(20):
        client.get(PAGE)


def test_filters_narrow_it(signed_in: SignedIn, administrator: User, clerk: User, editor: User):
    record("account.signed_in", on=clerk, by=clerk)
    record("account.renamed", on=editor, by=editor)
    client = signed_in(administrator)

    events = client.get(PAGE, {"what": "account.re"}).context["object_list"]
    assert [event.what for event in events] == ["account.renamed"]
    events = client.get(PAGE, {"by_id": clerk.pk}).context["object_list"]
    assert [event.what for event in events] == ["account.signed_in"]


def test_spreadsheet_bears_words_and_codes(signed_in: SignedIn, administrator: User, clerk: User):
    record("account.signed_in", on=clerk, by=clerk)
    sheet = b"".join(signed_in(administrator).get(PAGE, {"export": "csv"}).streaming_content)

    assert b"account.signed_in" in sheet
    assert clerk.name.encode() in sheet


def test_every_event_the_code_records_has_a_sentence():
    name = r'"([a-z_]+\.[a-z_]+)"'
    pattern = re.compile(
        rf"\b(?:record|Entry)\(\s*{name}|\bwhat\s*=\s*{name}(?:\s+if\s.+?\selse\s+{name})?"
    )
    recorded = {
        event
        for wing in ("panel", "cms", "demo")
        for path in Path(settings.BASE_DIR, wing).rglob("*.py")
        for found in pattern.findall(path.read_text(encoding="utf-8"))
        for event in found
        if event
    }
    assert {"account.made", "post.unmarked_competition"} <= recorded
    assert recorded - presenters.sentences().keys() == set()
