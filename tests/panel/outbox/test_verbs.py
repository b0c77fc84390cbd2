"""A reply is told of as a reply, on every page of the outbox."""

from __future__ import annotations

import pytest
from django.urls import reverse

from panel.accounts.models import User
from panel.channels.outgoing import Act, Verb
from panel.outbox.models import Outgoing, State
from panel.outbox.models.outgoing import LOOKS, VERBS
from panel.outbox.payloads import act_of, kept
from panel.outbox.verbs import words_of
from tests.factories.outbox import attempt, outgoing
from tests.panel.outbox.screens import INDEX, Browser, main_of, markup, press, text

pytestmark = pytest.mark.django_db

REPLY = Act(Verb.REPLY, "Den åbner på mandag.", answers="1_2", top="1_1")


def a_reply(**fields: object) -> Outgoing:
    told = {"act": REPLY, "verb": Verb.REPLY.value, "title": "Den åbner på mandag."}
    return outgoing(**told | fields)


def test_every_verb_has_its_words():
    for verb in Verb:
        assert words_of(Outgoing(verb=verb))
    assert {value for value, _label in VERBS} == set(Verb)


def test_a_reply_is_kept_with_the_place_it_goes_to():
    row = a_reply()
    act = act_of(row.key, row.verb, row.payload)
    assert (act.verb, act.answers, act.top) == (Verb.REPLY, "1_2", "1_1")
    assert "answers" not in kept(Act(Verb.POST, "Hej"))


def test_the_list_tells_replies_from_posts(reads: Browser, clerk: User):
    a_reply(state=State.SENT, url="https://www.facebook.com/1_5")
    outgoing(state=State.SENT, title="Et opslag", url="https://www.facebook.com/1_6")
    shown = main_of(markup(reads(clerk), INDEX))
    assert "Reply: Den åbner på mandag." in shown
    assert "See the reply" in shown
    assert "See the post" in shown
    assert "Reply: Et opslag" not in shown


def test_a_reply_in_doubt_is_settled_in_its_own_words(reads: Browser, clerk: User):
    row = a_reply(state=State.UNKNOWN, looks=LOOKS, code="timeout")
    attempt(row)
    browser = reads(clerk)
    shown = text(browser.get(reverse("outbox:item", args=[row.pk])))
    for words in (
        "do not know whether the reply is there",
        "The reply is there",
        "The reply is not there",
        "The reply’s address",
        "Nobody knows whether the reply was put there.",
    ):
        assert words in shown
    assert "post is there" not in shown
    assert "Noted: the reply is there." in press(browser, "is_there", row, url="https://fb.com/1")
