"""Who can post can also answer a comment, and keeps the same contract: tried once, and never called
done what is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from panel.channels.fake.control import FakeNetwork
from panel.channels.fake.told import Written
from panel.channels.outgoing import Act, NotReached, Outcome, Trouble, Verb
from panel.channels.protocol import Answerer
from panel.core.clock import now
from tests.contracts.stages import (
    HAPPENS,
    KEY,
    MADE_UP,
    PAGE,
    STAGES,
    MadeUp,
    Plot,
    Stage,
    made_up_stage,
    stage,
)
from tests.contracts.test_senders import SORTED

# Those whose network is answered from here.
ANSWERING = [name for name in STAGES if name.startswith("facebook")]
WORDS = "Tak for dit spørgsmål.\r\n\r\nDen åbner på mandag."


@pytest.fixture(scope="module")
def network() -> Iterator[FakeNetwork]:
    with FakeNetwork() as running:
        yield running


@pytest.fixture(params=ANSWERING)
def any_stage(request: pytest.FixtureRequest, network: FakeNetwork) -> Iterator[Stage]:
    with stage(request.param, network) as ready:
        yield ready


@pytest.fixture(params=[name for name in ANSWERING if name in MADE_UP])
def made_up(request: pytest.FixtureRequest, network: FakeNetwork) -> Iterator[MadeUp]:
    with made_up_stage(request.param, network) as ready:
        yield ready


def asked(where: Stage) -> str:
    """The id of a citizen's question; recorded answers know one by any id."""
    if not isinstance(where, MadeUp):
        return "1_2"
    post = where.network.post_by_hand(PAGE, "Svømmehallen er lukket.")
    return where.network.comment(post, "Hvornår åbner den?")


def reply_to(comment: str, top: str = "", text: str = WORDS) -> Act:
    return Act(Verb.REPLY, text, answers=comment, top=top or comment)


def replies(network: FakeNetwork) -> list[Written]:
    return [each for each in network.comments() if (each.author or {}).get("id") == PAGE]


def a_moment_ago() -> datetime:
    return now() - timedelta(seconds=5)


@pytest.mark.parametrize("plot", Plot)
def test_what_comes_back_is_sorted(any_stage: Stage, plot: Plot):
    act = reply_to(asked(any_stage))
    any_stage.will(plot)
    answer = any_stage.sender.send(any_stage.account, act)
    assert (answer.outcome, answer.trouble) == SORTED[plot]
    assert bool(answer.external_id) == bool(answer.url) == (answer.outcome is Outcome.DONE)
    assert bool(answer.code) == (answer.outcome is not Outcome.DONE)


def test_it_knows_how_long_a_reply_may_be(any_stage: Stage):
    sender = any_stage.sender
    assert isinstance(sender, Answerer)
    assert sender.reply_length("æøå\r\n!") == 5
    too_long = reply_to(asked(any_stage), text="x" * (sender.longest_reply + 1))
    assert sender.send(any_stage.account, too_long).code == "too_long"
    assert sender.send(any_stage.account, reply_to("1_2", text=" \n ")).code == "empty"


def test_without_a_key_nobody_is_called(any_stage: Stage):
    account = replace(any_stage.account, token="")
    answer = any_stage.sender.send(account, reply_to("1_2"))
    assert (answer.outcome, answer.trouble) == (Outcome.NOT_TRIED, Trouble.SIGN_IN)
    with pytest.raises(NotReached):
        any_stage.sender.find(account, reply_to("1_2"), since=a_moment_ago())


@pytest.mark.parametrize("bent", ["", "me/feed", "1_2?x=1", "../1", "1_2/likes"])
def test_what_is_no_comment_s_id_is_asked_of_nobody(any_stage: Stage, bent: str):
    answer = any_stage.sender.send(any_stage.account, reply_to(bent))
    assert (answer.outcome, answer.code) == (Outcome.REFUSED, "asked")
    assert any_stage.sender.find(any_stage.account, reply_to(bent), since=a_moment_ago()) == []


