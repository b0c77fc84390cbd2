"""What the tests need from this machine besides Python: PostgreSQL's programs and a Chromium.

Where they are missing, root on Debian or Ubuntu gets them installed; anybody else is told.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from run import apt, install, may_install, say

OLDEST_POSTGRES = 15
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# What the program playwright drives browsers with is linked to, and a small machine lacks.
PLAYWRIGHT_NEEDS = "libatomic1"
# postgresql-common reads this folder before a package makes a cluster of its own.
NO_CLUSTER = Path("/etc/postgresql-common/createcluster.d/medspil-tests.conf")


class Missing(Exception):
    """Something is not there and could not be installed; the message says what and what to do."""


def postgres() -> Path:
    """The folder with ``initdb`` and ``postgres``, newest version first; raises Missing."""
    found = find_postgres()
    if found is None and may_install():
        say("The tests need PostgreSQL: installing Debian's package postgresql ...")
        install_postgres()
        found = find_postgres()
    if found is None:
        raise Missing(
            f"PostgreSQL >= {OLDEST_POSTGRES} is not installed (sudo apt-get install postgresql)"
        )
    return found


def chromium() -> str:
    """A Chromium or Chrome that starts; raises Missing."""
    found = find_chromium()
    if found is None and may_install():
        install_chromium()
        found = find_chromium()
    if found is None:
        raise Missing(
            "Chromium is not installed (Debian: sudo apt-get install chromium; "
            "elsewhere: .venv/bin/playwright install --with-deps chromium)"
        )
    return found


def find_postgres() -> Path | None:
    """The newest server programs that are new enough, in Debian's folders or on PATH."""
    folders = [*Path("/usr/lib/postgresql").glob("*/bin")]
    on_path = shutil.which("postgres")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    versions = {folder: postgres_version(folder) for folder in folders}
    fitting = [folder for folder in folders if versions[folder] >= OLDEST_POSTGRES]
    return max(fitting, key=lambda folder: versions[folder], default=None)


def postgres_version(folder: Path) -> int:
    """The major version of the server in ``folder``; 0 where there is none to start."""
    if not (folder / "initdb").exists():
        return 0
    try:
        words = subprocess.check_output([folder / "postgres", "--version"], text=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    number = re.search(r"\) (\d+)", words)
    return int(number[1]) if number else 0


def install_postgres() -> bool:
    """Debian's server programs, without the cluster its package would otherwise make and start."""
    if not install("postgresql-common"):
        return False
    NO_CLUSTER.parent.mkdir(parents=True, exist_ok=True)
    NO_CLUSTER.write_text("create_main_cluster = false\n", encoding="utf-8")
    try:
        return apt("install", "postgresql")
    finally:
        NO_CLUSTER.unlink()


def install_chromium() -> bool:
    """Debian's Chromium, or the one playwright brings: Ubuntu's package is a door to a snap."""
    if platform.freedesktop_os_release().get("ID") != "ubuntu":
        say("The browser tests need Chromium: installing Debian's package chromium ...")
        return install("chromium", PLAYWRIGHT_NEEDS)
    say("The browser tests need Chromium: installing the one playwright brings ...")
    words = [sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]
    return install(PLAYWRIGHT_NEEDS) and subprocess.call(words, stdout=sys.stderr) == 0


def find_chromium() -> str | None:
    """The first browser that answers when asked for its version."""
    return next((path for path in browsers() if starts(path)), None)


def browsers() -> Iterator[str]:
    """Where a browser may be: the one asked for, those on PATH, a Mac's, playwright's own."""
    asked = os.environ.get("MEDSPIL_CHROMIUM")
    if asked:
        yield asked
    yield from filter(None, map(shutil.which, BROWSERS))
    yield "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    own = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright")
    yield from map(str, sorted(own.glob("chromium-*/chrome-linux*/chrome"), reverse=True))


def starts(browser: str) -> bool:
    """Whether it is a browser: Ubuntu's package of the name is a script that asks for a snap."""
    try:
        answer = subprocess.run([browser, "--version"], capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0
