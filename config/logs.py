"""Logs go to stderr: plain lines on a laptop, one line of JSON an event on a server."""

from __future__ import annotations

import logging
import time
from typing import Any


class Plain(logging.Formatter):
    """A line for people: when (UTC), how bad, what, and who says so."""

    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s [%(levelname)-8s] %(message)s [%(name)s]")
        self.converter = time.gmtime


def logging_as(line: dict[str, Any], *, level: str) -> dict[str, Any]:
    """Django's LOGGING setting.

    ``line`` is the formatter (``PLAIN``, or ``config.json_logs.JSON``), ``level`` a name such as
    INFO.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"hide_secrets": {"()": "panel.core.logs.HideSecrets"}},
        "formatters": {"line": line},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "filters": ["hide_secrets"],
                "formatter": "line",
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
        # Django's own handlers would print the same lines a second time, uncleaned.
        "loggers": {"django": {"handlers": [], "level": level, "propagate": True}},
    }


PLAIN = {"()": Plain}
