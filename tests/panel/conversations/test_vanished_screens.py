"""Staff see what vanished on every page, look into it, and say what was behind it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from panel.accounts.models import User
from panel.channels.models import Channel
from panel.conversations import actions
from panel.conversations.components import VanishedBanner
from panel.conversations.models import Post, Sighting, Vanishing, Verdict
from tests.factories.conversations import ChannelFactory, said
from tests.panel.conversations.vanishing import WORDS, gone, hear, post, thread, veiled
from tests.panel.outbox.screens import HOME, Browser, in_english, main_of, markup, says, text

pytestmark = pytest.mark.django_db

INDEX, ONE = "vanished:index", "vanished:one"
BANNER = 'aria-label="Vanished on networks"'


@pytest.fixture
def reads(
    signed_in: Callable[[User], Client], clerk: User, editor: User, specialist: User
) -> Browser:
    in_english(clerk, editor, specialist)
    return signed_in


@pytest.fixture
def channel(db: None) -> Channel:
    return ChannelFactory(name="Byens side")


def vanish(channel: Channel, number: int = 3) -> Vanishing:
    thread(channel)
    hear(channel, *(gone(f"c{each}") for each in range(1, number + 1)))
    return Vanishing.objects.get()


def test_nothing_is_said_while_nothing_vanished(reads: Browser, clerk: User, channel: Channel):
    thread(channel)
    hear(channel, gone("c1"))
    assert BANNER not in markup(reads(clerk), HOME)
    assert "Nothing has vanished." in says(reads(clerk), INDEX)


def test_every_page_says_it_to_those_who_answer_for_it(
    reads: Browser, clerk: User, editor: User, specialist: User, channel: Channel
):
    found = vanish(channel)
    for who in (clerk, editor):
        said_there = markup(reads(who), HOME)
        assert BANNER in said_there
        assert "3 comments in one thread on Byens side are gone or hidden" in said_there
        assert reverse(ONE, args=[found.pk]) in said_there
    assert BANNER not in markup(reads(specialist), HOME)


def test_the_banner_costs_one_query_and_none_for_who_may_not_see_it(
    clerk: User,
    specialist: User,
    channel: Channel,
    django_assert_num_queries: Callable[..., object],
):
    for number in range(5):
        hear(channel, post(number), gone(f"p{number}"))
    for user in (clerk, specialist):
        user.has_perm("conversations.change_comment")
    with django_assert_num_queries(1):
        said_there = VanishedBanner(clerk).render_html({})
    assert said_there.count("A post of ours is gone from Byens side") == 3
    assert "There are more" in said_there
    with django_assert_num_queries(0):
        assert VanishedBanner(specialist).render_html({}) == ""


def test_the_page_shows_our_own_words_and_no_citizen_s(
    reads: Browser, clerk: User, channel: Channel
):
    thread(channel)
    hear(channel, said(1, "Min nabos private sager", by="hansen"))
    hear(channel, gone("c1"), gone("p1"))
    shown = says(reads(clerk), ONE, Vanishing.objects.get().pk)
    assert WORDS in shown
    assert "Post: Gone" in shown
    assert "Comment: Gone" in shown
    assert "private" not in shown
    assert "Hansen" not in shown


def test_the_list_has_the_open_ones_on_top_and_can_be_filtered(
    reads: Browser, clerk: User, channel: Channel
):
    first = vanish(channel)
    settle(first, clerk)
    other = ChannelFactory(name="Kulturhuset")
    hear(other, post(9), gone("p9"))

    shown = main_of(markup(reads(clerk), INDEX))
    assert shown.index("A post of ours<") < shown.index("3 comments<")
    assert "It was one of us" in shown
    assert "3 comments" not in main_of(markup(reads(clerk), INDEX, query="?state=open"))
    assert "A post of ours<" not in main_of(markup(reads(clerk), INDEX, query="?state=settled"))
    assert "A post of ours<" not in main_of(
        markup(reads(clerk), INDEX, query=f"?channel={channel.pk}")
    )
    assert "Nothing fits." in says(reads(clerk), INDEX, query=f"?state=open&channel={channel.pk}")
    assert "Select a valid choice" in says(reads(clerk), INDEX, query="?state=andet")


def test_a_list_of_many_costs_as_many_queries_as_one_of_few(
    reads: Browser,
    clerk: User,
    channel: Channel,
    django_assert_max_num_queries: Callable[..., object],
):
    browser = reads(clerk)
    hear(channel, post(0), gone("p0"))
    says(browser, INDEX)
    with django_assert_max_num_queries(100) as few:
        says(browser, INDEX)
    for number in range(1, 30):
        hear(channel, post(number), gone(f"p{number}"))
    with django_assert_max_num_queries(100) as many:
        shown = says(browser, INDEX)
    assert len(many.captured_queries) == len(few.captured_queries)
    assert "Page 1 of 2" in shown


def settle(found: Vanishing, by: User) -> None:
    seen = Sighting.objects.latest("pk").pk
    actions.settle(found, verdict=Verdict.US, why="Spam", up_to=seen, by=by)


def press(browser: Client, found: Vanishing, **data: str) -> str:
    given = {"up_to": str(Sighting.objects.latest("pk").pk)} | data
    return text(browser.post(reverse("vanished:settle", args=[found.pk]), given, follow=True))


def test_somebody_says_what_was_behind_it(
    reads: Browser, clerk: User, editor: User, channel: Channel
):
    found = vanish(channel)
    told = press(reads(clerk), found, verdict="wrong", why="Ingen af os har gjort det")
    assert "Noted, with your name." in told
    assert "Something is wrong" in told
    assert "Ingen af os har gjort det" in told
    assert "Settle it" not in told
    assert BANNER not in markup(reads(clerk), HOME)

    again = press(reads(editor), found, verdict="us", why="Jo, mig")
    assert "That has been done already." in again
    found.refresh_from_db()
    assert found.settled_by == clerk


def test_without_a_reason_it_is_asked_again_and_what_was_chosen_is_kept(
    reads: Browser, clerk: User, channel: Channel
):
    found = vanish(channel)
    answer = reads(clerk).post(
        reverse("vanished:settle", args=[found.pk]), {"verdict": "us", "why": " ", "up_to": "1"}
    )
    assert answer.status_code == 422
    assert "Error:" in text(answer)
    assert 'value="us"' in answer.content.decode()
    assert "checked" in answer.content.decode()
    assert Vanishing.objects.open().exists()


def test_what_came_since_the_page_was_opened_stays_open(
    reads: Browser, clerk: User, channel: Channel
):
    found = vanish(channel)
    seen = str(Sighting.objects.latest("pk").pk)
    hear(channel, gone("c4"), gone("c5"), veiled("c9"))
    press(reads(clerk), found, verdict="us", why="Spam", up_to=seen)
    assert Vanishing.objects.open().count() == 1


def test_only_those_who_decide_may_look_and_settle(
    reads: Browser, specialist: User, stranger: Client, channel: Channel
):
    found = vanish(channel)
    for address in (reverse(INDEX), reverse(ONE, args=[found.pk])):
        assert reads(specialist).get(address).status_code in (302, 403)
        assert stranger.get(address).status_code == 302
    reads(specialist).post(reverse("vanished:settle", args=[found.pk]), {"verdict": "us"})
    assert Vanishing.objects.open().exists()


def test_one_that_is_not_there_is_not_found(reads: Browser, clerk: User):
    assert reads(clerk).get(reverse(ONE, args=[4711])).status_code == 404


def test_a_thread_nobody_has_read_has_no_link(reads: Browser, clerk: User, channel: Channel):
    vanish(channel)
    Vanishing.objects.update(post_external_id="ukendt")
    assert Post.objects.exists()
    assert "See the thread" not in says(reads(clerk), ONE, Vanishing.objects.get().pk)
