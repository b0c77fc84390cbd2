"""``run.py demo``: fill the demo once, then web server and worker side by side until Ctrl-C."""

from __future__ import annotations

import argparse
import errno
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from demo.ready import EDITION, Stamp, schema
from run import Refused, die_with_parent, say

ROOT = Path(__file__).resolve().parent.parent
MANAGE = (sys.executable, str(ROOT / "manage.py"))
LOOPBACK = ("127.0.0.1", "localhost", "::1")
START_SECONDS = 120
STOP_SECONDS = 10
LONGEST_PAUSE_SECONDS = 30
A_GOOD_RUN_SECONDS = 60


def options(words: Sequence[str]) -> argparse.Namespace:
    """The words after ``run.py demo``."""
    parser = argparse.ArgumentParser(
        prog="run.py demo", description="Serve a filled demo municipality on this machine."
    )
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 opens it to your network")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--comments", type=int, help="how many comments to fill it with")
    parser.add_argument("--seed", type=int, help="another seed is another year")
    parser.add_argument("--fresh", action="store_true", help="fill it anew, even if it is filled")
    return parser.parse_args(words)


def make_sure_port_is_free(host: str, port: int) -> None:
    """Raises Refused with what is wrong with the address, and what to write instead."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except (socket.gaierror, OverflowError):
        raise Refused(f"{host}:{port} is no address of this machine.") from None
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise Refused(f"Port {port} of {host} cannot be used: {error.strerror}.") from None
        raise Refused(
            f"Port {port} is taken, perhaps by a demo that is still running. "
            f"Stop that one, or take another port: python3 run.py demo --port {port + 1}"
        ) from None


def address_in_network() -> str:
    """The address other machines know this one by; nothing is sent to find out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def environment(host: str, port: int) -> tuple[dict[str, str], str]:
    """The environment of every process of the demo, and the address to tell people."""
    known_as = address_in_network() if host in ("0.0.0.0", "::") else host  # noqa: S104
    site = f"http://[{known_as}]:{port}" if ":" in known_as else f"http://{known_as}:{port}"
    environ = dict(os.environ, DJANGO_SETTINGS_MODULE="config.settings.demo")
    environ.setdefault("SITE_URL", site)
    names = ("127.0.0.1", "localhost", "[::1]", known_as, socket.gethostname())
    environ.setdefault("ALLOWED_HOSTS", ",".join(names))
    return environ, site


@dataclass
class Child:
    """A process beside us, and how often in a row it ended soon after its start."""

    name: str
    words: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    falls: int = 0
    again_at: float = 0.0


