"""run.py: finding a Python, making .venv once, and saying in a sentence what is missing."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import run
from run import Environment, Refused

RUN = Path(run.__file__)


def program(folder: Path, name: str, says: str) -> Path:
    """An executable that prints ``says``, whatever it is asked."""
    path = folder / name
    path.write_text(f"#!/bin/sh\ncat <<'END'\n{says}\nEND\n")
    path.chmod(0o755)
    return path


def python_that_says(folder: Path, name: str, *, minor: int, has_venv: bool = True) -> Path:
    path = folder / name
    return program(folder, name, json.dumps([str(path), 3, minor, has_venv]))


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A machine whose only Python is 3.8."""
    monkeypatch.setattr(sys, "executable", str(python_that_says(tmp_path, "old", minor=8)))
    return {"PATH": str(tmp_path), "PYENV_ROOT": str(tmp_path / "pyenv")}


# --- Finding a Python -----------------------------------------------------------------------------


def test_it_reads_on_python_3_7():
    ast.parse(RUN.read_text(), feature_version=(3, 7))


def test_it_imports_the_standard_library_only():
    tree = ast.parse(RUN.read_text())
    names = {
        alias.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    names |= {
        (node.module or "").partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    }
    assert names <= sys.stdlib_module_names


def test_a_python_describes_itself():
    found = run.describe(sys.executable)
    assert found is not None
    assert (found.major, found.minor) == sys.version_info[:2]
    assert found.fits


@pytest.mark.parametrize("name", ["/bin/false", "/bin/echo", "/nowhere/python3", "/etc/passwd"])
def test_what_is_no_python_describes_nothing(name: str):
    assert run.describe(name) is None


def test_an_old_python_hands_over_to_a_newer_one_on_path(tmp_path: Path, bare: dict[str, str]):
    newer = python_that_says(tmp_path, "python3.12", minor=12)
    assert run.find_python(bare, needs_venv=True).path == str(newer)


def test_a_python_only_pyenv_has_is_found(tmp_path: Path, bare: dict[str, str]):
    folder = tmp_path / "pyenv" / "versions" / "3.11.7" / "bin"
    folder.mkdir(parents=True)
    hidden = python_that_says(folder, "python3", minor=11)
    assert run.find_python(bare, needs_venv=True).path == str(hidden)


def test_one_that_can_make_a_venv_is_preferred(tmp_path: Path, bare: dict[str, str]):
    lacking = python_that_says(tmp_path, "python3.13", minor=13, has_venv=False)
    whole = python_that_says(tmp_path, "python3.11", minor=11)
    assert run.find_python(bare, needs_venv=True).path == str(whole)
    assert run.find_python(bare, needs_venv=False).path == str(lacking)


def test_one_without_venv_is_better_than_none(tmp_path: Path, bare: dict[str, str]):
    lacking = python_that_says(tmp_path, "python3.13", minor=13, has_venv=False)
    assert run.find_python(bare, needs_venv=True).path == str(lacking)


def test_the_python_asked_for_wins(tmp_path: Path, bare: dict[str, str]):
    python_that_says(tmp_path, "python3.13", minor=13)
    asked = python_that_says(tmp_path, "mine", minor=11)
    environ = {**bare, "PYTHON": str(asked)}
    assert run.find_python(environ, needs_venv=True).path == str(asked)


@pytest.mark.parametrize("asked", ["old", "nothing-of-the-kind"])
def test_a_python_asked_for_that_does_not_fit_is_refused_by_name(
    tmp_path: Path, bare: dict[str, str], asked: str
):
    environ = {**bare, "PYTHON": str(tmp_path / asked)}
    with pytest.raises(Refused, match=rf"PYTHON=.*{asked} is no Python >= 3\.11"):
        run.find_python(environ, needs_venv=True)


def test_no_fitting_python_is_one_clear_sentence(bare: dict[str, str]):
    with pytest.raises(Refused, match=r"needs Python 3\.11 or newer.*Install one"):
        run.find_python(bare, needs_venv=True)


@pytest.mark.skipif(run.may_install(), reason="root on Debian installs the package instead")
def test_a_missing_venv_module_names_the_package():
    with pytest.raises(Refused, match=r"sudo apt-get install python3\.11-venv"):
        run.with_venv_module(run.Interpreter("/usr/bin/python3", 3, 11, False))


# --- Making .venv ---------------------------------------------------------------------------------


def wheel(folder: Path, name: str) -> str:
    """A lock line for a package ``name`` made here, with its hash."""
    path = folder / f"{name}-1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}.py", "")
        archive.writestr(
            f"{name}-1.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n"
        )
        archive.writestr(f"{name}-1.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{name}-1.dist-info/RECORD", "")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"{name} @ {path.as_uri()} --hash=sha256:{digest}\n"


@pytest.fixture(scope="module")
def environ() -> dict[str, str]:
    """Without uv, so that what every machine has is what is tried."""
    return {"PATH": "/nowhere"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, environ: dict[str, str]) -> Path:
    """A project whose lock names one package, set up by a real pip."""
    root = tmp_path_factory.mktemp("project")
    (root / "requirements.lock").write_text(wheel(root, "django"))
    run.prepared(root, environ)
    return root


