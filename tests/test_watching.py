"""That somebody who tells on people in a log line is found."""

from __future__ import annotations

import logging
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from panel.channels.models import Credential
from tests import watching
from tests.factories.conversations import CommenterFactory, CommentFactory
from tests.factories.outbox import facebook_channel
from tests.loglines import Kept, Reader

_log = logging.getLogger(__name__)


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    return Reader(tmp_path / "logs")


@pytest.fixture
def kept(reader: Reader) -> Kept:
    return Kept(str(reader.folder))


def say(kept: Kept, text: str) -> None:
    kept.handle(logging.LogRecord("x", logging.INFO, __file__, 1, text, (), None))


def test_each_line_is_read_once(kept: Kept, reader: Reader) -> None:
    assert reader.lines() == []
    say(kept, "one\ntwo")
    assert reader.lines() == ["one", "two"]
    say(kept, "three")
    assert reader.lines() == ["three"]


def test_lines_of_a_killed_process_are_read(kept: Kept, reader: Reader) -> None:
    say(kept, "mine")
    if (pid := os.fork()) == 0:
        say(kept, "the child’s")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(pid, 0)
    assert sorted(reader.lines()) == ["mine", "the child’s"]


@pytest.mark.parametrize(
    "line", ["GET /v26.0/me?access_token=EAAnoget", "Kanariegade 7", "fake-app-secret"]
)
def test_a_key_is_found(line: str) -> None:
    assert len(watching.told(["GET /", line], iter(()))) == 1
    assert watching.told(["GET /"], iter(())) == []


def test_the_keys_of_the_run_are_found() -> None:
    lines = [f"key {settings.SECRET_KEY}", f"key {settings.FIELD_KEYS[0]!r}"]
    found = watching.told(lines, watching.secrets())
    assert {each.split(":")[0] for each in found} == {"SECRET_KEY", "FIELD_KEYS"}


def test_what_a_test_gives_as_a_network_s_secret_is_found_when_it_is_over(settings: Any) -> None:
    settings.FACEBOOK_APP_SECRET = "en-helt-anden"
    del settings.FACEBOOK_APP_SECRET
    assert watching.told(["secret=en-helt-anden"], watching.secrets())


@pytest.mark.django_db
def test_a_page_may_be_named_and_a_citizen_not() -> None:
    CommenterFactory(external_id="100200300400", is_page=True)
    assert watching.told(["GET /100200300400/feed"], watching.personal()) == []
    CommenterFactory(external_id="700200300400")
    assert watching.told(["GET /700200300400/feed"], watching.personal())


@pytest.mark.django_db
def test_what_somebody_wrote_and_what_a_channel_signs_in_with_are_found() -> None:
    comment = CommentFactory(text="Der mangler\nlys ved stien")
    channel = facebook_channel()
    key = Credential.objects.get(channel=channel).token
    lines = ["Comment: lys ved stien", f"Written by {comment.commenter.name}", f"With {key}"]
    found = "\n".join(watching.told(lines, watching.personal()))
    assert "conversations.Comment.text: " in found
    assert "conversations.Commenter.name: " in found
    assert "channels.Credential.token: " in found
    assert watching.told(["Comment 12"], watching.personal()) == []


def test_every_line_of_a_test_is_kept() -> None:
    lines = Reader(settings.TEST_DIR / "logs")
    lines.lines()
    _log.warning("A line like any other")
    (found,) = lines.lines()
    assert "A line like any other [tests.test_watching]" in found
