"""What a look at an account's key finds."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from panel.channels.keys import ADVICE, KeyState, Problem, told
from panel.channels.outgoing import NotReached
from tests.panel.channels.facebook.graph import Answered, refuses, says
from tests.panel.channels.instagram.recorded import ACCOUNT, ID, instagram

BYEN = {"id": ID, "username": "fjordby", "name": "Fjordby Kommune", "media_count": 12}
SCOPES = ["instagram_basic", "instagram_content_publish", "pages_read_engagement"]


def examined(**said: Any) -> httpx.Response:
    return says({"data": {"is_valid": True, "scopes": SCOPES, "expires_at": 0} | said})


@pytest.fixture
def app(settings) -> None:
    settings.FACEBOOK_APP_ID, settings.FACEBOOK_APP_SECRET = "4711", "hemmeligt"


def test_a_key_that_opens_its_account_works():
    adapter, graph = instagram(says(BYEN))
    found = adapter.check(ACCOUNT)
    assert (found.state, found.page) == (KeyState.OK, "Fjordby Kommune")
    assert found.url == "https://www.instagram.com/fjordby/"
    assert graph.calls == [f"GET {ID}"]
    assert "“Fjordby Kommune”" in told(found)


def test_without_a_name_it_is_called_by_its_user_name():
    adapter, _graph = instagram(says({"id": ID, "username": "fjordby"}))
    assert adapter.check(ACCOUNT).page == "fjordby"


@pytest.mark.parametrize(
    ("answers", "state", "problem"),
    [
        ([refuses(190, 463, status=401)], KeyState.EXPIRED, Problem.RAN_OUT),
        ([refuses(190, status=401)], KeyState.REFUSED, Problem.NOT_VALID),
        ([refuses(190, 492, status=401)], KeyState.EXPIRED, Problem.RIGHTS),
        ([refuses(10, status=403)], KeyState.REFUSED, Problem.RIGHTS),
        ([refuses(100, 33)], KeyState.REFUSED, Problem.NO_ACCOUNT),
        # A page's id: it is known, and has none of an account's fields.
        ([refuses(100), says({"id": ID})], KeyState.REFUSED, Problem.NO_ACCOUNT),
        ([refuses(100), refuses(100)], KeyState.REFUSED, Problem.OTHER),
    ],
)
def test_what_is_wrong_with_a_key(answers: list[Answered], state: KeyState, problem: Problem):
    adapter, _graph = instagram(*answers)
    found = adapter.check(ACCOUNT)
    assert (found.state, found.problem) == (state, problem)
    assert str(ADVICE[problem]) in told(found)


def test_another_app_s_secret_is_told_from_another_id(app: None):
    adapter, _graph = instagram(refuses(100), refuses(100))
    assert adapter.check(ACCOUNT).problem == Problem.APP


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({}, None),
        ({"scopes": [*SCOPES, "pages_show_list"]}, None),
        ({"scopes": SCOPES[:2]}, Problem.RIGHTS),
        ({"scopes": SCOPES[1:]}, Problem.RIGHTS),
        ({"is_valid": False}, Problem.NOT_VALID),
    ],
)
def test_what_the_key_is_good_for(app: None, said: dict[str, Any], problem: Problem | None):
    adapter, _graph = instagram(says(BYEN), examined(**said))
    assert adapter.check(ACCOUNT).problem == problem


def test_when_it_ends(app: None):
    adapter, _graph = instagram(says(BYEN), examined(expires_at=1_800_000_000))
    found = adapter.check(ACCOUNT)
    assert found.expires_at is not None
    assert found.expires_at.timestamp() == 1_800_000_000


def test_a_network_that_does_not_answer_says_nothing_about_the_key():
    adapter, _graph = instagram(*[httpx.ConnectError("no")] * 3)
    with pytest.raises(NotReached):
        adapter.check(ACCOUNT)
