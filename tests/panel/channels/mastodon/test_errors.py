"""How long a server asks to be left alone, by its own clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from panel.channels.mastodon.errors import LONGEST_WAIT, moment, wait_asked
from panel.core.http import Reply

AT = "Sun, 22 Nov 2026 10:00:00 GMT"


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        (429, {"date": AT, "x-ratelimit-reset": "2026-11-22T10:05:00.123456Z"}, 300),
        (429, {"date": AT, "x-ratelimit-reset": "2026-11-22T11:05:00+01:00"}, 300),
        (429, {"date": AT, "x-ratelimit-reset": "1795341900"}, 300),  # others write seconds
        (429, {"retry-after": "90"}, 90),
        (200, {"date": AT, "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1795341900"}, 300),
        (200, {"date": AT, "x-ratelimit-remaining": "1", "x-ratelimit-reset": "1795341900"}, None),
        (429, {"date": AT, "x-ratelimit-reset": "2026-11-22T09:00:00Z"}, None),
        (429, {"date": AT, "x-ratelimit-reset": "soon"}, None),
        (429, {"date": AT, "x-ratelimit-reset": "2026-11-22T10:05:00"}, None),  # in no zone
        (429, {"date": "once", "x-ratelimit-reset": "2026-11-22T10:05:00Z"}, 300),
        (429, {}, None),
    ],
)
@time_machine.travel("2026-11-22T10:00:00Z", tick=False)
def test_the_wait_is_until_the_limit_ends(status: int, headers: dict[str, str], wait: int | None):
    asked = wait_asked(Reply(status, headers))
    assert (int(asked.total_seconds()) if asked else None) == wait


def test_a_clock_that_is_wrong_makes_nobody_wait_for_ever():
    headers = {"date": AT, "x-ratelimit-reset": "2999-01-01T00:00:00Z"}
    assert wait_asked(Reply(429, headers)) == LONGEST_WAIT == timedelta(days=1)


@pytest.mark.parametrize("text", ["", None, "x", "2026-13-01T00:00:00Z", "2026-11-22", {}])
def test_what_is_no_time_is_none(text: object):
    assert moment(text) is None
