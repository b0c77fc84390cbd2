"""What a look at a key finds, in words a person can act on."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from panel.channels.keys import ADVICE, KeyState, Problem, not_reached, told
from panel.channels.outgoing import Account, Answer, NotReached, Outcome, Trouble
from tests.panel.channels.facebook.graph import (
    ACCOUNT,
    PAGE,
    TOKEN,
    Answered,
    facebook,
    refuses,
    says,
)

BYEN = {"id": PAGE, "name": "Byen", "link": "https://www.facebook.com/byen"}
POSTS = ["pages_show_list", "pages_read_engagement", "pages_manage_posts"]
SCOPES = [*POSTS, "pages_read_user_content", "pages_manage_engagement"]


def examined(**said: Any) -> httpx.Response:
    whole = {"is_valid": True, "profile_id": PAGE, "scopes": SCOPES, "expires_at": 0}
    return says({"data": whole | said})


@pytest.fixture
def app(settings) -> None:
    settings.FACEBOOK_APP_ID, settings.FACEBOOK_APP_SECRET = "4711", "hemmeligt"


def test_a_key_that_opens_its_page_works():
    adapter, graph = facebook(says(BYEN))
    found = adapter.check(ACCOUNT)
    assert (found.state, found.page, found.url) == (KeyState.OK, "Byen", BYEN["link"])
    assert graph.calls == [f"GET {PAGE}"]
    assert "“Byen”" in told(found)


@pytest.mark.parametrize(
    ("refusal", "state", "problem"),
    [
        (refuses(190, 463, status=401), KeyState.EXPIRED, Problem.RAN_OUT),
        (refuses(190, 460, status=401), KeyState.EXPIRED, Problem.PASSWORD),
        (refuses(190, 467, status=401), KeyState.EXPIRED, Problem.PASSWORD),
        (refuses(190, 458, status=401), KeyState.EXPIRED, Problem.APP_REMOVED),
        (refuses(190, 492, status=401), KeyState.EXPIRED, Problem.NOT_ALLOWED),
        (refuses(190, status=401), KeyState.REFUSED, Problem.NOT_VALID),
        (refuses(102), KeyState.REFUSED, Problem.NOT_VALID),
        (refuses(10, status=403), KeyState.REFUSED, Problem.NOT_ALLOWED),
        (refuses(200, status=403), KeyState.REFUSED, Problem.NOT_ALLOWED),
        (refuses(100, 33), KeyState.REFUSED, Problem.NO_PAGE),
        (refuses(100), KeyState.REFUSED, Problem.OTHER),
        (refuses(368), KeyState.REFUSED, Problem.OTHER),
        (says({"id": "5", "name": "Naboen"}), KeyState.REFUSED, Problem.OTHER_PAGE),
    ],
)
def test_a_key_that_does_not_open_it_says_why_and_what_to_do(
    refusal: Answered, state: KeyState, problem: Problem
):
    adapter, _graph = facebook(refusal)
    found = adapter.check(ACCOUNT)
    assert (found.state, found.problem) == (state, problem)
    assert told(found) == f"{problem.label} {ADVICE[problem]}"


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("more", [[], ["pages_read_user_content"], ["pages_manage_engagement"]])
def test_a_key_that_only_posts_works_and_is_told_that_it_may_not_answer(more: list[str]):
    adapter, _graph = facebook(says(BYEN), examined(scopes=[*POSTS, *more]))
    found = adapter.check(ACCOUNT)
    assert (found.state, found.problem) == (KeyState.OK, Problem.NO_ANSWERS)
    assert "pages_manage_engagement" in told(found)


def test_everything_that_can_be_wrong_has_advice():
    assert set(ADVICE) == set(Problem)


@pytest.mark.usefixtures("app")
def test_a_proof_with_another_app_s_secret_is_named():
    adapter, _graph = facebook(refuses(100))
    assert adapter.check(ACCOUNT).problem == Problem.APP


@pytest.mark.usefixtures("app")
def test_the_app_asks_what_the_key_is_good_for(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    adapter, graph = facebook(says(BYEN), examined(expires_at=1_800_000_000))
    found = adapter.check(ACCOUNT)
    assert (found.state, found.problem) == (KeyState.OK, None)
    assert found.expires_at == datetime.fromtimestamp(1_800_000_000, UTC)
    assert graph.calls[1] == "GET debug_token"
    assert graph.asked[1].headers["authorization"] == "Bearer 4711|hemmeligt"
    assert "debug_token" in caplog.text
    assert TOKEN not in caplog.text
    assert "hemmeligt" not in caplog.text


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"is_valid": False}, Problem.NOT_VALID),
        ({"profile_id": "5"}, Problem.OTHER_PAGE),
        ({"scopes": ["pages_show_list"]}, Problem.NOT_ALLOWED),
        ({"scopes": None}, Problem.NOT_ALLOWED),
    ],
)
def test_a_key_that_reads_may_still_be_no_good(said: dict[str, Any], problem: Problem):
    adapter, _graph = facebook(says(BYEN), examined(**said))
    found = adapter.check(ACCOUNT)
    assert (found.state, found.problem) == (KeyState.REFUSED, problem)


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("silent", [refuses(190, status=401), says({}), says({"data": [1]})])
def test_a_key_that_opens_its_page_works_even_where_the_app_is_not_heard(silent: Answered):
    adapter, _graph = facebook(says(BYEN), silent)
    assert adapter.check(ACCOUNT).state == KeyState.OK


@pytest.mark.usefixtures("app")
def test_the_earlier_of_two_ends_counts():
    adapter, _graph = facebook(
        says(BYEN), examined(expires_at=0, data_access_expires_at=1_700_000_000)
    )
    assert adapter.check(ACCOUNT).expires_at == datetime.fromtimestamp(1_700_000_000, UTC)


def test_silence_says_nothing_about_a_key():
    adapter, _graph = facebook(*[httpx.ConnectError("")] * 3)
    with pytest.raises(NotReached) as caught:
        adapter.check(ACCOUNT)
    assert "connect" in not_reached(caught.value)


def test_a_limit_and_a_missing_key_have_words_of_their_own():
    limit = Answer(Outcome.NOT_TRIED, code="4", trouble=Trouble.LIMIT)
    assert "hour" in not_reached(NotReached(limit))
    adapter, _graph = facebook()
    with pytest.raises(NotReached) as caught:
        adapter.check(Account(PAGE, ""))
    assert "no key" in not_reached(caught.value)
