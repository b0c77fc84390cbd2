"""Sessions as they lie in the database: unreadable without ``FIELD_KEYS`` (trust S2, S3).

While somebody signs in, a session holds a code, an address or the secret of a new authenticator. A
copy of the database must give none of them away.
"""

from __future__ import annotations

from typing import Any

from django.core.signing import JSONSerializer

from panel.core.crypto import decrypt, encrypt


class EncryptedSerializer:
    """JSON, encrypted. A session no key opens reads as empty: its owner signs in again."""

    def dumps(self, obj: Any) -> bytes:
        """``obj`` as a Fernet token."""
        return encrypt(JSONSerializer().dumps(obj).decode("latin-1")).encode("ascii")

    def loads(self, data: bytes) -> Any:
        """What ``dumps`` was given, or {}."""
        try:
            return JSONSerializer().loads(decrypt(data.decode("ascii")).encode("latin-1"))
        except ValueError:
            return {}
