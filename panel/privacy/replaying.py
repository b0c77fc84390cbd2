"""After a restore nobody has to remember it: database and log tell each other what they lack."""

from __future__ import annotations

from panel.basis import log
from panel.basis.models import Objection
from panel.basis.reports import objected
from panel.privacy.objecting import replay


def catch_up() -> int:
    """Apply the log's objections that the database does not know; how many people were let go.

    What only the database knows is added to the log, where a new machine began without one. Costs
    two reads as long as both know the same.
    """
    logged = set(log.read())
    known = objected(logged)
    log.append(set(Objection.objects.values_list("subject_hash", flat=True)) - logged)
    return replay() if logged - known else 0
