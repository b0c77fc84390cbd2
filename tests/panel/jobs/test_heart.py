"""Signs of life, and the shared clock."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from datetime import timedelta
from types import FrameType
from uuid import uuid4

import pytest
from django.db import connection

from panel.core.clock import now
from panel.jobs import heart as hearts
from panel.jobs.heart import Heart, SharedClock
from panel.jobs.models import Job, Worker
from panel.jobs.nudge import Nudge
from panel.jobs.queue import enqueue
from panel.jobs.worker import sign_in
from tests.panel.jobs import sample
from tests.panel.jobs.conftest import claimed

pytestmark = pytest.mark.django_db


@pytest.fixture
def heart() -> Iterator[Heart]:
    """Of a worker that has signed in; it beats when told to."""
    made = Heart(sign_in(SharedClock()), SharedClock())
    yield made
    made._nudge.end()
    made._nudge.close()


def test_a_beat_prolongs_the_lease_of_what_is_held(heart):
    enqueue(sample.note)
    claim = claimed(heart._worker)
    Job.objects.update(leased_until=now())
    heart.hold(claim)
    heart._beat()

    assert (Job.objects.get().leased_until or now()) > now() + timedelta(seconds=5)
    assert not heart.lost(claim)


def test_a_beat_finds_that_the_job_was_taken_over(heart):
    enqueue(sample.note)
    claim = claimed(heart._worker)
    Job.objects.update(token=uuid4())
    heart.hold(claim)
    heart._beat()

    assert heart.lost(claim)


def test_a_beat_tells_that_the_worker_is_stopping(heart):
    heart.asked_to_stop = lambda: True
    heart._beat()

    assert Worker.objects.get().stopping


def test_a_heart_goes_on_after_a_beat_that_failed(heart, monkeypatch):
    beats = []

    def beat() -> None:
        beats.append(1)
        raise ValueError if len(beats) < 3 else SystemExit

    monkeypatch.setattr(heart, "_beat", beat)
    monkeypatch.setattr(heart._nudge, "wait", lambda seconds: True)
    with pytest.raises(SystemExit):
        heart.run()

    assert len(beats) == 3


def test_the_main_thread_is_woken_until_it_has_noticed_a_signal():
    """As the interpreter's C handler does, a byte tells of a signal nobody has looked at yet."""
    nudge, woken = Nudge(), []

    def wake(number: int, frame: FrameType | None) -> None:
        woken.append(number)
        if len(woken) == 3:
            nudge._seen(number, frame)

    signal.signal(signal.SIGUSR1, wake)
    other = threading.Thread(target=nudge.wait, args=(0.6,))
    os.write(nudge._write, bytes([signal.SIGTERM]))
    other.start()
    other.join()
    nudge.end()
    nudge.close()

    assert len(woken) == 3


def test_a_pause_ends_when_the_worker_ends():
    nudge = Nudge()
    nudge.end()

    assert not nudge.wait(60)
    nudge.close()


def test_a_worker_whose_clock_is_wrong_goes_by_the_databases(monkeypatch):
    """Five minutes ahead, and yet nothing is run early or taken from others."""
    monkeypatch.setattr(hearts, "now", lambda: now() + timedelta(minutes=5))
    clock = SharedClock()
    clock.set()

    off = abs(clock.now() - now())
    if connection.vendor == "postgresql":
        assert off < timedelta(seconds=1)
    else:
        assert off > timedelta(minutes=4)  # one machine, one clock: nobody to disagree with
