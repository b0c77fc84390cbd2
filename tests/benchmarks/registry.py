"""The benchmarks there are: one module each, with ``run(scale) -> Iterable[Row]``."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable
from importlib import import_module

import tests.benchmarks
from tests.benchmarks.measuring import Row

Run = Callable[[int], Iterable[Row]]


def benchmarks() -> dict[str, Run]:
    """Each benchmark's function by its name, which is its module's."""
    found = {}
    for module in pkgutil.iter_modules(tests.benchmarks.__path__):
        if module.name not in ("apps", "registry") and not module.name.startswith("test_"):
            run = getattr(import_module(f"tests.benchmarks.{module.name}"), "run", None)
            if run is not None:
                found[module.name] = run
    return found
