"""``run.py demo``: fill the demo once, then web server and worker side by side until Ctrl-C."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

from demo.crew import MANAGE, ROOT, Child, Crew
from demo.ready import EDITION, Stamp, schema
from run import Refused, say

LOOPBACK = ("127.0.0.1", "localhost", "::1")
START_SECONDS = 120


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


def status_of_front_page(host: str, port: int) -> int:
    """How the front page answers; raises OSError where nobody does.

    Said by hand: what Python brings for it takes longer to load than the page to come.
    """
    name = f"[{host}]" if ":" in host else host
    with socket.create_connection((host, port), timeout=START_SECONDS) as line:
        line.sendall(f"GET / HTTP/1.0\r\nHost: {name}:{port}\r\n\r\n".encode())
        with line.makefile("rb") as answer:
            words = answer.readline().split()
    if len(words) < 2:
        raise ConnectionError("No answer.")
    return int(words[1])


def wait_until_it_answers(server: subprocess.Popen[bytes], host: str, port: int) -> None:
    """Ask for the front page until there is one; raises Refused when there will not be."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            status = status_of_front_page(host, port)
        except OSError:
            time.sleep(0.05)
            continue
        if status < 500:
            return
        raise Refused(f"The front page answers with an error ({status}); what went wrong is above.")
    raise Refused("The web server did not come up; what went wrong is above.")


def tell(crew: Crew, site: str, host: str) -> None:
    """The addresses, and who may come in how."""
    print(
        f"\nThe demo is ready.\n  {site}/        the site\n  {site}/admin/  for staff\n", flush=True
    )
    # In one process, for Python and Django are slow to load; the site answers already.
    crew.finish("Listing the staff accounts", "demo", "--accounts", "--soon")
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
