"""The rules of the house that no other tool checks, each as a sentence over all of the code.

Import direction is import-linter's, complexity and docstrings are ruff's (see pyproject.toml).
"""

from __future__ import annotations

import ast
import contextlib
import re
import statistics
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ("panel", "cms", "config", "demo")
CODE = (*PRODUCT, "tests")
OF_THE_PAGES = ("viewsets", "wagtail_hooks", "components")
SAYS_NOTHING = {"utils", "util", "helpers", "common", "services", "misc", "tools"}
OWN_SIGNALS = {
    *("pre_save", "post_save", "pre_delete", "post_delete", "pre_init", "post_init"),
    *("m2m_changed", "Signal"),
}
GENERATED = {
    *(".git", ".venv", ".cache", ".hypothesis"),
    *("var", "staticfiles", "node_modules", "vendor"),
}
PROSE = {".md", ".txt", ".toml", ".lock", ".html", ".css", ".js", ".py", ".po", ".yml", ""}

Functions = ast.FunctionDef | ast.AsyncFunctionDef


def modules(*folders: str, migrations: bool = False) -> Iterator[Path]:
    """Our Python modules, relative to the project; migrations are history and obey no cap."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if migrations or "migrations" not in path.parts:
                yield path.relative_to(ROOT)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), str(path))


def lines(path: Path) -> int:
    return len((ROOT / path).read_text(encoding="utf-8").splitlines())


def functions(*folders: str) -> Iterator[tuple[Path, Functions]]:
    for path in modules(*folders):
        for node in ast.walk(tree(path)):
            if isinstance(node, Functions):
                yield path, node


def length(function: Functions) -> int:
    """Lines from ``def`` to the end, without the docstring."""
    body = function.body
    documented = ast.get_docstring(function) is not None
    doc = (body[0].end_lineno or 0) - body[0].lineno + 1 if documented else 0
    return (function.end_lineno or 0) - function.lineno + 1 - doc


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """The full names a module brings in, each with its place."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((f"{path}:{node.lineno}", alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield f"{path}:{node.lineno}", f"{node.module}.{alias.name}"


def templates() -> Iterator[tuple[Path, str]]:
    for path in sorted((ROOT / "templates").rglob("*.html")):
        yield path.relative_to(ROOT), path.read_text(encoding="utf-8")


@cache
def written() -> list[tuple[Path, str]]:
    """Everything a person wrote in the project, as text."""
    found = []
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT)
        if GENERATED & set(inside.parts) or path.suffix not in PROSE or not path.is_file():
            continue
        with contextlib.suppress(UnicodeDecodeError):
            found.append((inside, path.read_text(encoding="utf-8")))
    return found


# --- Sizes ----------------------------------------------------------------------------------------


def test_no_module_is_longer_than_300_lines():
    found = {str(path): lines(path) for path in (*modules(*PRODUCT), Path("run.py"))}
    assert {path: number for path, number in found.items() if number > 300} == {}


def test_no_function_is_longer_than_50_lines():
    long = {f"{path}:{node.name}": length(node) for path, node in functions(*PRODUCT)}
    assert {name: number for name, number in long.items() if number > 50} == {}


def test_half_of_the_functions_have_seven_lines_or_fewer():
    assert statistics.median(length(node) for _, node in functions("panel", "cms")) <= 7


def test_no_template_is_longer_than_120_lines():
    long = {str(path): len(text.splitlines()) for path, text in templates()}
    assert {path: number for path, number in long.items() if number > 120} == {}


def test_the_shared_settings_stay_readable():
    assert lines(Path("config/settings/base.py")) <= 250


# --- Where things live ----------------------------------------------------------------------------


def test_in_panel_only_staff_screens_import_wagtail():
    strays = [
        f"{place} {name}"
        for path in modules("panel", migrations=True)
        if not {*path.parts, path.stem} & set(OF_THE_PAGES)
        for place, name in imports(path)
        if name.partition(".")[0] == "wagtail"
    ]
    assert strays == []


def test_no_import_hides_inside_a_function():
    hidden = {
        f"{path}:{inner.lineno}"
        for path, node in functions(*CODE)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    }
    assert hidden == set()


def test_every_module_says_by_its_name_what_is_in_it():
    named = {str(path) for path in modules(*CODE) if {*path.parts, path.stem} & SAYS_NOTHING}
    assert named == set()


def test_core_holds_no_models():
    assert not (ROOT / "panel/core/models.py").exists()
    assert not (ROOT / "panel/core/models").exists()


def test_every_app_has_tests_where_the_tree_says():
    apps = [path.parent for path in modules("panel", "cms") if path.name == "apps.py"]
    assert apps
    assert [str(app) for app in apps if not any((ROOT / "tests" / app).glob("test_*.py"))] == []


# --- What models and signals do not do ------------------------------------------------------------


def test_no_model_decides_anything_when_it_is_saved():
    overrides = [
        f"{path}:{node.lineno} {node.name}"
        for path, node in functions("panel", "cms")
        if node.name == "save" and "models" in {*path.parts, path.stem}
    ]
    assert overrides == []


def test_nothing_happens_by_signals_of_our_own():
    uses = [
        f"{place} {name}"
        for path in modules(*PRODUCT)
        for place, name in imports(path)
        if name.startswith("django.") and name.rpartition(".")[2] in OWN_SIGNALS
    ]
    assert uses == []


# --- Pages ----------------------------------------------------------------------------------------

INLINE = {
    "a script without a file": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "a style sheet in the page": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "another origin": re.compile(r"<(script|link|img|iframe)\b[^>]*(src|href)=[\"']?(https?:)?//"),
}


@pytest.mark.parametrize("what", INLINE)
def test_no_page_holds(what: str):
    found = [
        f"{path}:{text[: match.start()].count(chr(10)) + 1}"
        for path, text in templates()
        if "mail" not in path.parts
        for match in INLINE[what].finditer(text)
    ]
    assert found == []


# --- What is written ------------------------------------------------------------------------------


def places(pattern: re.Pattern[str]) -> list[str]:
    """Where it is written, this file left out."""
    return [
        f"{path}:{number}"
        for path, text in written()
        if path != Path(__file__).relative_to(ROOT)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_what_is_left_to_do_has_a_date_and_a_reason():
    assert places(re.compile(r"\b(TODO|FIXME|HACK)\b(?! \d{4}-\d\d-\d\d: \w+)")) == []


def test_nothing_names_a_folder_of_somebody_s_machine():
    assert places(re.compile(r"(?<![\w/.])/(root|work|home/\w+|Users/\w+)/")) == []


def test_nothing_names_a_package_registry_s_host():
    hosts = r"files\.pythonhosted\.org|pypi\.org/simple|registry\.(npmjs|yarnpkg)\.(org|com)"
    assert places(re.compile(rf"{hosts}|--(extra-)?index-url|--find-links")) == []