@pytest.mark.parametrize("plot", Plot)
def test_a_reply_is_tried_once_in_the_page_s_name(made_up: MadeUp, plot: Plot):
    comment = asked(made_up)
    made_up.will(plot)
    answer = made_up.sender.send(made_up.account, reply_to(comment))
    there = replies(made_up.network)
    assert [each.parent_id for each in there] == [comment] * (plot in HAPPENS)
    if answer.outcome is Outcome.DONE:
        assert there[0].id == answer.external_id
        assert (there[0].author, there[0].message) == ({"id": PAGE, "name": "Byen"}, WORDS)


def test_a_reply_to_a_reply_hangs_on_the_comment_above_both(made_up: MadeUp):
    top = asked(made_up)
    below = made_up.network.comment(top, "Ja, hvornår?", author=("9", "Ane"))
    made_up.sender.send(made_up.account, reply_to(below, top=top))
    assert [each.parent_id for each in replies(made_up.network)] == [top]


def test_a_comment_that_is_gone_cannot_be_answered(made_up: MadeUp):
    act = reply_to(asked(made_up))
    made_up.network.remove(act.answers)
    answer = made_up.sender.send(made_up.account, act)
    assert (answer.outcome, answer.code) == (Outcome.REFUSED, "100/33")
    # Nothing can hang below it: looked for, and surely not there.
    assert made_up.sender.find(made_up.account, act, since=a_moment_ago()) == []


# --- Finding --------------------------------------------------------------------------------------


@pytest.mark.parametrize("gaps", [False, True])
def test_a_lost_reply_is_found_among_all_others(made_up: MadeUp, gaps: bool):
    comment, network = asked(made_up), made_up.network
    made_up.will(Plot.CUT_AFTER)
    made_up.sender.send(made_up.account, reply_to(comment))
    network.comment(comment, WORDS, author=("9", "En der gentager"))
    network.comment(asked(made_up), WORDS, author=(PAGE, "Byen"))
    for number in range(4):
        network.comment(comment, f"Tak {number}", author=("9", "Ane"))
    network.settings(page_size=2, gaps=gaps)
    [seen] = made_up.sender.find(made_up.account, reply_to(comment), since=a_moment_ago())
    [ours] = [each for each in replies(network) if each.parent_id == comment]
    assert seen.external_id == ours.id
    assert seen.url


def test_what_is_not_there_is_not_found(made_up: MadeUp):
    comment = asked(made_up)
    made_up.will(Plot.CUT_BEFORE)
    act = reply_to(comment)
    made_up.sender.send(made_up.account, act)
    assert made_up.sender.find(made_up.account, act, since=a_moment_ago()) == []


def test_an_older_reply_in_the_same_words_is_not_taken_for_it(made_up: MadeUp):
    comment = asked(made_up)
    long_ago = int((now() - timedelta(hours=1)).timestamp())
    made_up.network.comment(comment, WORDS, author=(PAGE, "Byen"), at=long_ago)
    assert made_up.sender.find(made_up.account, reply_to(comment), since=a_moment_ago()) == []


def test_a_network_that_cannot_be_read_just_now_says_so(made_up: MadeUp):
    act = reply_to(asked(made_up))
    made_up.network.fault("http_429", method="GET", path="*/comments", minutes=7)
    with pytest.raises(NotReached) as why:
        made_up.sender.find(made_up.account, act, since=a_moment_ago())
    assert why.value.answer.trouble is Trouble.LIMIT
    made_up.network.behave()
    made_up.network.revoke(KEY)
    with pytest.raises(NotReached) as why:
        made_up.sender.find(made_up.account, act, since=a_moment_ago())
    assert why.value.answer.trouble is Trouble.SIGN_IN


def test_a_key_that_only_posts_is_refused_and_sees_nothing(made_up: MadeUp):
    act = reply_to(asked(made_up))
    made_up.network.add_token("EAAsmall", page=PAGE, scopes=["pages_manage_posts"])
    account = replace(made_up.account, token="EAAsmall")
    assert made_up.sender.send(account, act).outcome is Outcome.REFUSED
    assert made_up.sender.find(account, act, since=a_moment_ago()) == []
