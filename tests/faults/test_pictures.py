"""Broken and hostile pictures through every door: no crash, nothing left in a file, words for the
person.

``MEDSPIL_FAULTS`` is the share of 1,000 pictures; a tenth by default, each through one door. At
full size each goes through all of them.
"""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.cache import caches

from panel.accounts.models import User
from tests.cms.media.doors import DOORS, IDEA_DOORS, Door, leaks, taken
from tests.cms.media.pictures import ENDINGS, Made, those
from tests.conftest import SignedIn

SHARE = float(os.environ.get("MEDSPIL_FAULTS", "0.1"))
HOW_MANY = int(1_000 * SHARE)
ALL = (*DOORS, *IDEA_DOORS)


def through(door: Door, client: Any, made: Made, ending: str) -> str:
    """What is wrong with how ``door`` received ``made``; nothing when all is right."""
    before = taken()
    answer = door(client, made.data, f"IMG_2041.{ending}")
    is_taken = taken() != before
    # A request with a file of no bytes has no file, to the screen for several.
    if answer.status_code < (400 if made.data else 500) and made.good in (None, is_taken):
        return ""
    return f"{made.name}.{ending} by {door.__name__}: {answer.status_code}, taken: {is_taken}"


@pytest.mark.faults
@pytest.mark.timeout(3600)
def test_every_door_holds(clerk: User, signed_in: SignedIn, settings: Any, tmp_path: Path):
    settings.MEDIA_ROOT, settings.UPLOAD_ROOT = tmp_path / "media", tmp_path / "uploads"
    # How often somebody may try is another test's. So is finding a picture: Wagtail goes through
    # its whole index for each, and in one transaction PostgreSQL clears away nothing of it.
    settings.ACCOUNT_RATE_LIMITS = False
    settings.WAGTAILSEARCH_BACKENDS = {
        name: backend | {"AUTO_UPDATE": False}
        for name, backend in settings.WAGTAILSEARCH_BACKENDS.items()
    }
    caches["renditions"].clear()
    client, rng, wrong = signed_in(clerk), Random(1_126), []
    for number, made in enumerate(islice(those(rng), HOW_MANY)):
        doors = ALL if SHARE >= 1 else (ALL[number % len(ALL)],)
        wrong += [through(door, client, made, rng.choice(ENDINGS)) for door in doors]

    assert [each for each in wrong if each] == []
    assert leaks(settings) == []
