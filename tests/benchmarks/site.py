"""What a citizen's click costs, signed out: made anew, and from memory, against a bare view."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.test import Client
from django.urls import reverse

from cms.pages import kept
from tests.benchmarks.measuring import Row, cpu_ms
from tests.factories.site import whole_site

GOAL_MS = 8
KEPT = 2
TIMES = 60

# The front page, the panel's page, one full of blocks, the privacy notice and the stories.
KINDS = ("homepage", "panelpage", "plainpage", "privacypage", "storyindexpage", "storypage")


def run(scale: int) -> Iterable[Row]:
    """Each page of a whole site; ``scale`` does not matter. ``site_kept``: its limit is twice the
    bare view, through the same middleware.
    """
    site = whole_site()["da"]
    stranger = Client(SERVER_NAME="localhost")
    bare = cpu_ms(lambda: _got(stranger, reverse("healthz")), times=TIMES)
    for kind in KINDS:
        address = site[kind].get_url() or ""
        anew = cpu_ms(_without_memory(stranger, address), times=TIMES)
        yield Row(f"site_{kind}", scale, anew, "ms CPU", limit=GOAL_MS, ratio=anew / GOAL_MS)
        again = cpu_ms(lambda address=address: _got(stranger, address), times=TIMES)  # type: ignore[misc]
        yield Row(
            f"site_{kind}_kept",
            scale,
            again,
            "ms CPU",
            limit=KEPT * bare,
            ratio=again / (KEPT * bare),
        )
    join = cpu_ms(lambda: _got(stranger, reverse("members:join")), times=TIMES)
    yield Row("site_join", scale, join, "ms CPU", limit=GOAL_MS, ratio=join / GOAL_MS)


def _without_memory(stranger: Client, address: str) -> Callable[[], None]:
    def get() -> None:
        kept.forget()
        _got(stranger, address)

    return get


def _got(stranger: Client, address: str) -> None:
    answer = stranger.get(address)
    assert answer.status_code == 200, address
