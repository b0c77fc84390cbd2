"""Whether it is Facebook that calls us."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from typing import Final

from django.conf import settings

SIGNATURE: Final = "X-Hub-Signature-256"
CHALLENGE: Final = re.compile(r"[\w.~-]{1,200}", re.ASCII)


def lacking() -> tuple[str, ...]:
    """The settings without which nobody can sign, or be asked whether we are we."""
    needed = ("FACEBOOK_APP_SECRET", "FACEBOOK_VERIFY_TOKEN")
    return tuple(name for name in needed if not getattr(settings, name))


def is_signed(body: bytes, headers: Mapping[str, str]) -> bool:
    """Whether ``body``, byte by byte, was signed with our app's secret."""
    secret = settings.FACEBOOK_APP_SECRET
    right = "sha256=" + hmac.digest(secret.encode(), body, "sha256").hex()
    given = headers.get(SIGNATURE, "")
    return bool(secret) and hmac.compare_digest(given.encode(errors="replace"), right.encode())


def answer_to(query: Mapping[str, str]) -> str | None:
    """The challenge, if who asks knows the word that was agreed on."""
    word, challenge = settings.FACEBOOK_VERIFY_TOKEN, query.get("hub.challenge", "")
    given = query.get("hub.verify_token", "").encode(errors="replace")
    if query.get("hub.mode") != "subscribe" or not word or not CHALLENGE.fullmatch(challenge):
        return None
    return challenge if hmac.compare_digest(given, word.encode()) else None
