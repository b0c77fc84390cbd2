"""What a log line must never hold: the key in a link, an address, a CPR number."""

from __future__ import annotations

import logging
import re
from typing import Any

# Addresses that open something: invitations, the calendar, and allauth's links with a key.
_KEYS = re.compile(r"(/i/|/kalender/|/konto/[\w/-]*?key/)[^/\s\"'?#]+")
_ADDRESS = re.compile(r"[^\s@<>,;:\"'=]+@[^\s@<>,;:\"']+\.[^\s@<>,;:\"'.]+")
_CPR = re.compile(r"\b\d{6}-?\d{4}\b")


def without_secrets(text: str) -> str:
    """``text`` with link keys, e-mail addresses and CPR-like numbers replaced by dots."""
    return _CPR.sub("…", _ADDRESS.sub("…@…", _KEYS.sub(r"\1…", text)))


class HideSecrets(logging.Filter):
    """Cleans every record before any handler sees it, arguments and exception text included."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record pass, cleaned."""
        record.msg, record.args = without_secrets(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = without_secrets(record.exc_text)
        # Django hangs the request on its records; its repr is the full address.
        record.__dict__.pop("request", None)
        return True


def hide(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """The same as a structlog processor, for every value that is text."""
    return {
        key: without_secrets(value) if isinstance(value, str) else value
        for key, value in event.items()
    }
