"""Modules that are loaded when they are first used, not when the program starts."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Later:
    """Stands for the module ``name``, and loads it when something of it is first asked for.

    For what takes long to load and few requests need, such as drawing a PDF: every process would
    pay for it at its start. Beside it stands the import that tools read::

        if TYPE_CHECKING:
            from panel.invitations import papers
        else:
            papers = Later("panel.invitations.papers")
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)
