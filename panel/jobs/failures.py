"""What went wrong, kept so that a person can read it and nobody is in it.

An error's message may quote the row it stumbled over. Addresses, long numbers and the database's
own quotation of values are taken out before anything is stored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from traceback import format_exception
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST = 20_000
LONGEST_LINE = 500

# Bounded, as addresses are: without bounds a long text without one takes minutes.
_ADDRESS = re.compile(r"[^\s@<>,;:\"']{1,64}@[^\s@<>,;:\"']{1,255}")
_NUMBER = re.compile(r"\b\d{2}(?:[ -]?\d{2}){3,}\b")
_QUOTED_ROW = re.compile(r"^(?:DETAIL|CONTEXT|PARAMETERS): .*$", re.MULTILINE)

# By the name of the error, which is the first word of a failure's line.
WORDS: Final = {
    "OverTime": gettext_lazy("It took longer than it may, and was stopped."),
    "WorkerLost": gettext_lazy("Its worker ended in the middle of it, every time."),
    "ImportError": gettext_lazy("The code of this job is no longer there."),
    "ModuleNotFoundError": gettext_lazy("The code of this job is no longer there."),
    "DoesNotExist": gettext_lazy("What it is about is no longer there."),
    "OperationalError": gettext_lazy("The database did not answer, or refused."),
    "IntegrityError": gettext_lazy("The database refused, because a rule would have been broken."),
    "PermissionError": gettext_lazy("It may not read or write a file it needs."),
    "FileNotFoundError": gettext_lazy("A file it needs is no longer there."),
    "ConnectError": gettext_lazy("Another server did not answer."),
    "ConnectionRefusedError": gettext_lazy("Another server did not answer."),
    "TimeoutError": gettext_lazy("Another server took too long to answer."),
    "MemoryError": gettext_lazy("The machine ran out of memory."),
}


@dataclass(frozen=True, slots=True)
class Failure:
    """One failed try; ``line`` is its trace's last: the kind of error and what it said."""

    kind: str
    line: str
    trace: str

    @classmethod
    def of(cls, error: BaseException) -> Failure:
        """From an exception, with what may be personal taken out."""
        kind = f"{type(error).__module__}.{type(error).__qualname__}"
        said = " ".join(masked(str(error)[:LONGEST]).split())
        line = f"{type(error).__name__}: {said}" if said else type(error).__name__
        trace = masked("".join(format_exception(error))[-LONGEST:])
        return cls(kind=kind, line=line[:LONGEST_LINE], trace=trace)

    @classmethod
    def lost_worker(cls, time_limit: float) -> Failure:
        """For a job whose worker gave no more sign of life: nobody was left to say more."""
        line = (
            "WorkerLost: the worker ended in the middle of it. It was killed, ran out of memory, "
            f"lost the database, or the job hung beyond its limit of {time_limit:g} seconds."
        )
        return cls(kind="panel.jobs.failures.WorkerLost", line=line, trace=line)


def explained(line: str) -> str:
    """A failure's ``line`` for somebody who does not program."""
    name = line.partition(":")[0]
    return str(WORDS.get(name) or _("Something happened that the program does not expect."))


def masked(text: str) -> str:
    """``text`` storable on both databases, without addresses, long numbers and quoted rows."""
    clean = text.replace("\x00", "").encode("utf-8", "replace").decode()
    return _NUMBER.sub("[number]", _ADDRESS.sub("[e-mail]", _QUOTED_ROW.sub("", clean)))


def storable(value: Any) -> Any:
    """A job's result as JSON both databases take. Raises TypeError for what is no plain data."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {storable(str(key)): storable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [storable(each) for each in value]
    raise TypeError(f"A job returns plain data or nothing, not {type(value).__name__}.")
