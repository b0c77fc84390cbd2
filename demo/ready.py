"""What has been done for the demo already, so that a second start need not look: a stamp in var/.

Asking Django whether a migration is missing costs more than a start may take. The stamp holds a
digest of everything a migration could come from, and what the database was filled with.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

# Raise it when the demo's content changes: the next start fills the database anew.
EDITION = 5


@dataclass
class Stamp:
    """The file ``var/demo.json`` of the project at ``root``, to compare with what is there now."""

    root: Path
    schema: str = ""
    filled: dict[str, int] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """In var/, one for each database that was ever named."""
        named = f"-{self.named[:8]}" if self.named else ""
        return self.root / "var" / f"demo{named}.json"

    @property
    def named(self) -> str:
        """A digest of a DATABASE_URL, which may hold a password; nothing for the usual file."""
        env_file = self.root / ".env"
        env = env_file.read_text(encoding="utf-8") if env_file.exists() else ""
        urls = [os.environ.get("DATABASE_URL", ""), *re.findall(r"(?m)^DATABASE_URL\s*=.*$", env)]
        return hashlib.sha256("\n".join(urls).encode()).hexdigest() if any(urls) else ""

    @property
    def database(self) -> str:
        """Which database is meant; of the usual file, which file: one made anew is another.

        The number of a file that is gone may be given again: to the empty one that any command
        leaves which asks a database that is not there.
        """
        file = self.root / "var" / "medspil.sqlite3"
        if self.named or not file.exists() or not file.stat().st_size:
            return self.named
        return str(file.stat().st_ino)

    @classmethod
    def read(cls, root: Path) -> Stamp:
        """The stamp as it is; an empty one where there is none or the database it meant is gone."""
        stamp = cls(root)
        try:
            said = json.loads(stamp.path.read_text(encoding="utf-8"))
            if said["database"] == stamp.database:
                stamp.schema, stamp.filled = said["schema"], said["filled"]
        except (OSError, ValueError, LookupError, TypeError):
            return cls(root)
        return stamp

    def write(self) -> None:
        """Keep it."""
        said = {"database": self.database, "schema": self.schema, "filled": self.filled}
        self.path.parent.mkdir(exist_ok=True)
        self.path.write_text(json.dumps(said, indent=1), encoding="utf-8")

    def has_schema(self) -> bool:
        """Whether every migration there is today has been run."""
        return self.schema == schema(self.root)

    def has_content(self, asked: dict[str, int]) -> bool:
        """Whether it is filled with today's edition, and with the numbers asked for, if any."""
        return self.filled.get("edition") == EDITION and asked.items() <= self.filled.items()


def schema(root: Path) -> str:
    """A digest of our migrations and of the lock, which stands for everybody else's."""
    digest = hashlib.sha256()
    ours = sorted([*root.glob("panel/*/migrations/*.py"), *root.glob("cms/*/migrations/*.py")])
    for path in (root / "requirements.lock", *ours):
        digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return digest.hexdigest()
