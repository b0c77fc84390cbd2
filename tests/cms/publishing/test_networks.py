"""A story goes to a network through the outbox: once, as approved, and back comes what became of
it."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from PIL import Image

from cms.media.models import Picture
from cms.publishing import actions, reports, sweeping, tasks
from cms.publishing import sending as letters
from cms.publishing.actions import handing, submit
from cms.publishing.models import Notice, Publication, State, What
from cms.publishing.reports import rounds
from cms.publishing.reports.rounds import Wanted
from cms.publishing.reports.rows import rows
from cms.review.models import Approval
from cms.stories.models import Pictures, StoryPage
from panel.accounts.models import User
from panel.channels.models import Channel
from panel.channels.outgoing import Answer, Outcome
from panel.core.clock import now
from panel.outbox import actions as outbox
from panel.outbox import looking, sending
from panel.outbox.models import Outgoing
from panel.outbox.models import State as Sending
from panel.outbox.models.outgoing import LOOKS
from tests.cms.publishing.planned import in_english
from tests.conftest import SignedIn
from tests.factories.outbox import facebook_channel, instagram_channel
from tests.factories.pages import block, picture
from tests.factories.stories import scheduled, story, teaser
from tests.panel.outbox.scripted import Scripted, network

__all__ = ["network"]
WORDS = "Nu er der plads til 200 cykler 🚲"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' clock is the database's."""
    monkeypatch.setattr(sweeping, "clock", now)


@pytest.fixture
def page(clerk: User, network: Scripted) -> StoryPage:
    return a_story(clerk, facebook_channel())


def a_story(by: User, channel: Channel, title: str = "Nye cykelstativer") -> StoryPage:
    made = story(by=by, title=title, picture=picture(), picture_alt="Solen over havnen")
    teaser(made, channel, WORDS, by=by)
    return StoryPage.objects.get(pk=made.pk)


def put_out(page: StoryPage, clerk: User, editor: User, **plan: Any) -> Approval:
    approval = scheduled(page, asked_by=clerk, by=editor, **plan)
    sweeping.sweep()
    return approval


def row(approval: Approval) -> Publication:
    return Publication.objects.select_related("outgoing", "channel", "approval").get(
        approval=approval, channel__kind="facebook"
    )


def line(approval: Approval) -> str:
    """What the list says of the network."""
    (found,) = rows(rounds.newest(now()).filter(pk=approval.pk))
    return next(each.words for each in found.lines if each.channel == str(row(approval).channel))


def standing(approval: Approval) -> str:
    (found,) = rows(rounds.newest(now()).filter(pk=approval.pk))
    return found.standing.words


# --- Out ------------------------------------------------------------------------------------------


def test_what_is_sent_is_what_was_approved(
    page: StoryPage, clerk: User, editor: User, network: Scripted
):
    approval = put_out(page, clerk, editor)
    assert row(approval).state == State.QUEUED

    sending.deliver()
    assert handing.follow_outbox() == 1

    ((_account, act),) = network.asked
    assert act.text == WORDS
    assert act.link == StoryPage.objects.get(pk=page.pk).full_url
    assert [each.alt for each in act.pictures] == ["Solen over havnen"]
    assert act.pictures[0].data.startswith(b"\xff\xd8")
    published = row(approval)
    assert (published.state, published.url) == (State.OUT, published.outgoing.url)
    assert published.out_at == published.outgoing.sent_at


def in_text(shown: Picture, alt: str = "", *, decorative: bool = False) -> dict[str, Any]:
    image = {"image": shown.pk, "alt_text": alt, "decorative": decorative}
    return block("picture", {"image": image, "caption": ""})


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (Pictures.STORY, ["Solen over havnen"]),
        (Pictures.ALL, ["Solen over havnen", "Tomme stativer", ""]),
        (Pictures.NONE, []),
    ],
)
def test_the_pictures_that_were_chosen_go_with_it(
    clerk: User, editor: User, network: Scripted, chosen: Pictures, said: list[str]
):
    lead, other = picture(), picture("Stativerne")
    body = [
        *(in_text(other, "Tomme stativer"), in_text(lead, "Vises igen")),
        in_text(picture("Pynt"), "Et mønster", decorative=True),
    ]
    made = story(by=clerk, picture=lead, picture_alt="Solen over havnen", body=body)
    teaser(made, facebook_channel(), WORDS, by=clerk, pictures=chosen)

    put_out(StoryPage.objects.get(pk=made.pk), clerk, editor)
    sending.deliver()

    ((_account, act),) = network.asked
    assert [each.alt for each in act.pictures] == said


def test_without_one_of_its_pictures_nothing_is_posted(
    clerk: User, editor: User, network: Scripted
):
    other = picture("Stativerne")
    made = story(by=clerk, picture=picture(), picture_alt="Sol", body=[in_text(other, "Tomme")])
    teaser(made, facebook_channel(), WORDS, by=clerk, pictures=Pictures.ALL)
    approval = scheduled(StoryPage.objects.get(pk=made.pk), asked_by=clerk, by=editor)
    other.file.storage.delete(other.file.name)
    other.renditions.all().delete()

    sweeping.sweep()

    assert (row(approval).state, network.asked) == (State.FAILED, [])


