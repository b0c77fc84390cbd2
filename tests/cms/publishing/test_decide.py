"""The editor's two minutes: exactly what goes out, and three buttons."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Revision

from cms.publishing import actions
from cms.publishing.actions import submit
from cms.publishing.reports.asked import history, waiting_for
from cms.review import actions as review
from cms.review.models import Approval, State
from cms.stories.models import StoryPage
from panel.accounts.models import User
from panel.accounts.roles import Role
from panel.core.clock import now
from tests.conftest import SignedIn
from tests.factories.accounts import staff_with
from tests.factories.pages import block, picture
from tests.factories.stories import channel, put_live, rewrite, story, teaser


@pytest.fixture
def approval(clerk: User, editor: User) -> Approval:
    page = story(by=clerk, picture=picture(), picture_alt="Solen over havnen")
    teaser(page, channel(), by=clerk)
    return submit(page, due_at=now() + timedelta(days=1), message="Se på tallet.", by=clerk)


@pytest.fixture
def phone(signed_in: SignedIn, editor: User) -> Client:
    return signed_in(editor)


def address(approval: Approval) -> str:
    return reverse("approvals:approval", args=[approval.pk])


def text(answer: Any) -> str:
    return answer.content.decode()


def decide(client: Client, approval: Approval, decision: str, **more: str) -> Any:
    form = {"decision": decision, "seal": approval.seal, "note": "", **more}
    return client.post(address(approval), form)


def said(approval: Approval) -> str:
    return Approval.objects.get(pk=approval.pk).state


def test_shows_everything_the_editor_says_yes_to(approval: Approval, phone: Client):
    shown = text(phone.get(address(approval)))

    for words in (
        *("Nye cykelstativer", "200 cykler", "Solen over havnen", "Opslagstavlen"),
        *("Læs om stativerne", "Se på tallet.", "Karen Klerk", approval.seal),
        *('value="approve"', 'value="changes"', 'value="reject"'),
    ):
        assert words in shown


def test_approves(approval: Approval, phone: Client, editor: User):
    answer = decide(phone, approval, "approve", note="Godt skrevet")

    assert answer["Location"] == reverse("approvals:index")
    assert said(approval) == State.APPROVED
    again = Approval.objects.get()
    assert (again.decided_by, again.note) == (editor, "Godt skrevet")
    assert "waiting__one" not in text(phone.get(answer["Location"]))


@pytest.mark.parametrize(
    ("decision", "state"), [("changes", State.CHANGES), ("reject", State.REJECTED)]
)
def test_a_no_needs_a_note(approval: Approval, phone: Client, decision: str, state: State):
    refused = decide(phone, approval, decision, note=" ")
    assert 'role="alert"' in text(refused)
    assert said(approval) == State.ASKED

    decide(phone, approval, decision, note="Hvem betaler?")

    assert said(approval) == state


def test_after_deciding_the_next_one_is_offered(
    approval: Approval, phone: Client, clerk: User, editor: User
):
    following = submit(story(by=clerk, title="Den næste historie"), by=clerk)

    answer = decide(phone, approval, "approve")

    shown = text(phone.get(answer["Location"]))
    assert shown.count(address(following)) == 2
    assert "Den næste historie" in shown


def test_another_seal_is_refused_and_the_page_shows_the_right_one(
    approval: Approval, phone: Client
):
    shown = text(decide(phone, approval, "approve", seal="0" * 64))

    assert 'role="alert"' in shown
    assert f'name="seal" value="{approval.seal}"' in shown
    assert said(approval) == State.ASKED


def test_a_version_written_over_is_refused_with_the_way_out(approval: Approval, phone: Client):
    version = Revision.objects.get(pk=approval.revision_id)
    version.content["lead"] = "Smuglet ind."
    version.save()

    shown = text(decide(phone, approval, "approve"))

    assert 'role="alert"' in shown
    assert "Smuglet ind." not in shown
    assert said(approval) == State.ASKED


def test_somebody_was_quicker(approval: Approval, phone: Client):
    other = staff_with(Role.EDITOR, name="Ella Editor")
    review.reject(approval, note="Nej tak", by=other)

    answer = decide(phone, approval, "approve")

    assert answer.status_code == 200
    assert 'role="alert"' in text(answer)
    assert "Ella Editor" in text(answer)
    assert said(approval) == State.REJECTED


def test_taken_back_in_the_meantime(approval: Approval, phone: Client, clerk: User):
    actions.take_back(approval, by=clerk)

    answer = decide(phone, approval, "approve")

    assert answer.status_code == 200
    assert said(approval) == State.TAKEN_BACK


def test_without_a_button_nothing_happens(approval: Approval, phone: Client):
    answer = decide(phone, approval, "")

    assert 'role="alert"' in text(answer)
    assert said(approval) == State.ASKED


def test_a_deleted_story_is_still_shown(approval: Approval, phone: Client, clerk: User):
    StoryPage.objects.get(pk=approval.page_id).delete(user=clerk)

    answer = phone.get(address(approval))

    assert answer.status_code == 200
    assert "200 cykler" in text(answer)
    assert 'value="approve"' not in text(answer)


def test_after_approval_an_editor_can_still_stop_it(approval: Approval, phone: Client):
    decide(phone, approval, "approve")

    shown = text(phone.get(address(approval)))
    assert 'value="approve"' not in shown
    decide(phone, approval, "reject", note="Vi venter")

    assert said(approval) == State.REJECTED


def test_what_differs_is_shown(approval: Approval, phone: Client, clerk: User, editor: User):
    page = StoryPage.objects.get(pk=approval.page_id)
    review.ask_for_changes(approval, note="Er det 200?", by=editor)
    rewrite(page, by=clerk, lead="Nu er der plads til 300 cykler.")
    again = submit(page, by=clerk)

    shown = text(phone.get(address(again)))

    assert "<del>" in shown
    assert "<ins>" in shown


def test_a_pause_is_told(approval: Approval, phone: Client, clerk: User):
    actions.pause(reason="Storm på vej", by=clerk)

    assert "Storm på vej" in text(phone.get(address(approval)))


# --- Who may --------------------------------------------------------------------------------------


def test_the_author_reads_and_is_told_why_not(approval: Approval, signed_in: SignedIn, clerk: User):
    client = signed_in(clerk)

    shown = text(client.get(address(approval)))
    assert 'value="approve"' not in shown
    assert "Eva Editor" in shown

    refused = decide(client, approval, "approve")
    assert refused.status_code == 200
    assert 'role="alert"' in text(refused)
    assert said(approval) == State.ASKED


def test_an_editor_with_a_hand_in_it_reads_and_is_told_why_not(
    clerk: User, editor: User, signed_in: SignedIn
):
    staff_with(Role.EDITOR, name="Ella Editor")
    page = story(by=clerk)
    rewrite(page, by=editor, lead="Nu er der plads, til 200 cykler.")
    approval = submit(page, by=clerk)
    client = signed_in(editor)

    shown = text(client.get(address(approval)))

    assert 'value="approve"' not in shown
    assert "Ella Editor" in shown
    decide(client, approval, "approve")
    assert said(approval) == State.ASKED


def test_a_superuser_with_a_hand_in_it_reads_and_is_told_why_not(editor: User, signed_in: SignedIn):
    root = staff_with(name="Rita Rod", is_superuser=True)
    approval = submit(story(by=root), by=root)
    client = signed_in(root)

    assert 'value="approve"' not in text(client.get(address(approval)))
    decide(client, approval, "approve")
    assert said(approval) == State.ASKED


def test_a_specialist_sees_no_draft(approval: Approval, signed_in: SignedIn, specialist: User):
    client = signed_in(specialist)

    for answer in (client.get(address(approval)), decide(client, approval, "approve")):
        assert answer.status_code in (302, 403)
    assert said(approval) == State.ASKED


def test_a_stranger_is_led_to_the_door(approval: Approval, stranger: Client):
    assert "login" in stranger.get(address(approval))["Location"]


# --- What waits -----------------------------------------------------------------------------------


def test_what_is_needed_first_stands_first(clerk: User, editor: User):
    whenever = submit(story(by=clerk, title="Når som helst"), by=clerk)
    late = submit(story(by=clerk, title="Sent"), due_at=now() + timedelta(days=2), by=clerk)
    soon = submit(story(by=clerk, title="Snart"), due_at=now() + timedelta(hours=3), by=clerk)

    assert waiting_for(editor) == [soon, late, whenever]


def test_what_one_wrote_waits_for_others(clerk: User, editor: User):
    other = staff_with(Role.EDITOR, name="Ella Editor")
    approval = submit(story(by=editor), by=clerk)

    assert waiting_for(editor) == []
    assert waiting_for(clerk) == []
    assert waiting_for(other) == [approval]


def test_the_menu_counts_and_the_home_page_shows(
    approval: Approval, signed_in: SignedIn, editor: User, clerk: User
):
    shown = text(signed_in(editor).get("/admin/"))
    with translation.override("da"):
        name = gettext("Approval")
    assert f"{name} (1)" in shown
    assert address(approval) in shown

    other = text(signed_in(clerk).get("/admin/"))
    assert f"{name} (" not in other
    assert address(approval) not in other


def test_an_empty_list_says_what_comes(phone: Client):
    assert "waiting__one" not in text(phone.get(reverse("approvals:index")))


def test_only_editors_have_the_list(signed_in: SignedIn, clerk: User, stranger: Client):
    assert signed_in(clerk).get(reverse("approvals:index")).status_code in (302, 403)
    assert stranger.get(reverse("approvals:index")).status_code == 302


def queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


def test_the_list_asks_as_often_for_many_as_for_one(phone: Client, clerk: User, editor: User):
    submit(story(by=clerk), by=clerk)
    one = queries(phone, reverse("approvals:index"))
    for number in range(5):
        submit(story(by=clerk, title=f"Historie {number}"), by=clerk)

    assert queries(phone, reverse("approvals:index")) == one


def test_the_page_asks_as_often_for_a_long_story(phone: Client, clerk: User, editor: User):
    short = submit(story(by=clerk), by=clerk)
    body = [block("text", f"<p>{number}</p>") for number in range(60)]
    long = submit(story(by=clerk, title="Lang", body=body), by=clerk)

    assert queries(phone, address(long)) == queries(phone, address(short)) <= 70


# --- What has happened ----------------------------------------------------------------------------


def test_the_rounds_are_told_newest_first(clerk: User, editor: User):
    page = story(by=clerk)
    first = submit(page, message="Se på tallet.", by=clerk)
    review.ask_for_changes(first, note="Er det 200?", by=editor)
    rewrite(page, by=clerk, lead="Nu er der plads til 300 cykler.")
    submit(page, by=clerk)

    told = history(page)

    assert [(one.who, one.what, one.note) for one in told] == [
        ("Karen Klerk", "sent a story for approval", ""),
        ("Eva Editor", "asked for changes in a story", "Er det 200?"),
        ("Karen Klerk", "sent a story for approval", "Se på tallet."),
    ]


def test_an_approver_who_left_is_told(clerk: User, editor: User):
    staff_with(Role.EDITOR, name="Ella Editor")
    page = story(by=clerk)
    approval = submit(page, due_at=now() + timedelta(days=1), by=clerk)
    review.approve(approval, seen=approval.seal, note="Fint", by=editor)

    review.ask_again(approval)

    assert [one.what for one in history(page)] == [
        "asked again, because the one who approved has left",
        "approved a story",
        "sent a story for approval",
    ]


def test_since_it_was_live_the_page_says_so(clerk: User, editor: User, phone: Client):
    page = put_live(story(by=clerk), asked_by=clerk, by=editor)
    rewrite(page, by=clerk, lead="Nu er der plads til 300 cykler.")

    shown = text(phone.get(address(submit(page, by=clerk))))

    assert "<ins>" in shown
