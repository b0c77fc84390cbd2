#!/usr/bin/env python3
"""Medspil's commands; without a word, ``python3 run.py`` lists them.

Standard library only, and readable to Python 3.7, so that an old Python can say what is missing
instead of showing a stack trace. It finds a Python that fits, makes ``.venv`` from
``requirements.lock`` once (and again when the lock changes), and hands over to it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Iterator, NamedTuple, NoReturn  # noqa: UP035 - readable to old Pythons

try:
    import fcntl
except ImportError:  # Windows: main() says so.
    fcntl = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parent
OLDEST = (3, 11)
STARTS_FROM = ("bin/python", "pyvenv.cfg", "lib*/*/site-packages", "lib*/*/site-packages/django")
NAMES = ("python3.13", "python3.12", "python3.11", "python3.14", "python3", "python")

COMMANDS = {
    "demo": "serve a filled demo municipality on this machine",
    "test": "run every check and every test",
    "test-sqlite": "run the tests on SQLite (pytest's words may follow)",
    "test-postgres": "run the tests on a throw-away PostgreSQL",
    "test-browser": "run the journeys in a real browser",
    "test-faults": "kill, race and reorder things, at full length",
    "lint": "check style, types, templates, import direction, settings and migrations",
    "bench": "measure all, or what is named; --postgres measures on a throw-away PostgreSQL",
    "shots": "take the pictures of README and user guide anew",
    "lock": "renew requirements.lock from pyproject.toml (needs uv)",
    "manage": "run manage.py with the words that follow",
}
# The others are words to tests/harness.
RUNS = {"demo": ("-m", "demo.serve"), "manage": (str(ROOT / "manage.py"),)}


class Refused(Exception):
    """It cannot be done, and the message says in a sentence why and what to do about it."""


def say(text: str) -> None:
    """Tell the person at the keyboard; stdout stays free for what commands answer."""
    print(text, file=sys.stderr, flush=True)


# Asked of old Pythons too, so written for all of them.
DESCRIBE = """
import json, sys
from importlib.util import find_spec
has_venv = bool(find_spec("ensurepip") and find_spec("venv"))
path = getattr(sys, "_base_executable", None) or sys.executable
print(json.dumps([path, sys.version_info[0], sys.version_info[1], has_venv]))
"""


class Interpreter(NamedTuple):
    """A Python on this machine, as it describes itself."""

    path: str
    major: int
    minor: int
    has_venv: bool

    @property
    def fits(self) -> bool:
        """Whether Medspil runs on it."""
        return (self.major, self.minor) >= OLDEST


def describe(python: str) -> Interpreter | None:
    """What ``python`` says of itself; None where it is no Python or does not start."""
    ask = [python, "-Ic", DESCRIBE]
    try:
        answer = subprocess.check_output(ask, stderr=subprocess.DEVNULL, timeout=20)
        return Interpreter(*json.loads(answer.decode()))
    except (OSError, ValueError, TypeError, subprocess.SubprocessError):
        return None


def candidates(environ: dict[str, str]) -> Iterator[str]:
    """Pythons worth asking, best first: this one, those on PATH, those in pyenv's folders."""
    yield sys.executable
    folders = [Path(folder) for folder in environ.get("PATH", os.defpath).split(os.pathsep)]
    for name in NAMES:
        for folder in folders:
            if os.access(str(folder / name), os.X_OK):
                yield str(folder / name)
    pyenv = Path(environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from sorted(map(str, pyenv.glob("versions/*/bin/python3")), reverse=True)


def find_python(environ: dict[str, str], *, needs_venv: bool) -> Interpreter:
    """The Python to build on: ``PYTHON=`` if given, else the first candidate that fits.

    One without the venv module is taken only where ``needs_venv`` is false or there is no other.
    """
    asked = environ.get("PYTHON")
    if asked:
        python = describe(shutil.which(asked) or asked)
        if python and python.fits:
            return python
        raise Refused(f"PYTHON={asked} is no Python >= 3.11. Leave it out to have one found.")
    spare = None
    for python in map(describe, candidates(environ)):
        if python and python.fits:
            if python.has_venv or not needs_venv:
                return python
            spare = spare or python
    if spare:
        return spare
    raise Refused(
        f"Medspil needs Python 3.11 or newer. This is {sys.version_info[0]}.{sys.version_info[1]}, "
        "and run.py found no other on this machine. Install one and run the same command again, "
        "or point to it: PYTHON=/path/to/python3.11 python3 run.py demo"
    )


def may_install() -> bool:
    """Whether packages of Debian or Ubuntu can be installed here without asking anybody."""
    return os.geteuid() == 0 and bool(shutil.which("apt-get"))


def apt(*words: str) -> bool:
    """apt-get without questions, its words on stderr; answers whether that went well."""
    quietly = ["apt-get", "-qq", "-y", "-o", "Dpkg::Use-Pty=0", "--no-install-recommends", *words]
    environ = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    return subprocess.call(quietly, env=environ, stdout=sys.stderr) == 0


def install(*packages: str) -> bool:
    """Install Debian packages, with a list of packages of today: a fresh container has none."""
    return apt("update") and apt("install", *packages)


def with_venv_module(python: Interpreter) -> Interpreter:
    """The same Python once it can make a .venv; Debian keeps that part in a package of its own."""
    package = f"python{python.major}.{python.minor}-venv"
    if may_install():
        say(f"{python.path} lacks its venv module: installing Debian's package {package} ...")
        found = describe(python.path) if install(package) else None
        if found and found.has_venv:
            return found
    raise Refused(
        f"{python.path} cannot make a .venv: its venv module is missing. On Debian or Ubuntu: "
        f"sudo apt-get install {package}. Then run the same command again."
    )


class Environment:
    """``.venv``, and the stamp in it that says from which lock and by which Python it was made.

    The stamp is written last: a folder without one is half made, and is made again.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.python = self.folder / "bin" / "python"
        self.lock = root / "requirements.lock"
        self.stamp = self.folder / "made-from.json"

    def mark(self, python: str) -> None:
        """Say that it is complete, and made by ``python`` from today's lock."""
        self.stamp.write_text(json.dumps(self._wanted(python)), encoding="utf-8")

    def _wanted(self, python: str) -> dict[str, str]:
        lock = hashlib.sha256(self.lock.read_bytes()).hexdigest()
        return {"lock": lock, "python": os.path.realpath(python)}

    def is_ready(self, environ: dict[str, str]) -> bool:
        """Whether it was made from today's lock, by the Python asked for, and still starts."""
        try:
            made = json.loads(self.stamp.read_text(encoding="utf-8"))
            asked = environ.get("PYTHON") and find_python(environ, needs_venv=False).path
            return made == self._wanted(asked or made["python"]) and self._starts()
        except (OSError, ValueError, KeyError):
            return False

    def _starts(self) -> bool:
        """Whether its Python finds Django: asked anew where the files are not those that did."""
        found = (os.stat(str(path)) for each in STARTS_FROM for path in self.folder.glob(each))
        now = json.dumps(sorted([each.st_ino, each.st_mtime_ns, each.st_size] for each in found))
        seen = self.folder / "seen-to-start.json"
        if seen.exists() and seen.read_text(encoding="utf-8") == now:
            return True
        asked = [str(self.python), "-Ic", "import django"]
        starts = subprocess.call(asked, stderr=subprocess.DEVNULL) == 0
        with contextlib.suppress(OSError):  # Of a folder we may only read, it is asked every time.
            seen.write_text(now if starts else "", encoding="utf-8")
        return starts

    def make(self, environ: dict[str, str]) -> None:
        """Build it anew: by uv where that is installed and succeeds, else by venv and pip."""
        uv = shutil.which("uv", path=environ.get("PATH"))
        python = find_python(environ, needs_venv=not uv)
        say(f"Setting up .venv (Python {python.major}.{python.minor}): a minute or two, once ...")
        if not (uv and self._make_with_uv(uv, python, environ)):
            self._make_with_pip(python)
        self.mark(python.path)

    def _make_with_uv(self, uv: str, python: Interpreter, environ: dict[str, str]) -> bool:
        # The system's certificates, as pip uses: town halls have their own. And the Python named
        # here: uv must not go and look for one on the open network.
        environ = dict(environ, UV_SYSTEM_CERTS="1", UV_PYTHON_DOWNLOADS="never")
        make = [uv, "venv", "-q", "--no-project", "--python", python.path, str(self.folder)]
        fill = [uv, "pip", "sync", "-q", "--compile-bytecode", "--require-hashes", "--python"]
        shutil.rmtree(str(self.folder), ignore_errors=True)
        steps = (make, [*fill, str(self.python), str(self.lock)])
        if all(subprocess.call(step, env=environ, cwd=str(self.root)) == 0 for step in steps):
            return True
        say("uv could not set it up (its words are above); trying with pip.")
        return False

    def _make_with_pip(self, python: Interpreter) -> None:
        if not python.has_venv:
            python = with_venv_module(python)
        shutil.rmtree(str(self.folder), ignore_errors=True)
        if subprocess.call([python.path, "-m", "venv", str(self.folder)]) != 0:
            raise Refused(f"Python could not make {self.folder}; its words are above.")
        pip = [str(self.python), "-m", "pip", "install", "--quiet", "--no-input", "--no-deps"]
        pip += ["--disable-pip-version-check", "--require-hashes", "-r", str(self.lock)]
        if subprocess.call(pip, env=dict(os.environ, PIP_ROOT_USER_ACTION="ignore")) != 0:
            raise Refused(
                "pip could not install the packages of requirements.lock; its words are above. "
                "Run the same command again once the network is back. Behind a proxy or with an "
                "index of your own, pip's usual settings apply (HTTPS_PROXY, PIP_INDEX_URL)."
            )


def prepared(root: Path, environ: dict[str, str]) -> Environment:
    """The project's Python, made or renewed where needed, by one run at a time."""
    environment = Environment(root)
    if environment.is_ready(environ):
        return environment
    (root / ".cache").mkdir(exist_ok=True)
    with open(str(root / ".cache" / "run.lock"), "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Another run.py is setting up .venv; waiting for it ...")
            fcntl.flock(handle, fcntl.LOCK_EX)
        if not environment.is_ready(environ):
            environment.make(environ)
    return environment


def listing() -> str:
    """The commands in plain words."""
    lines = [f"  {name:<14} {words}" for name, words in COMMANDS.items()]
    return "\n".join(["usage: python3 run.py COMMAND [...]", "", *lines])


def hand_over(environment: Environment, name: str, words: list[str]) -> NoReturn:
    """Become the project's Python: signals and the exit status are then its own."""
    environ = dict(os.environ, VIRTUAL_ENV=str(environment.folder))
    environ["PATH"] = os.pathsep.join([str(environment.python.parent), environ.get("PATH", "")])
    # The last would have every start compile what the one before it compiled.
    leftovers = "PYTHONHOME PYTHONPATH __PYVENV_LAUNCHER__ PYTHONDONTWRITEBYTECODE"
    for leftover in leftovers.split():
        environ.pop(leftover, None)
    runs = RUNS.get(name, ("-m", "tests.harness", name))
    if runs[0] == "-m":
        os.chdir(str(ROOT))
    os.execve(str(environment.python), [str(environment.python), *runs, *words], environ)


def main(words: list[str]) -> int:
    """Run one command; answers the exit status where it does not hand over."""
    name = words[0] if words else "help"
    if name in ("help", "-h", "--help"):
        print(listing())
        return 0
    if name not in COMMANDS:
        say(f"There is no command {name!r}.\n\n{listing()}")
        return 2
    try:
        if fcntl is None:
            raise Refused("Medspil runs on Linux and macOS. On Windows, use it inside WSL.")
        hand_over(prepared(ROOT, dict(os.environ)), name, words[1:])
    except Refused as refusal:
        say(str(refusal))
        return 2
    except KeyboardInterrupt:
        say("Stopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
