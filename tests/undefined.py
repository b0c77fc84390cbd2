"""Makes an undefined variable in one of our templates fail the test that rendered it.

Django asks ``string_if_invalid`` three things, in this order: are you true, do you hold "%s", and
what are you with the variable's name in you. Other people's templates lean on undefined being
empty, so the first answer depends on whose template is being rendered.
"""

from __future__ import annotations

import sys
from pathlib import Path

from django.conf import settings
from django.template.base import Node


class Undefined(str):
    """Empty and false in other people's templates; in ours it shows, and ``seen`` remembers."""

    __slots__ = ()
    seen: list[str] = []

    def __bool__(self) -> bool:
        return self._template() is not None

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, variable: object) -> str:
        self.seen.append(f"{{{{ {variable} }}}} in {self._template()}")
        return f"UNDEFINED[{variable}]"

    @staticmethod
    def _template() -> str | None:
        """The path of the template being rendered, where it is ours."""
        frame = sys._getframe(2)
        while frame is not None:
            node = frame.f_locals.get("self")
            if isinstance(node, Node) and hasattr(node, "origin"):
                name = str(node.origin.name)
                ours = Path(name).is_relative_to(settings.BASE_DIR / "templates")
                return name if ours else None
            frame = frame.f_back
        return None
