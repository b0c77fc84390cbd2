"""``python -m panel.channels.fake``: the network as a process, without Django.

Says its address on one line when it can be called. With ``--while-asked`` it ends when its standard
input does, so that it never outlives the program that started it.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading

from panel.channels.fake.server import Server, run
from panel.channels.fake.state import App


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m panel.channels.fake")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0: any that is free")
    parser.add_argument("--app-id", default=App().id)
    parser.add_argument("--app-secret-env", default="", help="variable with the app's secret")
    parser.add_argument("--while-asked", action="store_true")
    said = parser.parse_args()
    secret = os.environ.get(said.app_secret_env) or App().secret
    if said.while_asked:
        threading.Thread(target=_end_with_input, daemon=True).start()
    run(Server(App(said.app_id, secret)), said.host, said.port, _say)


def _say(address: str) -> None:
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()


def _end_with_input() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
