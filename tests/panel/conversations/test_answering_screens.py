"""The form of a reply in its thread, and what was sent, in words."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from panel.accounts.models import User
from panel.channels.incoming import IncomingAuthor, IncomingPost, IncomingRemoval
from panel.channels.keys import KeyState, Problem
from panel.channels.models import Channel, Credential
from panel.conversations import actions
from panel.conversations.models import Comment, Post, Reply
from panel.core.clock import now
from panel.outbox.actions import pause
from panel.outbox.models import Outgoing, State
from panel.outbox.models.outgoing import LOOKS
from tests.factories.conversations import START, ChannelFactory, said, take
from tests.factories.outbox import facebook_channel
from tests.panel.conversations.test_answering import answer, comment, echo, sent
from tests.panel.outbox.conftest import reads
from tests.panel.outbox.screens import Browser, text

__all__ = ["reads"]

pytestmark = pytest.mark.django_db

WORDS = "Tak for spørgsmålet. Den åbner på mandag."


@pytest.fixture
def channel() -> Channel:
    channel = facebook_channel(name="Byens side")
    take(
        channel,
        IncomingPost("p1", "Svømmehallen er lukket", START),
        said("1_1", "Hvornår åbner den?", by="anna", url="https://example.dk/1"),
        said("1_2", "Ja, hvornår?", by="bo", to="1_1"),
    )
    return channel


def page_of(browser: Client, query: str = "", name: str = "p1") -> str:
    post = Post.objects.get(external_id=name)
    found = browser.get(reverse("threads:thread", args=[post.public_id]) + query)
    assert found.status_code == 200
    return found.content.decode()


def form_of(browser: Client, name: str = "1_1") -> str:
    """The thread with the form of this comment open."""
    return page_of(browser, f"?reply={comment(name).public_id}")


def fields(page: str) -> dict[str, str]:
    """The hidden fields of the form as it was shown."""
    found = dict(re.findall(r'name="(once|seen)" value="([^"]+)"', page))
    assert set(found) == {"once", "seen"}
    return found


def send(browser: Client, data: dict[str, str], name: str = "1_1", **more: str) -> str:
    address = reverse("comments:reply", args=[comment(name).public_id])
    found = browser.post(address, {**data, "text": WORDS, **more}, follow=True)
    assert found.status_code == (422 if not found.redirect_chain else 200)
    return text(found)


# --- Before it is sent ----------------------------------------------------------------------------


def test_each_comment_leads_to_its_form_and_one_is_open(
    reads: Browser, clerk: User, channel: Channel
):
    browser = reads(clerk)
    closed = page_of(browser)
    assert closed.count(">Reply</a>") == 2
    assert "<textarea" not in closed
    opened = form_of(browser, "1_2")
    assert opened.count("<textarea") == 1
    assert opened.count(">Reply</a>") == 1
    assert opened.index("Ja, hvornår?") < opened.index("Reply to Bo") < opened.index("<textarea")


def test_the_form_says_whose_name_it_bears_and_how_long_it_may_be(
    reads: Browser, clerk: User, channel: Channel
):
    shown = form_of(reads(clerk))
    assert "It comes from Byens side; your own name is not shown." in shown
    assert "At most 8,000 characters." in shown
    form = shown[shown.index('id="reply"') :]
    assert clerk.name not in form[: form.index("</form>")]


def test_the_way_back_keeps_the_place_in_the_thread(reads: Browser, clerk: User, channel: Channel):
    browser = reads(clerk)
    shown = page_of(browser, "?after=0.0&reply=nobody")
    assert f"?after=0.0&amp;reply={comment().public_id}" in shown


@pytest.mark.parametrize("who", ["administrator", "specialist"])
def test_who_does_not_speak_for_the_municipality_reads_only(
    reads: Browser, channel: Channel, clerk: User, who: str, request: pytest.FixtureRequest
):
    browser = reads(request.getfixturevalue(who))
    answer(clerk)
    shown = form_of(browser)
    assert "<textarea" not in shown
    assert ">Reply</a>" not in shown
    assert WORDS in shown
    address = reverse("comments:reply", args=[comment().public_id])
    data = {"text": WORDS, "once": "0" * 32, "seen": "1"}
    assert browser.post(address, data).status_code in (302, 403)
    assert Reply.objects.count() == 1


def test_a_channel_without_a_sender_has_no_form_but_the_way_to_the_network(
    reads: Browser, clerk: User
):
    take(ChannelFactory(), said("1_1", "Hej", url="https://example.dk/1"))
    browser = reads(clerk)
    shown = form_of(browser)
    assert "https://example.dk/1" in shown
    assert ">Reply</a>" not in shown
    assert "<textarea" not in shown
    data = {"once": "0" * 32, "seen": "0"}
    assert "answered on the network itself" in send(browser, data)


def test_what_is_gone_hidden_or_our_own_has_no_form(reads: Browser, clerk: User, channel: Channel):
    page = IncomingAuthor(channel.external_id, "Byen", is_page=True)
    take(channel, said("1_3", "Vi har åbnet", by=page, to="1_1"))
    actions.hide(comment("1_1"), rule="Hold en god tone", by=clerk)
    take(channel, IncomingRemoval("1_2", now()))
    browser = reads(clerk)
    for name in ("1_1", "1_2", "1_3"):
        shown = form_of(browser, name)
        assert "<textarea" not in shown
        assert ">Reply</a>" not in shown


def test_a_pause_is_told_before_anything_is_written(
    reads: Browser, clerk: User, colleague: User, channel: Channel
):
    pause(reason="Storm over byen", by=colleague, channel=channel)
    browser = reads(clerk)
    shown = form_of(browser)
    form = shown[shown.index('id="reply"') :]
    assert f"{colleague} has paused the channel: “Storm over byen”" in form
    assert "Your reply waits for that." in form
    assert "Waits: the channel is paused" in send(browser, fields(shown))


def test_a_pause_of_everything_and_a_dead_key_are_told_too(
    reads: Browser, clerk: User, channel: Channel
):
    pause(reason="Sorg", by=clerk)
    assert "has paused everything that goes out: “Sorg”" in form_of(reads(clerk))
    Credential.objects.update(state=KeyState.EXPIRED, problem=Problem.PASSWORD, checked_at=now())
    assert "must be connected anew before anything goes out" in form_of(reads(clerk))


def test_a_key_that_may_not_answer_is_told_once_above_the_thread(
    reads: Browser, clerk: User, channel: Channel
):
    Credential.objects.update(state=KeyState.OK, problem=Problem.NO_ANSWERS, checked_at=now())
    shown = form_of(reads(clerk))
    assert shown.count("It may not answer comments.") == 1
    assert "pages_manage_engagement" in shown
    assert "<textarea" not in shown


# --- Sending --------------------------------------------------------------------------------------


def test_what_is_sent_stands_under_the_comment_with_its_state(
    reads: Browser, clerk: User, channel: Channel
):
    browser = reads(clerk)
    said_now = send(browser, fields(form_of(browser)))
    assert "The reply is handed over." in said_now
    shown = page_of(browser)
    assert shown.index("Hvornår åbner den?") < shown.index("Ja, hvornår?") < shown.index(WORDS)
    assert "Goes out in a moment" in shown
    assert f"answered from here by {clerk}" in shown


def test_pressed_twice_it_is_sent_once(reads: Browser, clerk: User, channel: Channel):
    browser = reads(clerk)
    hidden = fields(form_of(browser))
    send(browser, hidden)
    assert WORDS in send(browser, hidden)
    assert Outgoing.objects.count() == 1


def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(
    reads: Browser, clerk: User, channel: Channel
):
    browser = reads(clerk)
    hidden = fields(form_of(browser))
    back = send(browser, hidden, text="Dit nummer er 010203-1234.")
    assert "civil registration number" in back
    assert "Dit nummer er 010203-1234." in back
    assert back.strip().startswith("Error:")
    assert "Write the reply." in send(browser, hidden, text="  ")
    assert not Outgoing.objects.exists()


def test_who_was_slower_reads_what_the_other_wrote_and_may_send_all_the_same(
    reads: Browser, clerk: User, colleague: User, channel: Channel
):
    browser = reads(clerk)
    hidden = fields(form_of(browser))
    answer(colleague, text="Den åbner på tirsdag.")
    address = reverse("comments:reply", args=[comment().public_id])
    back = browser.post(address, {**hidden, "text": WORDS})
    assert back.status_code == 422
    shown = back.content.decode()
    assert "has been answered since you opened it" in shown
    assert "Den åbner på tirsdag." in shown
    assert WORDS in shown
    send(browser, fields(shown))
    assert Outgoing.objects.count() == 2


def test_a_reply_to_what_was_hidden_meanwhile_is_refused_and_kept(
    reads: Browser, clerk: User, channel: Channel
):
    browser = reads(clerk)
    hidden = fields(form_of(browser))
    actions.hide(comment(), rule="Hold en god tone", by=clerk)
    back = send(browser, hidden)
    assert "Show it again before you answer it." in back
    assert WORDS in back


def test_a_form_that_was_tampered_with_sends_nothing(reads: Browser, clerk: User, channel: Channel):
    send(reads(clerk), {"once": "not-a-uuid", "seen": "x"})
    assert not Outgoing.objects.exists()


# --- What became of it ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "more", "words"),
    [
        (State.UNKNOWN, {"looks": LOOKS, "code": "timeout"}, "Perhaps sent: look whether it is"),
        (State.FAILED, {"code": "100/33"}, "Not sent. The comment is not there any more"),
        (State.MISSED, {}, "Too late"),
    ],
)
def test_what_needs_somebody_is_said_and_leads_to_what_to_do(
    reads: Browser, clerk: User, channel: Channel, state: str, more: dict[str, str], words: str
):
    row = answer(clerk).outgoing
    Outgoing.objects.filter(pk=row.pk).update(state=state, **more)
    browser = reads(clerk)
    shown = page_of(browser)
    assert words in shown
    assert "See what to do" in shown
    item = text(browser.get(reverse("outbox:item", args=[row.pk])))
    assert f"Reply: {row.title}" in item


def test_what_came_back_stands_there_once(reads: Browser, clerk: User, channel: Channel):
    row = answer(clerk).outgoing
    sent(row)
    browser = reads(clerk)
    before = page_of(browser)
    assert before.count(WORDS) == 1
    assert "Sent at" in before
    echo(channel, "1_5")
    after = page_of(browser)
    assert after.count(WORDS) == 1
    assert f"answered from here by {clerk}" in after
    assert "Sent at" not in after


def test_behind_many_answers_our_own_still_stands_on_the_thread(
    reads: Browser, clerk: User, channel: Channel
):
    row = answer(clerk).outgoing
    sent(row)
    take(channel, *(said(f"1_{number}", by="bo", to="1_1") for number in range(20, 25)))
    echo(channel, "1_5")
    browser = reads(clerk)
    shown = page_of(browser)
    assert shown.count(WORDS) == 1
    every = browser.get(reverse("comments:answers", args=[comment().public_id])).content.decode()
    assert every.count(WORDS) == 1


def test_a_number_in_an_old_reply_is_shown_to_nobody(reads: Browser, clerk: User, channel: Channel):
    row = answer(clerk).outgoing
    row.payload["text"] = "Dit nummer er 010203-1234."
    row.save()
    assert "010203" not in page_of(reads(clerk))


def test_a_thread_with_replies_asks_as_much_however_many(
    reads: Browser, clerk: User, channel: Channel
):
    browser = reads(clerk)

    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            form_of(browser)
        return len(asked)

    answer(clerk)
    page_of(browser)
    few = questions()
    take(channel, *(said(f"2_{number}", by="bo") for number in range(20)))
    for number in range(20):
        row = answer(clerk, f"2_{number}").outgoing
        if number % 2:
            until = now() + timedelta(minutes=5)
            Outgoing.objects.filter(pk=row.pk).update(state=State.SENDING, leased_until=until)
    # One to know what comes back before the network has told its id.
    assert questions() <= few + 1
    assert Comment.objects.count() > 20
