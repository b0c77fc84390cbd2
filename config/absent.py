"""What other people's packages load in passing, and nothing here uses."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def absent(*names: str, instead: ModuleType | None = None) -> Iterator[None]:
    """While it lasts, ``names`` cannot be imported, as if they were not installed.

    Where somebody insists on them, they find the module ``instead``. What is loaded already stays.
    """
    unknown = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(unknown, instead))  # type: ignore[arg-type]  # None refuses
    try:
        yield
    finally:
        for name in unknown:
            del sys.modules[name]
