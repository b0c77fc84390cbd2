"""The demo municipality: a laptop's settings, and the door through which its staff come in."""

from __future__ import annotations

from config.env import env

from .dev import *  # noqa: F403
from .dev import BASE_DIR, TEMPLATES

DEBUG = env.bool("DEBUG", False)
# The door (demo/urls.py) is an address of this module only: no other settings can open it.
ROOT_URLCONF = "demo.root_urls"
MUNICIPALITY_NAME = env.str("MUNICIPALITY_NAME", "")
# The sign-in page, with the way to the door below it.
TEMPLATES[0]["DIRS"] = [
    BASE_DIR / "templates" / "demo" / "over",
    *TEMPLATES[0]["DIRS"],  # type: ignore[misc]
]
