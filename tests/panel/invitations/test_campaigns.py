"""Two people stand behind every campaign, and behind exactly what goes out."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from panel.accounts.models import User
from panel.audit.models import Event
from panel.basis.gate import NoBasis
from panel.basis.models import ControllerRecord
from panel.core.clock import now
from panel.invitations import moves
from panel.invitations.actions import (
    approve_template,
    end,
    make,
    pause,
    release,
    set_way,
    submit,
    take_back,
    write_template,
)
from panel.invitations.models import Campaign, CampaignState, Invitation, Template, Way
from panel.invitations.recipients import of
from panel.invitations.sealing import seal
from panel.members.actions import claim
from tests.factories.conversations import CommenterFactory
from tests.factories.panel import (
    BODY,
    a_member,
    approved_template,
    open_gate,
    running_campaign,
    shortlist_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def template(colleague: User, editor: User) -> Template:
    open_gate()
    return approved_template(by=colleague, approver=editor)


@pytest.fixture
def campaign(template: Template, clerk: User) -> Campaign:
    shortlist = shortlist_of(CommenterFactory(), CommenterFactory(), by=clerk)
    return make(name="Runde 1", template=template, shortlist=shortlist, by=clerk)


def test_a_template_without_the_objection_link_is_refused(clerk: User) -> None:
    with pytest.raises(ValidationError) as refusal:
        write_template(
            name="X", language="da", subject="Hej", body=BODY.replace("{objection}", ""), by=clerk
        )
    assert "objection" in str(refusal.value)
    assert not Template.objects.exists()


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"reminder_subject": "Husk", "reminder": "Kom nu!"}, "reminder"),
        ({"reminder_subject": "", "reminder": BODY}, "reminder_subject"),
        ({"reminder_subject": "Husk {link}", "reminder": BODY}, "reminder_subject"),
    ],
)
def test_a_reminder_that_lacks_something_is_refused(
    words: dict[str, str], field: str, clerk: User
) -> None:
    with pytest.raises(ValidationError) as refusal:
        write_template(name="X", language="da", subject="Hej", body=BODY, by=clerk, **words)
    assert list(refusal.value.message_dict) == [field]


def test_the_database_wants_a_reminder_whole(template: Template) -> None:
    for words in ({"reminder": BODY}, {"reminder_subject": "Husk"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Template.objects.update(**words)


def test_nobody_approves_their_own_template(clerk: User) -> None:
    template = write_template(name="X", language="da", subject="Hej", body=BODY, by=clerk)
    with pytest.raises(ValidationError):
        approve_template(template, by=clerk)


def test_changing_a_template_is_writing_the_next(template: Template, clerk: User) -> None:
    later = write_template(name="Standard", language="da", subject="Ny", body=BODY, by=clerk)
    assert (template.version, later.version) == (1, 2)
    assert later.approved_at is None


def test_nothing_is_made_before_the_gate_opens(template: Template, clerk: User) -> None:
    ControllerRecord.objects.all().delete()
    with pytest.raises(NoBasis):
        make(name="Runde 1", template=template, by=clerk)


def test_a_campaign_needs_an_approved_template(template: Template, clerk: User) -> None:
    draft = write_template(name="Ny", language="da", subject="Hej", body=BODY, by=clerk)
    with pytest.raises(ValidationError):
        make(name="Runde 1", template=draft, by=clerk)


def test_its_maker_cannot_release_it(campaign: Campaign, clerk: User) -> None:
    submit(campaign, by=clerk)
    clerk.is_superuser = True
    clerk.save()
    with pytest.raises(ValidationError):
        release(campaign, seen=seal(campaign), by=clerk)


def test_the_database_keeps_four_eyes_too(campaign: Campaign, clerk: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Campaign.objects.filter(pk=campaign.pk).update(released_by=clerk, released_at=now())


def test_a_draft_does_not_run(campaign: Campaign, editor: User) -> None:
    with pytest.raises(moves.MoveRefused):
        release(campaign, seen=seal(campaign), by=editor)


def test_what_changed_after_it_was_looked_at_is_not_released(
    campaign: Campaign, clerk: User, editor: User
) -> None:
    seen = seal(campaign)
    take_place = campaign.invitations.first()
    assert take_place is not None
    set_way(take_place, way=Way.EMAIL, email="anna@example.dk", by=clerk)
    submit(campaign, by=clerk)
    with pytest.raises(ValidationError):
        release(campaign, seen=seen, by=editor)
    assert Campaign.objects.get().state == CampaignState.WAITING


def test_a_released_campaign_runs_and_is_in_the_trail(
    campaign: Campaign, clerk: User, editor: User
) -> None:
    submit(campaign, by=clerk)
    released = release(campaign, seen=seal(campaign), by=editor)
    assert released.state == CampaignState.RUNNING
    event = Event.objects.get(what="campaign.released")
    assert event.by_id == editor.pk


def test_the_way_is_fixed_once_it_was_submitted(campaign: Campaign, clerk: User) -> None:
    submit(campaign, by=clerk)
    invitation = campaign.invitations.first()
    assert invitation is not None
    with pytest.raises(moves.MoveRefused):
        set_way(invitation, way=Way.LETTER, by=clerk)
    take_back(campaign, by=clerk)
    assert set_way(invitation, way=Way.LETTER, by=clerk).way == Way.LETTER


def test_nobody_is_asked_twice_in_their_life(
    template: Template, clerk: User, colleague: User
) -> None:
    person = CommenterFactory()
    shortlist = shortlist_of(person, by=clerk)
    first = make(name="1", template=template, shortlist=shortlist, by=clerk)
    end(first, by=clerk)
    second = make(name="2", template=template, shortlist=shortlist, by=colleague)
    assert Invitation.objects.filter(commenter=person).count() == 1
    assert not second.invitations.exists()
    assert [str(recipient.left_out) for recipient in of(second)] != [""]


def test_a_member_is_not_invited(template: Template, clerk: User) -> None:
    person, joined = CommenterFactory(), a_member()
    claim(joined, commenter=person, by=joined.user)
    made = make(name="1", template=template, shortlist=shortlist_of(person, by=clerk), by=clerk)
    assert not made.invitations.exists()


def test_ending_withdraws_what_was_not_sent(clerk: User, editor: User) -> None:
    open_gate()
    running = running_campaign(CommenterFactory(), made_by=clerk, released_by=editor)
    end(running, by=clerk)
    assert [row.state for row in running.invitations.all()] == ["withdrawn"]


def test_an_ended_campaign_stays_ended(clerk: User, editor: User) -> None:
    open_gate()
    running = running_campaign(made_by=clerk, released_by=editor)
    pause(running, by=editor)
    end(running, by=editor)
    with pytest.raises(moves.MoveRefused):
        pause(running, by=clerk)


def test_previewing_recipients_costs_the_same_for_many(
    template: Template, clerk: User, django_assert_num_queries: object
) -> None:
    people = CommenterFactory.create_batch(12)
    made = make(name="1", template=template, shortlist=shortlist_of(*people, by=clerk), by=clerk)
    with django_assert_num_queries(3):  # type: ignore[operator]
        of(made)
