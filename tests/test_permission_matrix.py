"""Every address, asked by everybody: the answer is what ``permission_matrix`` says (S6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from panel.accounts.models import User
from panel.accounts.roles import Role
from tests import permission_matrix as matrix
from tests.conftest import SignedIn
from tests.factories.accounts import UserFactory, staff_with
from tests.factories.pages import home, picture

# For routes written as regular expressions: an address that fits.
SPELLED_OUT = {
    r"^((?:[\w\-]+/)*)$": "ingen-side/",
    r"konto/^password/.*$": "konto/password/reset/",
    r"^dokumenter/(\d+)/(.*)$": "dokumenter/1/ingen.pdf",
    r"admin/pages/^(?P<pk>": "admin/pages/{page}/revisions/compare/earliest...latest/",
    r"admin/^.*/$": "admin/no-such-page/",
}
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")


def routes() -> list[str]:
    """Every route of the site as its patterns spell it, in Danish: no language stands in front."""
    with translation.override("da"):
        return list(spelled(get_resolver().url_patterns))


def spelled(patterns: list[Any], before: str = "") -> Iterator[str]:
    """The routes of ``patterns`` and of what they include."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from spelled(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


def who_may(route: str) -> matrix.Who | None:
    """What the matrix says of ``route``; None when it says nothing."""
    return next((who for pattern, who in matrix.RULES if re.match(pattern, route)), None)


@dataclass(frozen=True, slots=True)
class Things:
    """Rows that addresses with a number can point at."""

    page: int
    image: int
    colleague: int

    def fits(self, kind: str, name: str) -> str:
        """A value for a parameter of a route: a real row's where the name says which."""
        if "page" in name:
            return str(self.page)
        if name == "image_id":
            return str(self.image)
        if kind == "int":
            return str(self.colleague)
        samples = {"uuid": "00000000-0000-4000-8000-000000000000", "str": str(self.colleague)}
        return samples.get(kind, "x")


def address(route: str, things: Things) -> str:
    """An address that ``route`` answers."""
    for beginning, example in SPELLED_OUT.items():
        if route.startswith(beginning):
            return f"/{example.format(page=things.page)}"
    filled = PARAMETER.sub(lambda found: things.fits(found[1] or "str", found[2]), route)
    return "/" + filled.replace("^", "")


def outcome(answer: Any) -> str:
    """What became of a request, in a word."""
    if answer.status_code in (301, 302):
        words = {"/konto/login/": "login", "/konto/2fa/": "setup", "/admin/": "home"}
        return words.get(answer["Location"].partition("?")[0], "yes")
    known = {403: "no", 404: "missing", 405: "method", 503: "yes"}
    return known.get(answer.status_code, "broken" if answer.status_code >= 500 else "yes")


def refusals(persona: str, route: str) -> set[str]:
    """How ``persona`` may be refused: by being led to what is missing, or by a plain no.

    A row that is not there tells nobody anything.
    """
    nothing = {"missing", "method"} if "<" in route else set()
    if route.startswith("webhooks/"):
        # A network's door: a machine is not led to where people sign in.
        return {"no"}
    if persona in (matrix.ANONYMOUS, matrix.INACTIVE):
        return {"login"} | nothing
    if persona == matrix.HALF and route.startswith("admin/"):
        return {"setup"}
    # Wagtail sends a colleague who may not see a page to their home, with a word about it.
    return {"no", "home"} | nothing if persona != matrix.MEMBER else {"no"} | nothing


def is_right(persona: str, route: str, said: str) -> bool:
    """Whether the answer is what the matrix allows."""
    if persona not in (who_may(route) or matrix.NOBODY):
        return said in refusals(persona, route)
    if route.startswith(("konto/", "admin/log")):
        # The doors lead on: to the next step, to the first one, or to where one is in already.
        return said not in ("no", "broken")
    return said in {"yes", "missing", "method"} or (said, route) == ("broken", "admin/failwhale/")


@pytest.fixture
def things(db: None) -> Things:
    return Things(home().pk, picture().pk, staff_with(Role.COMMS).pk)


@pytest.fixture
def browser_of(db: None, signed_in: SignedIn) -> Callable[[str], Client]:
    """A browser for each persona of the matrix."""

    def browser(persona: str) -> Client:
        client = Client() if persona == matrix.ANONYMOUS else signed_in(person(persona))
        client.raise_request_exception = False
        return client

    return browser


def person(persona: str) -> User:
    if persona == matrix.MEMBER:
        return UserFactory()
    user = staff_with(Role(persona) if persona in Role.values else Role.ADMINISTRATOR)
    if persona == matrix.INACTIVE:
        User.objects.filter(pk=user.pk).update(is_active=False)
    if persona == matrix.HALF:
        Authenticator.objects.filter(user=user).delete()
    return user


def test_every_address_has_a_row():
    assert [route for route in routes() if who_may(route) is None] == []


def test_every_row_has_an_address():
    found = routes()
    idle = [
        pattern
        for number, (pattern, _who) in enumerate(matrix.RULES)
        if not any(
            re.match(pattern, route)
            and not any(re.match(before, route) for before, _w in matrix.RULES[:number])
            for route in found
        )
    ]
    assert idle == []


@pytest.mark.timeout(600)
@pytest.mark.parametrize("persona", matrix.EVERYBODY)
def test_reading(persona: str, things: Things, browser_of: Callable[[str], Client]):
    client = browser_of(persona)
    wrong = {}
    for route in routes():
        path = address(route, things)
        answer = client.get(path)
        said = outcome(answer)
        if answer.streaming:
            # Read to its end, which closes what it was read from.
            b"".join(answer.streaming_content)
        if not is_right(persona, route, said):
            wrong[f"GET {path} ({route})"] = said

    assert not wrong, "\n".join(f"{asked}: {said}" for asked, said in wrong.items())


@pytest.mark.timeout(600)
@pytest.mark.parametrize("persona", matrix.EVERYBODY)
def test_writing_where_they_may_not(
    persona: str, things: Things, browser_of: Callable[[str], Client]
):
    client = browser_of(persona)
    wrong = {}
    for route in routes():
        if persona in (who_may(route) or matrix.NOBODY):
            continue
        path = address(route, things)
        said = outcome(client.post(path))
        if not is_right(persona, route, said):
            wrong[f"POST {path} ({route})"] = said

    assert not wrong, "\n".join(f"{asked}: {said}" for asked, said in wrong.items())