def test_the_packages_of_the_lock_are_there(project: Path, environ: dict[str, str]):
    assert Environment(project).is_ready(environ)


def test_a_second_start_builds_nothing(
    project: Path, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    def make(self: Environment, environ: dict[str, str]) -> None:
        pytest.fail("built again")

    monkeypatch.setattr(Environment, "make", make)
    assert run.prepared(project, environ).folder == project / ".venv"


def test_what_was_seen_to_start_and_is_untouched_is_not_started_to_see(
    project: Path, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    assert Environment(project).is_ready(environ)
    monkeypatch.setattr(subprocess, "call", lambda *words, **how: pytest.fail("started"))
    assert Environment(project).is_ready(environ)


def test_another_lock_asks_for_another_venv(project: Path, environ: dict[str, str]):
    lock = project / "requirements.lock"
    before = lock.read_text()
    lock.write_text(before + "# renewed\n")
    assert not Environment(project).is_ready(environ)
    lock.write_text(before)
    assert Environment(project).is_ready(environ)


def test_a_venv_of_another_python_does_not_do(
    project: Path, environ: dict[str, str], tmp_path: Path
):
    other = python_that_says(tmp_path, "python3.14", minor=14)
    assert not Environment(project).is_ready({**environ, "PYTHON": str(other)})
    assert Environment(project).is_ready({**environ, "PYTHON": sys.executable})


@pytest.mark.parametrize(
    "harm", ["half made", "python gone", "python spoilt", "package gone", "stamp cut off"]
)
def test_a_broken_venv_is_noticed(project: Path, environ: dict[str, str], harm: str):
    environment = Environment(project)
    package = next(environment.folder.glob("lib*/python*/site-packages/django.py"))
    broken, content = {
        "half made": (environment.stamp, ""),
        "stamp cut off": (environment.stamp, '{"lock": "'),
        "python gone": (environment.python, ""),
        "python spoilt": (environment.python, "no program"),
        "package gone": (package, ""),
    }[harm]
    aside = broken.rename(broken.with_name("aside"))
    if content:
        broken.write_text(content)
    try:
        assert not environment.is_ready(environ)
    finally:
        aside.rename(broken)
    assert environment.is_ready(environ)


def test_two_at_once_build_it_once(tmp_path: Path, environ: dict[str, str]):
    (tmp_path / "requirements.lock").write_text(wheel(tmp_path, "django"))
    start = f"import run, pathlib; run.prepared(pathlib.Path({str(tmp_path)!r}), {environ!r})"
    both = [
        subprocess.Popen(
            [sys.executable, "-c", start], cwd=RUN.parent, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    said = sorted((process.communicate(timeout=100)[1] for process in both), key=len)
    assert [process.returncode for process in both] == [0, 0]
    assert "".join(said).count("Setting up .venv") == 1
    assert Environment(tmp_path).is_ready(environ)


def test_a_package_with_another_hash_is_refused(
    tmp_path: Path, environ: dict[str, str], capfd: pytest.CaptureFixture[str]
):
    line = wheel(tmp_path, "django")
    (tmp_path / "requirements.lock").write_text(line[:-9] + "00000000\n")
    with pytest.raises(Refused, match="pip could not install"):
        run.prepared(tmp_path, environ)
    assert "hash" in capfd.readouterr().err.lower()
    assert not Environment(tmp_path).stamp.exists()


# --- The commands ---------------------------------------------------------------------------------


def answer(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, RUN, *words], capture_output=True, text=True)


def test_without_a_word_it_lists_every_command_in_words():
    listed = answer()
    assert listed.returncode == 0
    for name, words in run.COMMANDS.items():
        assert f"  {name} " in listed.stdout
        assert words in listed.stdout


def test_an_unknown_command_is_named_and_the_others_listed():
    refused = answer("tset")
    assert refused.returncode == 2
    assert "There is no command 'tset'" in refused.stderr
    assert "test-sqlite" in refused.stderr


def test_what_one_start_compiles_the_next_one_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    handed: list[dict[str, str]] = []
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(os, "execve", lambda program, words, environ: handed.append(environ))
    run.hand_over(Environment(tmp_path), "manage", ["check"])
    assert handed[0]["VIRTUAL_ENV"] == str(tmp_path / ".venv")
    assert "PYTHONDONTWRITEBYTECODE" not in handed[0]


def test_ci_runs_the_test_command_and_nothing_else():
    lines = (RUN.parent / ".ci" / "run").read_text().splitlines()
    does = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    assert does == ["exec python3 run.py test"]
    assert os.access(RUN.parent / ".ci" / "run", os.X_OK)


def test_the_lock_names_hashes_and_no_host():
    lines = (RUN.parent / "requirements.lock").read_text().splitlines()
    assert any("--hash=sha256:" in line for line in lines)
    assert not [line for line in lines if "://" in line or line.startswith("--")]