def test_who_decides_sees_which_pictures_go_where(clerk: User, signed_in: SignedIn, editor: User):
    lead, other = picture(), picture("Stativerne")
    made = story(by=clerk, picture=lead, picture_alt="Sol", body=[in_text(other, "Tomme")])
    teaser(made, facebook_channel(), WORDS, by=clerk, pictures=Pictures.ALL)
    asked = submit(StoryPage.objects.get(pk=made.pk), due_at=None, by=clerk)
    said = signed_in(editor).get(reverse("approvals:approval", args=[asked.pk])).content.decode()
    shown = said.partition('class="channels__pictures"')[2].partition("</ul>")[0]
    assert [shown.count("<img"), shown.count('alt="Sol"'), shown.count('alt="Tomme"')] == [2, 1, 1]


def test_a_picture_gets_the_shape_its_network_takes_and_an_address_there(
    clerk: User, editor: User, network: Scripted
):
    caches["renditions"].clear()
    page = story(by=clerk, picture=picture(size=(600, 900)), picture_alt="Solen over havnen")
    teaser(page, instagram_channel(), WORDS, by=clerk)
    put_out(StoryPage.objects.get(pk=page.pk), clerk, editor)

    sending.deliver()

    ((_account, act),) = network.asked
    with Image.open(io.BytesIO(act.pictures[0].data)) as image:
        assert image.size == (720, 900)
    assert act.pictures[0].address.startswith("http://testserver/network-picture/")


def test_a_story_without_a_picture_goes_out_without_one(
    clerk: User, editor: User, network: Scripted
):
    made = story(by=clerk)
    teaser(made, facebook_channel(), WORDS, by=clerk)

    put_out(StoryPage.objects.get(pk=made.pk), clerk, editor)
    sending.deliver()

    assert network.asked[0][1].pictures == ()


def test_the_worker_does_it_all(page: StoryPage, clerk: User, editor: User, network: Scripted):
    approval = scheduled(page, asked_by=clerk, by=editor)

    tasks.go_live.call()
    sending.deliver()
    tasks.follow_outbox.call()

    assert row(approval).state == State.OUT


def test_it_is_handed_over_with_the_times_that_were_approved(
    page: StoryPage, clerk: User, editor: User
):
    due_at = now() + timedelta(hours=1)
    approval = scheduled(page, asked_by=clerk, by=editor, due_at=due_at, patience=15)
    with time_machine.travel(due_at + timedelta(seconds=1)):
        sweeping.sweep()

    outgoing = row(approval).outgoing
    assert outgoing is not None
    assert (outgoing.due_at, outgoing.latest_at) == (due_at, due_at + timedelta(minutes=15))


def test_nothing_is_handed_over_before_it_is_live(page: StoryPage, clerk: User, editor: User):
    scheduled(page, asked_by=clerk, by=editor, due_at=now() + timedelta(hours=1))
    sweeping.sweep()

    assert not Outgoing.objects.exists()


def test_without_the_approved_picture_nothing_is_posted_and_the_page_is_live(
    page: StoryPage, clerk: User, editor: User, network: Scripted, settings: Any
):
    approval = scheduled(page, asked_by=clerk, by=editor)
    shown = Picture.objects.get(pk=StoryPage.objects.get(pk=page.pk).picture_id)
    shown.renditions.all().delete()
    shown.file.storage.delete(shown.file.name)
    caches["renditions"].clear()

    sweeping.sweep()
    sending.deliver()

    assert StoryPage.objects.get(pk=page.pk).live
    assert row(approval).state == State.FAILED
    assert network.asked == []
    assert line(approval) == "not posted: the picture that was approved is gone"


# --- Not out --------------------------------------------------------------------------------------


def test_a_refusal_is_told_once_to_who_wrote_and_who_approved(
    page: StoryPage, clerk: User, editor: User, network: Scripted
):
    approval = put_out(page, clerk, editor)
    network.answers = [Answer(Outcome.REFUSED, code="368")]
    sending.deliver()

    handing.follow_outbox()
    handing.follow_outbox()

    assert row(approval).state == State.FAILED
    told = Notice.objects.filter(what=What.NOT_SENT)
    assert {notice.to for notice in told} == {clerk, editor}
    assert "but not posted everywhere" in standing(approval)
    assert approval.pk in {found.pk for found in rounds.newest(now()).filter(rank=4)}


def test_the_letter_says_where_and_leads_there(
    page: StoryPage, clerk: User, editor: User, network: Scripted
):
    approval = put_out(page, clerk, editor)
    network.answers = [Answer(Outcome.REFUSED, code="368")]
    sending.deliver()
    handing.follow_outbox()

    for key in Notice.objects.filter(what=What.NOT_SENT).values_list("pk", flat=True):
        letters.send(key)

    letter = mail.outbox[-1]
    assert letter.subject == "Ikke slået op: Nye cykelstativer"
    assert f"{row(approval).channel}: ikke slået op: netværket afviste det" in letter.body
    assert reverse("outgoing:record", args=[approval.pk]) in letter.body


