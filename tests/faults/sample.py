"""Jobs whose effects can be counted: rows of ``faults_effect``, a table without any constraint."""

from __future__ import annotations

import ctypes
import re
import time

from django.db import connection, transaction

from panel.core.clock import now
from panel.jobs.current import Interrupted, current_job
from panel.jobs.registry import job

STEPS = 3
MANY = 200


def effect(what: str, step: int = 0) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO faults_effect VALUES (%s, %s)", [what, step])


def effects(what: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM faults_effect WHERE what = %s", [what])
        return int(cursor.fetchone()[0])


@job(name="At once", atomic=True, tries=MANY)
def at_once(number: int) -> None:
    """One effect, written together with the result."""
    effect(f"once {number}")
    time.sleep(0.005)


@job(name="In steps", tries=MANY)
def in_steps(number: int) -> None:
    """Three effects, each with the fence in its own transaction; goes on after the last."""
    name = f"steps {number}"
    while (step := effects(name)) < STEPS:
        with transaction.atomic():
            effect(name, step)
            time.sleep(0.003)
            current_job().still_mine()
        current_job().checkpoint()


@job(name="Second time lucky", atomic=True, tries=MANY)
def lucky(number: int) -> None:
    """Fails the first time, after its effect."""
    effect(f"lucky {number}")
    if current_job().claim.attempt == 1:  # type: ignore[attr-defined]
        raise ValueError("not yet")


@job(name="Never", atomic=True, tries=2)
def never(number: int) -> None:
    """Fails always, after its effect."""
    effect(f"never {number}")
    raise ValueError("never")


@job(name="Politely", tries=MANY)
def politely(number: int) -> None:
    """Lets others pass once, then has its effect."""
    name = f"polite {number}"
    if not effects(name):
        with transaction.atomic():
            effect(name, 0)
            current_job().still_mine()
        raise Interrupted
    with transaction.atomic():
        if effects(name) < 2:
            effect(name, 1)
        current_job().still_mine()


@job(name="By the clock", atomic=True, tries=MANY)
def by_the_clock() -> None:
    effect("clock")


@job(name="Quick", atomic=True)
def quick() -> None:
    effect("quick")


@job(name="Poison", tries=5)
def poison() -> None:
    raise ValueError("poison")


@job(name="Long", tries=3, time_limit=60)
def long(seconds: float) -> str:
    """Sleeps, then writes with the fence."""
    time.sleep(seconds)
    with transaction.atomic():
        effect("long")
        current_job().still_mine()
    return "late" if current_job().claim.attempt == 1 else "in time"  # type: ignore[attr-defined]


@job(name="Batches", tries=3)
def batches(number: int) -> None:
    """Many small batches, one effect each."""
    while (batch := effects("batch")) < number:
        with transaction.atomic():
            effect("batch", batch)
            current_job().still_mine()
        time.sleep(0.05)
        current_job().checkpoint()


@job(name="Hang asleep", tries=1, time_limit=0.4)
def hang_asleep() -> None:
    time.sleep(600)


@job(name="Hang busy", tries=1, time_limit=0.4)
def hang_busy() -> None:
    while True:
        now()


@job(name="Hang in C", tries=1, time_limit=0.4)
def hang_in_c() -> None:
    """The interpreter runs no signal handler before this is over, in some hours."""
    sum(range(10**13))


@job(name="Hang in a regular expression", tries=1, time_limit=0.4)
def hang_in_regex() -> None:
    re.match(r"(a+)+$", "a" * 60 + "b")


@job(name="Crash", tries=1)
def crash() -> None:
    """Ends the process as a broken library would."""
    ctypes.string_at(0)


@job(name="Answer", atomic=True)
def answer() -> int:
    return 42
