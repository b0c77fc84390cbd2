"""What became of the last round, at the top of the form where the author works."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel

from cms.review.models import Approval, State

# What the author should know before writing on; until it is sent again.
TOLD = (State.CHANGES, State.REJECTED, State.FELL_AWAY, State.LATE, State.MISSED)


class LastRound(Panel):
    """The editor's note, with who and when. Nothing where nothing is to be told."""

    class BoundPanel(Panel.BoundPanel):
        """For one page."""

        template_name = "review/admin/last_round.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.approval = _newest(self.instance)

        def is_shown(self) -> bool:
            """Only while the last round has something to say."""
            return self.approval is not None and self.approval.state in TOLD


def _newest(page: Any) -> Approval | None:
    if page.pk is None:
        return None
    rounds = Approval.objects.of(page).select_related("decided_by")
    return rounds.order_by("-pk").first()
