"""What the tests of the outbox's pages share."""

from __future__ import annotations

import pytest
from django.test import Client

from panel.accounts.models import User
from tests.conftest import SignedIn
from tests.panel.outbox.screens import Browser, in_english


@pytest.fixture
def reads(signed_in: SignedIn) -> Browser:
    """A browser of somebody who reads English."""

    def read(user: User) -> Client:
        in_english(user)
        return signed_in(user)

    return read
