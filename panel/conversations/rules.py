"""The debate rules a hidden comment is measured by: asked here, answered by whoever publishes them.

``cms`` keeps the page citizens read and says so with ``published_by``. The words staff choose from
are that page's words, so nobody is hidden for a rule the municipality never told. Without a page
there is nothing to choose: whoever hides writes the rule as it is published elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

_answers: list[Callable[[], Sequence[str]]] = [tuple]


def published_by(provider: Callable[[], Sequence[str]]) -> None:
    """``provider`` knows the published rules from now on, each in a few words.

    Called once, from an AppConfig.
    """
    _answers[:] = [provider]


def published() -> tuple[str, ...]:
    """The rules as citizens read them, in their order; none while nothing is published."""
    return tuple(_answers[0]())
