"""``python -m tests.harness COMMAND``: run.py's commands that check, test and measure."""

from __future__ import annotations

import dataclasses
import os
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from tempfile import TemporaryFile

from run import say
from tests.harness import machine, suites
from tests.harness.checks import MANAGE, Check, checks
from tests.harness.cluster import DatabaseFailed, cluster
from tests.harness.programs import call, own_environment, running, stop_on_sigterm
from tests.harness.results import Counts, Outcome, State, counted, table
from tests.harness.suites import Needs, Suite

RENEW_LOCK = (
    "pip compile --universal --generate-hashes --python-version 3.11 --group dev pyproject.toml "
    "--no-emit-index-url --no-emit-find-links --no-header --quiet -o requirements.lock"
)
IN_CI = os.environ.get("CI", "").lower() in ("1", "true")


def heading(text: str) -> None:
    """Where one part ends and the next begins."""
    print(f"\n== {text} {'=' * max(4, 90 - len(text))}", flush=True)


def run_check(check: Check, environ: dict[str, str]) -> Outcome:
    """One check; it counts as one test."""
    heading(check.name)
    started = time.monotonic()
    good = call(check.words, {**environ, **check.environ}) == 0
    state, counts = (State.OK, Counts(passed=1)) if good else (State.FAILED, Counts(failed=1))
    return Outcome(check.name, state, time.monotonic() - started, counts)


def run_suite(suite: Suite, needs: Needs, environ: dict[str, str], more: Sequence[str]) -> Outcome:
    """One pytest run."""
    heading(suite.name)
    return outcome_of(suite, needs, environ, more, call)


def run_beside(
    suite: Suite, other: Suite, needs: Needs, environ: dict[str, str], more: Sequence[str]
) -> list[Outcome]:
    """Two pytest runs at once, for those that mostly wait or keep one core busy.

    What ``other``, the longer one, says comes after all that ``suite`` says.
    """
    outcomes: list[Outcome] = []

    def meanwhile(words: Sequence[str], others: dict[str, str]) -> int:
        with TemporaryFile("w+", errors="replace") as said:
            with running(words, others, said) as program:
                outcomes.append(run_suite(suite, needs, environ, more))
                heading(other.name)
                status = program.wait()
            said.seek(0)
            shutil.copyfileobj(said, sys.stdout)
        return status

    last = outcome_of(other, needs, environ, more, meanwhile)
    return [*(outcomes or [run_suite(suite, needs, environ, more)]), last]


def outcome_of(
    suite: Suite,
    needs: Needs,
    environ: dict[str, str],
    more: Sequence[str],
    run: Callable[[Sequence[str], dict[str, str]], int],
) -> Outcome:
    """What came of a suite: started by ``run`` with what it needs, or left out without."""
    try:
        environ = needs.environ(suite, environ)
    except (machine.Missing, DatabaseFailed) as reason:
        return left_out(suite, reason)
    suite.report.unlink(missing_ok=True)
    started = time.monotonic()
    status = run(suite.words(more), environ)
    return ended(suite, status, time.monotonic() - started)


def ended(suite: Suite, status: int, seconds: float) -> Outcome:
    """What came of it. A run that ends badly without a failed test (a crash) counts as one."""
    counts = counted(suite.report)
    if status != 0 and not counts.failed:
        counts = dataclasses.replace(counts, failed=1)
    return Outcome(suite.name, State.OK if status == 0 else State.FAILED, seconds, counts)


def left_out(suite: Suite, reason: Exception) -> Outcome:
    """A suite that could not start: skipped where something is not installed, failed otherwise.

    Nobody reads a log that ends well, so on a build server nothing is skipped.
    """
    skipped = isinstance(reason, machine.Missing) and not IN_CI
    say(f"{'Skipped' if skipped else 'Failed'}: {reason}.")
    if skipped:
        return Outcome(suite.name, State.SKIPPED, counts=Counts(skipped=1), note=str(reason))
    return Outcome(suite.name, State.FAILED, counts=Counts(failed=1), note=str(reason))


def run_all(
    lint: bool, chosen: Sequence[Suite | tuple[Suite, Suite]], more: Sequence[str] = ()
) -> int:
    """Every part, also after one has failed; then the table, and the sum as the last line.

    Of two that come together, the second runs beside the first.
    """
    outcomes = []
    with own_environment() as environ, ExitStack() as stack:
        needs = Needs(stack)
        if lint:
            outcomes += [run_check(check, environ) for check in checks()]
        for suite in chosen:
            if isinstance(suite, Suite):
                outcomes.append(run_suite(suite, needs, environ, more))
            else:
                outcomes += run_beside(*suite, needs, environ, more)
    heading("summary")
    print(table(outcomes))
    print(sum((outcome.counts for outcome in outcomes), Counts()), flush=True)
    return int(any(outcome.state is State.FAILED for outcome in outcomes))


def test(more: Sequence[str]) -> int:
    """Everything, with a tenth of the fault tests' repetitions, half of it on each database."""
    return run_all(
        True,
        (
            suites.WITHOUT,
            suites.SQLITE,
            suites.POSTGRES,
            suites.JOURNEYS,
            (suites.FAULTS, suites.FAULTS_POSTGRES),
        ),
        more,
    )


def faults(more: Sequence[str]) -> int:
    """The fault tests in full, on both databases."""
    first, other = (
        dataclasses.replace(suite, share="1") for suite in (suites.FAULTS, suites.FAULTS_POSTGRES)
    )
    return run_all(False, [(first, other)], more)


def bench(more: Sequence[str]) -> int:
    """``manage.py bench``; with ``--postgres`` in a cluster as durable as a real one."""
    words = [word for word in more if word != "--postgres"]
    with own_environment() as environ, ExitStack() as stack:
        if len(words) < len(more):
            server = cluster(machine.postgres(), durable=True)
            environ["DATABASE_URL"] = stack.enter_context(server)
        return call([*MANAGE, "bench", *words], environ)


def shots(more: Sequence[str]) -> int:
    """The pictures of README and guide, taken of the demo in a real browser."""
    with own_environment() as environ:
        environ["MEDSPIL_CHROMIUM"] = machine.chromium()
        return call([sys.executable, "-m", "tests.shots", *more], environ)


def lock(more: Sequence[str]) -> int:
    """Resolve pyproject.toml anew into a lock that names no host."""
    uv = shutil.which("uv")
    if not uv:
        raise machine.Missing("renewing the lock needs uv, https://docs.astral.sh/uv/")
    return call([uv, *RENEW_LOCK.split(), *more], dict(os.environ, UV_SYSTEM_CERTS="1"))


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "test": test,
    "test-sqlite": lambda more: run_all(False, [dataclasses.replace(suites.SQLITE, only="")], more),
    "test-postgres": lambda more: run_all(False, [suites.POSTGRES], more),
    "test-browser": lambda more: run_all(False, [suites.JOURNEYS], more),
    "test-faults": faults,
    "lint": lambda more: run_all(True, []),
    "bench": bench,
    "shots": shots,
    "lock": lock,
}


def main(words: Sequence[str]) -> int:
    """Run the named command; answers its exit status."""
    stop_on_sigterm()
    try:
        return COMMANDS[words[0]](words[1:])
    except (machine.Missing, DatabaseFailed) as reason:
        say(f"It cannot be done: {reason}.")
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
