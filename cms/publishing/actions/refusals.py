"""What the verbs say no with, where the state alone says too little."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.publishing import times
from cms.review.moves import MoveRefused
from panel.core.clock import in_copenhagen, now


class AlreadyOut(MoveRefused):
    """Whoever wanted to stop it was too late, and reads since when and what can be done."""

    def __init__(self, since: datetime) -> None:
        there, today = in_copenhagen(since), in_copenhagen(now()).date()
        said = {"time": times.clock(there), "date": date_format(there)}
        if there.date() == today:
            words = _(
                "It went out at %(time)s, before you could stop it. You can take it down from the "
                "site."
            )
        else:
            words = _("It went out on %(date)s at %(time)s. You can take it down from the site.")
        super().__init__(words % said)
