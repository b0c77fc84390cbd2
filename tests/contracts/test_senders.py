"""Every sender keeps one contract: it tries once, and never calls done what is not.

``MADE_UP`` networks remember, so they are also asked what is there; recorded answers only show that
the same answer is sorted the same way.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from fnmatch import fnmatch

import pytest

from panel.channels.fake.control import FakeNetwork
from panel.channels.keys import DEAD, KeyState, Problem
from panel.channels.outgoing import Act, NotReached, Outcome, Picture, Trouble, Verb
from panel.channels.protocol import KeyHolder
from panel.core.clock import now
from tests.contracts.stages import (
    HAPPENS,
    KEY,
    MADE_UP,
    PAGE,
    STAGES,
    FacebookOnFake,
    MadeUp,
    Plot,
    Stage,
    made_up_stage,
    stage,
)

JPEG = b"\xff\xd8\xff" + b"j" * 2000

TEXT = Act(Verb.POST, "Åbent hus på lørdag.\r\n\r\nKom og se.")
LINK = Act(Verb.POST, "Læs mere", link="https://byen.dk/nyt?a=1")
PICTURE = Act(Verb.POST, "En bro", pictures=(Picture(JPEG, "En bro over en å"),))
PICTURES = Act(
    Verb.POST,
    "To broer",
    link="https://byen.dk/broer",
    pictures=(Picture(JPEG, "En bro"), Picture(JPEG + b"2", "En bro til")),
)
ACTS = {"text": TEXT, "link": LINK, "picture": PICTURE, "pictures": PICTURES}

SORTED: dict[Plot, tuple[Outcome, Trouble]] = {
    Plot.GOOD: (Outcome.DONE, Trouble.NONE),
    Plot.REFUSED: (Outcome.REFUSED, Trouble.NONE),
    Plot.DEAD_KEY: (Outcome.NOT_TRIED, Trouble.SIGN_IN),
    Plot.LIMIT: (Outcome.NOT_TRIED, Trouble.LIMIT),
    Plot.BROKEN_BEFORE: (Outcome.UNKNOWN, Trouble.NONE),
    Plot.BROKEN_AFTER: (Outcome.UNKNOWN, Trouble.NONE),
    Plot.CUT_BEFORE: (Outcome.UNKNOWN, Trouble.NONE),
    Plot.CUT_AFTER: (Outcome.UNKNOWN, Trouble.NONE),
    Plot.SILENCE: (Outcome.UNKNOWN, Trouble.NONE),
    Plot.NONSENSE: (Outcome.UNKNOWN, Trouble.NONE),
}


@pytest.fixture(scope="module")
def network() -> Iterator[FakeNetwork]:
    with FakeNetwork() as running:
        yield running


@pytest.fixture(params=STAGES)
def any_stage(request: pytest.FixtureRequest, network: FakeNetwork) -> Iterator[Stage]:
    with stage(request.param, network) as ready:
        yield ready


@pytest.fixture(params=MADE_UP)
def made_up(request: pytest.FixtureRequest, network: FakeNetwork) -> Iterator[MadeUp]:
    with made_up_stage(request.param, network) as ready:
        yield ready


@pytest.fixture
def on_facebook(network: FakeNetwork) -> Iterator[FacebookOnFake]:
    with made_up_stage("facebook, made up", network) as ready:
        assert isinstance(ready, FacebookOnFake)
        yield ready


def a_moment_ago() -> datetime:
    return now() - timedelta(seconds=5)


# --- Sorting --------------------------------------------------------------------------------------


def test_every_plot_has_its_sort():
    assert set(SORTED) == set(Plot)


@pytest.mark.parametrize("act", [TEXT, LINK], ids=["text", "link"])
@pytest.mark.parametrize("plot", Plot)
def test_what_comes_back_is_sorted(any_stage: Stage, plot: Plot, act: Act):
    any_stage.will(plot)
    answer = any_stage.sender.send(any_stage.account, any_stage.fits(act))
    assert (answer.outcome, answer.trouble) == SORTED[plot]
    assert bool(answer.external_id) == bool(answer.url) == (answer.outcome is Outcome.DONE)
    assert bool(answer.code) == (answer.outcome is not Outcome.DONE)


def test_a_limit_says_for_how_long(any_stage: Stage):
    any_stage.will(Plot.LIMIT)
    answer = any_stage.sender.send(any_stage.account, any_stage.fits(TEXT))
    # Some say until when, and a clock has moved since.
    assert answer.wait is not None
    assert abs(answer.wait - timedelta(minutes=7)) <= timedelta(seconds=2)


def test_without_a_key_nobody_is_called(any_stage: Stage):
    answer = any_stage.sender.send(replace(any_stage.account, token=""), any_stage.fits(TEXT))
    assert (answer.outcome, answer.trouble) == (Outcome.NOT_TRIED, Trouble.SIGN_IN)


def test_the_key_is_in_no_log_and_no_answer(any_stage: Stage, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    for plot in (Plot.GOOD, Plot.CUT_AFTER, Plot.DEAD_KEY):
        any_stage.will(plot)
        assert KEY not in repr(any_stage.sender.send(any_stage.account, any_stage.fits(TEXT)))
    assert KEY not in caplog.text
    assert "lørdag" not in caplog.text


# --- What is there afterwards ---------------------------------------------------------------------


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_a_post_is_there_once_with_all_that_belongs_to_it(made_up: MadeUp, act: Act):
    act = made_up.fits(act)
    answer = made_up.sender.send(made_up.account, act)
    [post] = made_up.network.posts()
    assert (answer.outcome, answer.external_id) == (Outcome.DONE, made_up.id_of(post))
    assert post.message.replace("\r\n", "\n").startswith(act.text.replace("\r\n", "\n"))
    assert act.link in (post.link + post.message)
    photos = made_up.network.photos()
    assert [photo.alt for photo in photos] == [picture.alt for picture in act.pictures]
    assert {photo.post_id for photo in photos} <= {post.id}


@pytest.mark.parametrize("act", [TEXT, PICTURES], ids=["text", "pictures"])
@pytest.mark.parametrize("plot", Plot)
def test_a_post_is_tried_once(made_up: MadeUp, plot: Plot, act: Act):
    made_up.will(plot)
    made_up.sender.send(made_up.account, made_up.fits(act))
    assert len(made_up.network.posts()) == (plot in HAPPENS)
    ours = made_up.network.requests()
    tries = [each for each in ours if fnmatch(each.path, made_up.posting)]
    assert len([each for each in tries if each.method == "POST"]) <= 1


@pytest.mark.parametrize("plot", [Plot.REFUSED, Plot.LIMIT])
def test_pictures_of_a_post_that_surely_is_not_there_go_again(made_up: MadeUp, plot: Plot):
    made_up.will(plot)
    made_up.sender.send(made_up.account, made_up.fits(PICTURES))
    photos = made_up.network.photos()
    assert len(photos) == (2 if made_up.keeps_uploads else 0)
    assert all(photo.removed for photo in photos)


@pytest.mark.parametrize("kind", ["error_after", "drop_after", "hang", "garbage", "http_429"])
@pytest.mark.parametrize("skip", [0, 1])
def test_a_picture_that_is_lost_on_the_way_is_no_post(made_up: MadeUp, kind: str, skip: int):
    made_up.network.fault(kind, method="POST", path=made_up.uploading, skip=skip, times=1)
    answer = made_up.sender.send(made_up.account, made_up.fits(PICTURES))
    assert answer.outcome == Outcome.NOT_TRIED
    assert made_up.network.posts() == []
    assert made_up.sender.send(made_up.account, made_up.fits(PICTURES)).outcome == Outcome.DONE
    assert len(made_up.network.posts()) == 1


# --- Finding --------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
@pytest.mark.parametrize("gaps", [False, True])
def test_what_is_there_is_found_behind_whatever_came_later(made_up: MadeUp, act: Act, gaps: bool):
    answer = made_up.sender.send(made_up.account, made_up.fits(act))
    for number in range(5):
        made_up.network.post_by_hand(PAGE, f"Noget andet {number}")
    made_up.network.post_by_hand(PAGE, act.text, author=("9", "En besøgende"))
    made_up.network.settings(page_size=2, gaps=gaps)
    found = made_up.sender.find(made_up.account, made_up.fits(act), since=a_moment_ago())
    assert [seen.external_id for seen in found] == [answer.external_id]
    assert found[0].url.startswith("http")


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_what_is_not_there_is_not_found(made_up: MadeUp, act: Act):
    for other in ACTS.values():
        if other is not act:
            made_up.sender.send(made_up.account, made_up.fits(other))
    assert list(made_up.sender.find(made_up.account, made_up.fits(act), since=a_moment_ago())) == []


@pytest.mark.parametrize(
    "plot", [plot for plot, (outcome, _t) in SORTED.items() if outcome is Outcome.UNKNOWN]
)
def test_looking_there_tells_what_was_unknown(made_up: MadeUp, plot: Plot):
    made_up.will(plot)
    assert made_up.sender.send(made_up.account, made_up.fits(PICTURES)).outcome == Outcome.UNKNOWN
    found = made_up.sender.find(made_up.account, made_up.fits(PICTURES), since=a_moment_ago())
    assert len(found) == (plot in HAPPENS)


@pytest.mark.parametrize("kind", ["error_before", "drop_before", "garbage"])
def test_looking_is_tried_again(made_up: MadeUp, kind: str):
    answer = made_up.sender.send(made_up.account, made_up.fits(TEXT))
    made_up.network.fault(kind, method="GET", times=2)
    found = made_up.sender.find(made_up.account, made_up.fits(TEXT), since=a_moment_ago())
    assert [seen.external_id for seen in found] == [answer.external_id]


@pytest.mark.parametrize(
    ("kind", "words", "trouble"),
    [
        ("code", {"code": 190, "subcode": 463, "status": 401}, Trouble.SIGN_IN),
        ("http_429", {}, Trouble.LIMIT),
        ("drop_before", {}, Trouble.NONE),
        ("code", {"code": 10}, Trouble.NONE),
    ],
)
def test_who_cannot_look_says_so(
    made_up: MadeUp, kind: str, words: dict[str, int], trouble: Trouble
):
    made_up.network.fault(kind, method="GET", **words)
    with pytest.raises(NotReached) as caught:
        made_up.sender.find(made_up.account, made_up.fits(TEXT), since=a_moment_ago())
    assert caught.value.answer.trouble == trouble


def test_a_page_that_leads_back_to_itself_is_not_read_for_ever(made_up: MadeUp):
    for number in range(3):
        made_up.network.post_by_hand(PAGE, f"Noget {number}")
    made_up.network.settings(page_size=1, loop=True)
    with pytest.raises(NotReached):
        made_up.sender.find(made_up.account, made_up.fits(TEXT), since=a_moment_ago())


# --- Keys -----------------------------------------------------------------------------------------


def test_a_key_is_looked_at(made_up: MadeUp):
    sender, network = made_up.sender, made_up.network
    assert isinstance(sender, KeyHolder)
    found = sender.check(made_up.account)
    assert (found.state, found.page) == (KeyState.OK, "Byen")

    for account in (made_up.small_key(), made_up.others_key()):
        found = sender.check(account)
        assert (found.state in DEAD, bool(found.problem)) == (True, True)
    wrong = replace(made_up.account, token="wrong")
    assert sender.check(wrong).problem == Problem.NOT_VALID
    network.revoke(KEY)
    assert sender.check(made_up.account).state in DEAD


def test_facebook_says_more_of_what_is_wrong_with_a_key(on_facebook: FacebookOnFake):
    sender, network = on_facebook.sender, on_facebook.network
    assert isinstance(sender, KeyHolder)
    assert sender.check(on_facebook.small_key()).problem == Problem.NOT_ALLOWED
    assert sender.check(on_facebook.others_key()).problem == Problem.NO_PAGE
    network.revoke(KEY, subcode=458)
    assert sender.check(on_facebook.account).problem == Problem.APP_REMOVED


def test_signed_calls_are_believed(on_facebook: FacebookOnFake):
    on_facebook.network.settings(require_proof=True)
    assert on_facebook.sender.send(on_facebook.account, PICTURES).outcome == Outcome.DONE
    assert on_facebook.sender.find(on_facebook.account, PICTURES, since=a_moment_ago())
