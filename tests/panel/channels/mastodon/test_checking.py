"""A key is looked at: whose it is, and what its application may do."""

from __future__ import annotations

import httpx
import pytest

from panel.channels.keys import ADVICE, KeyState, Problem, told
from panel.channels.mastodon.checking import is_enough
from panel.channels.outgoing import NotReached
from tests.panel.channels.mastodon.recorded import (
    ACCOUNT,
    ME,
    Answered,
    limited,
    mastodon,
    refuses,
    says,
)

GOOD = ["read:accounts", "read:statuses", "write:statuses", "write:media"]


@pytest.mark.parametrize(
    "app", [says({"scopes": GOOD}), says({"scopes": ["read", "write"]}), says({}), refuses(403)]
)
def test_a_good_key_says_whose_it_is(app: httpx.Response):
    adapter, server = mastodon(app)
    found = adapter.check(ACCOUNT)
    assert (found.state, found.page, found.url) == (KeyState.OK, "Byen", ME["url"])
    assert server.calls == ["GET v1/apps/verify_credentials"]
    assert "Byen" in told(found)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (refuses(401, "The access token is invalid"), Problem.NOT_VALID),
        (refuses(403, "Your login is currently disabled"), Problem.SHUT_OUT),
        (refuses(404), Problem.NO_SERVER),
        (httpx.Response(302, headers={"location": "https://b.example"}), Problem.NO_SERVER),
        (says(ME | {"username": "nabo"}), Problem.OTHER_ACCOUNT),
    ],
)
def test_a_key_that_is_refused_says_what_to_do(said: httpx.Response, problem: Problem):
    adapter, _server = mastodon(said, asks_who=False)
    found = adapter.check(ACCOUNT)
    assert (found.state, found.problem) == (KeyState.REFUSED, problem)
    assert str(ADVICE[problem]) in told(found)


def test_an_application_that_may_do_too_little_is_told_of():
    adapter, _server = mastodon(says({"scopes": ["read", "write:statuses"]}))
    assert adapter.check(ACCOUNT).problem == Problem.SCOPES


@pytest.mark.parametrize(
    ("scopes", "enough"),
    [
        (["read", "write"], True),
        (["profile", "read:statuses", "write"], True),
        (GOOD, True),
        (GOOD[1:], False),
        (["read", "write:media"], False),
        (["write"], False),
        ([], False),
    ],
)
def test_the_whole_holds_its_parts(scopes: list[str], enough: bool):
    assert is_enough(frozenset(scopes)) is enough


@pytest.mark.parametrize("said", [limited(), httpx.ConnectError("x"), says([])])
def test_silence_says_nothing_about_the_key(said: Answered):
    adapter, _server = mastodon(said, said, said, asks_who=False)
    with pytest.raises(NotReached):
        adapter.check(ACCOUNT)
