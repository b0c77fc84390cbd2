"""A template cannot lack what the law asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.invitations import wording
from tests.factories.panel import BODY, REPLY


def test_a_whole_text_has_no_faults() -> None:
    assert wording.faults(BODY) == []
    assert wording.reply_faults(REPLY) == []


@pytest.mark.parametrize("insert", wording.REQUIRED, ids=lambda insert: insert.name)
def test_every_required_insert_is_missed(insert: wording.Insert) -> None:
    without = BODY.replace(f"{{{insert.name}}}", "")
    assert wording.faults(without) == [str(insert.missing)]


def test_what_cannot_be_inserted_is_named() -> None:
    assert "{cpr}" in wording.faults(BODY + "{cpr}")[0]


@pytest.mark.parametrize("stray", ["{", "}", "{{link}}", "{ {link}"])
def test_a_brace_alone_is_a_fault(stray: str) -> None:
    assert wording.faults(BODY + stray)


@pytest.mark.parametrize("personal", ["{name}", "{source}", "{objection}"])
def test_a_public_reply_names_nobody(personal: str) -> None:
    assert wording.reply_faults(REPLY + personal)


def test_a_public_reply_needs_its_link() -> None:
    assert wording.reply_faults("Kom og vær med")


def test_a_reminder_must_say_all_that_the_invitation_must() -> None:
    assert wording.reminder_faults("Husk", BODY) == {"subject": [], "text": []}
    for insert in wording.REQUIRED:
        without = BODY.replace(f"{{{insert.name}}}", "")
        assert wording.reminder_faults("Husk", without)["text"] == [str(insert.missing)]
    assert wording.reminder_faults("Husk {link}", BODY)["subject"]


def test_a_reminder_is_whole_or_there_is_none() -> None:
    assert wording.reminder_faults("", "") == {}
    assert wording.reminder_faults("", BODY)["subject"]
    assert wording.reminder_faults("Husk", "")["text"]


@given(st.dictionaries(st.sampled_from(sorted(wording.KNOWN)), st.text(), min_size=11))
def test_what_is_filled_in_is_never_looked_into_again(values: dict[str, str]) -> None:
    assert wording.fill("{name}", {**values, "name": "{link}"}) == "{link}"


@given(st.text())
def test_any_text_is_judged_without_a_crash(text: str) -> None:
    assert isinstance(wording.faults(text), list)
    assert isinstance(wording.subject_faults(text), list)
    assert isinstance(wording.reply_faults(text), list)
