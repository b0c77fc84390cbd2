"""What is kept of an error, and what is not."""

from __future__ import annotations

import time

import pytest

from panel.jobs.failures import LONGEST, LONGEST_LINE, Failure, explained, masked, storable


def failure_of(error: BaseException) -> Failure:
    try:
        raise error
    except BaseException as caught:
        return Failure.of(caught)


def test_a_failure_has_its_kind_its_line_and_its_trace():
    failure = failure_of(ValueError("too  many\nwords"))

    assert failure.kind == "builtins.ValueError"
    assert failure.line == "ValueError: too many words"
    assert "raise error" in failure.trace


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("no account mette.hansen+x@example.dk here", "no account [e-mail] here"),
        ("ring 12 34 56 78", "ring [number]"),
        ("010190-1234", "[number]"),
        ("post 42 of 1250", "post 42 of 1250"),
        ("key exists\nDETAIL:  Key (email)=(mette) exists.\nend", "key exists\n\nend"),
        ("a\x00b\ud800", "ab?"),
    ],
)
def test_nobody_is_in_what_is_kept(said, kept):
    assert masked(said) == kept


def test_a_flood_is_cut():
    began = time.monotonic()
    failure = failure_of(ValueError("x" * 5_000_000))

    assert len(failure.line) == LONGEST_LINE
    assert len(failure.trace) == LONGEST
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("OverTime: stopped after 60 seconds", "It took longer than it may, and was stopped."),
        ("OperationalError: gone", "The database did not answer, or refused."),
        ("ZeroDivisionError", "Something happened that the program does not expect."),
    ],
)
def test_an_error_is_explained_to_who_does_not_program(line, words):
    assert explained(line) == words


def test_plain_data_is_storable_and_nothing_else():
    assert storable({1: ("a", None, 1.5, True)}) == {"1": ["a", None, 1.5, True]}
    with pytest.raises(TypeError, match="not set"):
        storable({"x": {1}})
