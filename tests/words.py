"""Every message our own code and templates would translate, read from the source without gettext's
own programs, which a fresh machine lacks."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

SAYS = {"_", "gettext", "gettext_lazy", "gettext_noop"}
COUNTS = {"ngettext", "ngettext_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
KNOWN = SAYS | COUNTS | IN_CONTEXT


def in_python(source: str) -> Iterator[str]:
    """The messages in Python source."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield from _of(node, node.func.id)


def _of(call: ast.Call, name: str) -> Iterator[str]:
    places = {**dict.fromkeys(SAYS, 0), **dict.fromkeys(COUNTS, 0), **dict.fromkeys(IN_CONTEXT, 1)}
    place = places.get(name)
    if place is not None and len(call.args) > place:
        said = call.args[place]
        if isinstance(said, ast.Constant) and isinstance(said.value, str):
            yield said.value


def in_template(source: str) -> Iterator[str]:
    """The messages in a Django template."""
    # Django turns a template into calls among letters that mean nothing; each call stands alone.
    text = templatize(source)
    for name in KNOWN:
        start = 0
        while (start := text.find(f" {name}(", start)) >= 0:
            yield from in_python(_call(text, start + 1))
            start += len(name)


def _call(text: str, start: int) -> str:
    """The call at ``start``, to the bracket that closes it."""
    for end in range(start, len(text)):
        if text[end] == ")":
            candidate = text[start : end + 1]
            try:
                ast.parse(candidate)
            except SyntaxError:
                continue
            return candidate
    return ""


def of_project(root: Path) -> Iterator[tuple[Path, str]]:
    """Where, and which message: all of ``panel``, ``cms``, ``config``, ``demo`` and templates."""
    for app in ("panel", "cms", "config", "demo"):
        for path in sorted((root / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from ((path, words) for words in in_python(path.read_text()))
    for path in sorted((root / "templates").rglob("*")):
        if path.suffix in (".html", ".txt"):
            yield from ((path, words) for words in in_template(path.read_text()))
