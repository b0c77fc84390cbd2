"""Logs go to stderr: one line of JSON an event on a server, plain lines on a laptop."""

from __future__ import annotations

from typing import Any

import structlog

from panel.core.logs import hide

_BEFORE: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    hide,
]


def logging_as(*, json: bool, level: str) -> dict[str, Any]:
    """Django's LOGGING setting; ``level`` is a name such as INFO."""
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if json
        else structlog.dev.ConsoleRenderer(colors=False, exception_formatter=_as_it_is)
    )
    structlog.configure(
        processors=[*_BEFORE, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"hide_secrets": {"()": "panel.core.logs.HideSecrets"}},
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processor": renderer,
                "foreign_pre_chain": _BEFORE,
            }
        },
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


def _as_it_is(stream: Any, exc_info: Any) -> None:
    structlog.dev.plain_traceback(stream, exc_info)
