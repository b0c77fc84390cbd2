"""Numbers that could be a civil registration number are shown to nobody."""

# ruff: noqa: RUF001 - signs that look alike are the point

from __future__ import annotations

import pytest

from panel.conversations.cells import harmless
from panel.conversations.masking import masked


@pytest.mark.parametrize(
    "number", ["010190-1234", "0101901234", "010190 1234", "311299-0000", "610190-1234"]
)
def test_a_number_like_cpr_is_masked(number: str):
    shown = masked(f"Mit nummer er {number}, ring til mig")
    assert number not in shown
    assert "1234" not in shown
    assert shown.endswith(", ring til mig")


@pytest.mark.parametrize(
    "text", ["Ring 12345678", "Sag 2026-123456", "Faktura 99999912345678", "", "990190-1234"]
)
def test_other_numbers_stay(text: str):
    assert masked(text) == text


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", " =1", '"=1', "＝1", "'=1"]
)
def test_no_cell_is_a_formula(cell: str):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["Hej", "1+1", ""])
def test_text_stays_text(cell: str):
    assert harmless(cell) == cell
