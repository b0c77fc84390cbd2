"""A photo between two tries: kept while somebody puts right what was wrong beside it.

A browser forgets a chosen file when the form comes back. The photo, clean already, waits under a
name nobody can guess; the form holds that name, signed. Who never comes back is forgotten.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.core import signing

from cms.media.cleaning import Refused, Remade
from cms.stories import private
from panel.core.clock import now

FOLDER: Final = "waiting"
SALT: Final = "stories.tips.waiting"
# As long as the page it belongs to may stay open.
KEPT_FOR: Final = timedelta(hours=24)


def put_aside(photo: Remade) -> str:
    """Keep ``photo``; what the form holds in its place."""
    photo.seek(0)
    name = private.storage().save(f"{FOLDER}/{photo.name}", photo)
    return signing.dumps(name.rpartition("/")[2], salt=SALT)


def fetch(token: str) -> Remade | None:
    """The photo ``token`` stands for; None when it has gone, or was never ours."""
    try:
        name = signing.loads(token, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    if not private.NAME.fullmatch(str(name)):
        return None
    try:
        with private.storage().open(f"{FOLDER}/{name}") as kept:
            return Remade(kept.read())
    except (OSError, Refused):
        return None


def let_go(token: str) -> None:
    """Delete the photo ``token`` stands for: it was sent, or is not wanted."""
    try:
        name = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return
    private.storage().delete(f"{FOLDER}/{name}")


def forget() -> int:
    """Delete what has waited too long; how many."""
    storage = private.storage()
    if not storage.exists(FOLDER):
        return 0
    names = [f"{FOLDER}/{name}" for name in storage.listdir(FOLDER)[1]]
    old = [name for name in names if storage.get_modified_time(name) < now() - KEPT_FOR]
    for name in old:
        storage.delete(name)
    return len(old)