def test_sent_again_it_is_on_its_way_and_then_out(
    page: StoryPage, clerk: User, editor: User, network: Scripted
):
    approval = put_out(page, clerk, editor)
    network.answers = [Answer(Outcome.REFUSED, code="368")]
    sending.deliver()
    handing.follow_outbox()
    outgoing = row(approval).outgoing
    assert outgoing is not None

    outbox.send_again(outgoing, by=clerk)
    handing.follow_outbox()
    assert row(approval).state == State.QUEUED
    sending.deliver()
    handing.follow_outbox()

    assert row(approval).state == State.OUT


def test_too_late_for_the_network_is_a_problem(
    page: StoryPage, clerk: User, editor: User, network: Scripted
):
    due_at = now() + timedelta(hours=1)
    approval = scheduled(page, asked_by=clerk, by=editor, due_at=due_at, patience=15)
    with time_machine.travel(due_at + timedelta(seconds=1)):
        sweeping.sweep()
    with time_machine.travel(due_at + timedelta(minutes=20)):
        looking.miss()
        handing.follow_outbox()
        assert row(approval).state == State.MISSED
        assert line(approval) == "not posted in time"
        assert rounds.newest(now()).filter(rank=4).exists()


def test_in_doubt_it_is_said_so(page: StoryPage, clerk: User, editor: User, network: Scripted):
    approval = put_out(page, clerk, editor)
    assert line(approval) == "on its way"
    network.answers = [Answer(Outcome.UNKNOWN, code="timeout")]
    sending.deliver()
    handing.follow_outbox()

    assert line(approval) == "perhaps posted: the network is being asked"
    assert not rounds.newest(now()).filter(rank=4).exists()
    Outgoing.objects.update(looks=LOOKS)
    assert line(approval) == "perhaps posted: somebody must look"
    assert rounds.newest(now()).filter(rank=4).exists()


def test_linked_by_a_person_it_is_out_with_its_address(
    page: StoryPage, clerk: User, editor: User, network: Scripted
):
    approval = put_out(page, clerk, editor)
    network.answers = [Answer(Outcome.UNKNOWN, code="timeout")]
    sending.deliver()
    outgoing = row(approval).outgoing
    assert outgoing is not None

    outbox.is_there(outgoing, url="https://www.facebook.com/1_2", by=clerk)
    handing.follow_outbox()

    assert row(approval).url == "https://www.facebook.com/1_2"


# --- Withdrawn ------------------------------------------------------------------------------------


def test_taken_down_before_it_is_sent_it_is_not_sent(
    page: StoryPage, clerk: User, editor: User, network: Scripted
):
    approval = put_out(page, clerk, editor)

    actions.take_down(page, why="Forkert tal", by=clerk)
    sending.deliver()
    handing.follow_outbox()

    assert network.asked == []
    assert row(approval).state == State.CANCELLED
    assert Outgoing.objects.get().state == Sending.CANCELLED


def test_taken_down_while_it_is_sent_its_address_is_known(
    page: StoryPage, clerk: User, editor: User, network: Scripted
):
    """What cannot be called back is not forgotten: somebody has to see to the post."""
    approval = put_out(page, clerk, editor)
    network.meanwhile = lambda: actions.take_down(page, why="Forkert tal", by=clerk)

    sending.deliver()
    handing.follow_outbox()

    assert row(approval).state == State.OUT
    assert line(approval).startswith("posted at")


def test_a_pause_of_everything_holds_what_was_handed_over(
    page: StoryPage, clerk: User, editor: User, network: Scripted
):
    put_out(page, clerk, editor)
    actions.pause(reason="Storm", by=clerk)

    assert sending.deliver() == 0
    actions.end_pause(by=clerk)
    assert sending.deliver() == 1


# --- On the screens -------------------------------------------------------------------------------


def test_the_list_and_the_record_lead_to_how_it_was_sent(
    page: StoryPage, clerk: User, editor: User, specialist: User, signed_in: SignedIn
):
    in_english(clerk, editor, specialist)
    approval = put_out(page, clerk, editor)
    there = reverse("outbox:item", args=[row(approval).outgoing_id])

    for person in (clerk, editor, specialist):
        client: Client = signed_in(person)
        listing = client.get(reverse("outgoing:index")).content.decode()
        record = client.get(reverse("outgoing:record", args=[approval.pk])).content.decode()
        assert there in listing
        assert there in record
        assert "on its way" in listing


def test_a_list_of_many_asks_as_often_as_a_list_of_one(
    clerk: User,
    editor: User,
    network: Scripted,
    django_assert_num_queries: Any,
    django_assert_max_num_queries: Any,
):
    channel = facebook_channel()
    put_out(a_story(clerk, channel), clerk, editor)
    with django_assert_max_num_queries(30) as one:
        reports.outgoing(Wanted())
    for number in range(4):
        put_out(a_story(clerk, channel, f"Historie {number}"), clerk, editor)

    with django_assert_num_queries(len(one)):
        reports.outgoing(Wanted())
