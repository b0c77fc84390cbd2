"""A reader for what the tests write down."""

from __future__ import annotations

from pathlib import Path

import pytest

from .making import Reader


@pytest.fixture
def read_file(tmp_path: Path) -> Reader:
    return Reader(tmp_path)