@dataclass
class Crew:
    """Everything we started. Out of reach of the terminal's Ctrl-C, so that we end it in order."""

    environ: dict[str, str]
    children: list[Child] = field(default_factory=list)

    def start(self, child: Child) -> subprocess.Popen[bytes]:
        """Start or restart one."""
        if child not in self.children:
            self.children.append(child)
        child.started = time.monotonic()
        child.process = subprocess.Popen(
            child.words,
            env=self.environ,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
        return child.process

    def finish(self, name: str, *words: str) -> None:
        """Run a step of manage.py to its end; raises Refused when it fails."""
        step = Child(name, (*MANAGE, *words))
        if self.start(step).wait() != 0:
            raise Refused(f"{name} did not work; what went wrong is above.")
        self.children.remove(step)

    def keep_up(self, child: Child) -> None:
        """Restart ``child`` if it has ended, after a pause that grows while it keeps falling."""
        if child.process and child.process.poll() is None:
            return
        now = time.monotonic()
        if child.process:
            lasted = now - child.started
            child.falls = 0 if lasted > A_GOOD_RUN_SECONDS else child.falls + 1
            pause = min(2**child.falls, LONGEST_PAUSE_SECONDS)
            say(f"The {child.name} has ended; starting it again in {pause} s.")
            child.process, child.again_at = None, now + pause
        elif now >= child.again_at:
            self.start(child)

    def stop(self) -> None:
        """Ask all to end, the last started first, and insist after a while."""
        running = [child.process for child in reversed(self.children) if child.process]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(deadline - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def prepare(crew: Crew, chosen: argparse.Namespace) -> None:
    """Migrate and fill, as far as that has not been done."""
    stamp = Stamp.read(ROOT)
    if chosen.fresh or not stamp.has_schema():
        say("Setting up the database ...")
        crew.finish("Setting up the database", "migrate", "--verbosity=0")
        crew.finish("Setting up the roles", "sync_roles")
        stamp.schema = schema(ROOT)
        stamp.write()
    numbers = {"comments": chosen.comments, "seed": chosen.seed}
    asked = {name: number for name, number in numbers.items() if number is not None}
    if chosen.fresh or not stamp.has_content(asked):
        say("Filling the demo municipality, only this once ...")
        stamp.filled = {}
        stamp.write()
        words = [f"--{name}={number}" for name, number in asked.items()]
        # Who may come in is told when there is something to come in to.
        crew.finish("Filling the demo", "demo", "--verbosity=0", *words)
        stamp.filled = {"edition": EDITION, **asked}
        stamp.write()


def web_server(host: str, port: int) -> Child:
    """gunicorn, as demo/gunicorn.py sets it up."""
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    words = ("--config=python:demo.gunicorn", f"--bind={bind}", "config.wsgi:application")
    return Child("web server", (sys.executable, "-m", "gunicorn", *words))


def wait_until_it_answers(server: subprocess.Popen[bytes], host: str, port: int) -> None:
    """Ask for the front page until there is one; raises Refused when there will not be."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        connection = http.client.HTTPConnection(host, port, timeout=START_SECONDS)
        try:
            connection.request("GET", "/")
            status = connection.getresponse().status
        except OSError:
            time.sleep(0.05)
            continue
        finally:
            connection.close()
        if status < 500:
            return
        raise Refused(f"The front page answers with an error ({status}); what went wrong is above.")
    raise Refused("The web server did not come up; what went wrong is above.")


def tell(crew: Crew, site: str, host: str) -> None:
    """The addresses, and who may come in how."""
    print(
        f"\nThe demo is ready.\n  {site}/        the site\n  {site}/admin/  for staff\n", flush=True
    )
    crew.finish("Listing the staff accounts", "demo", "--accounts")
    if host not in LOOPBACK:
        say(
            "Everybody in your network can open it, also the door for staff. Nothing in it is real."
        )
    print("\nCtrl-C stops it.", flush=True)


def serve(crew: Crew, chosen: argparse.Namespace, site: str) -> None:
    """Serve until the web server ends, which it does only when something is wrong."""
    make_sure_port_is_free(chosen.host, chosen.port)
    prepare(crew, chosen)
    server = crew.start(web_server(chosen.host, chosen.port))
    wait_until_it_answers(server, chosen.host, chosen.port)
    worker = Child("worker", (*MANAGE, "work"))
    crew.start(worker)
    tell(crew, site, chosen.host)
    while server.poll() is None:
        crew.keep_up(worker)
        time.sleep(0.2)
    raise Refused("The web server has ended; what went wrong is above.")


def interrupt(number: int, frame: FrameType | None) -> None:
    """Ctrl-C and SIGTERM end in the same place, and only once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt


def main(words: Sequence[str]) -> int:
    """Serve the demo; answers the exit status."""
    chosen = options(words)
    signal.signal(signal.SIGINT, interrupt)
    signal.signal(signal.SIGTERM, interrupt)
    environ, site = environment(chosen.host, chosen.port)
    crew = Crew(environ)
    try:
        serve(crew, chosen, site)
    except Refused as refusal:
        say(str(refusal))
        return 1
    except KeyboardInterrupt:
        say("\nStopping ...")
    finally:
        crew.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
