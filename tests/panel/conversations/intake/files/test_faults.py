"""Every refusal is a sentence with the way out, and can be kept as data."""

from __future__ import annotations

import ast
import re
from dataclasses import asdict
from pathlib import Path

import pytest
from django.utils import translation

from panel.conversations.intake import files
from panel.conversations.intake.files import Fault, Guess, UnreadableFile, faults
from panel.conversations.intake.files.faults import FILE_SENTENCES, LINE_SENTENCES, shown

from .making import comments

VALUES: dict[str, str | int] = {
    "value": "x", "line": 1, "last": 2, "most": 3, "length": 4, "found": 5, "expected": 6,
    "fields": "a", "field": "a", "columns": "b", "column": "b", "name": "c", "sheet": "d",
    "sheets": "d, e",
}  # fmt: skip
INTAKE = Path(files.__file__).parent.parent


def raised(name: str) -> set[str]:
    """The codes given to ``name`` by the readers, and by those who call them."""
    return {
        str(argument.value)
        for path in INTAKE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
        for call in node.args[:1]
        for argument in ast.walk(call)
        if isinstance(argument, ast.Constant)
    }


def test_every_reason_for_a_file_has_a_sentence_and_every_sentence_a_reason():
    assert raised("UnreadableFile") == set(FILE_SENTENCES)


def test_every_reason_for_a_line_has_a_sentence():
    assert raised("Refused") <= set(LINE_SENTENCES)


@pytest.mark.parametrize("code", LINE_SENTENCES)
def test_a_line_is_refused_with_a_whole_sentence(code):
    reason = Fault(1, code, "text", VALUES).reason
    assert re.fullmatch(r"\S.*[.]", reason)
    assert "%(" not in reason


@pytest.mark.parametrize("code", FILE_SENTENCES)
def test_a_file_is_refused_with_a_whole_sentence(code):
    sentence = str(UnreadableFile(code, **VALUES))
    assert re.fullmatch(r"\S.*[.]", sentence)
    assert "%(" not in sentence


def test_a_sentence_without_values_may_hold_a_per_cent_sign():
    assert faults.translate_sentence("100 %", {}) == "100 %"  # type: ignore[arg-type]


def test_a_reason_is_told_in_the_language_of_the_reader():
    fault = Fault(2, "empty")
    with translation.override("en"):
        assert fault.reason == "The cell is empty, and it must be filled."


def test_a_fault_and_a_guess_are_plain_data(read_file):
    found = read_file(comments({"time": "24-12-25"}, {}))
    fault = found.faults[0]
    assert Fault(**asdict(fault)) == fault
    assert Guess(**asdict(found.guess)) == found.guess


def test_long_values_are_shown_in_part():
    assert shown("x" * 61) == "x" * 59 + "…"
    assert shown("x" * 60) == "x" * 60
