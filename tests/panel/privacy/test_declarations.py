"""Every table says what it keeps about people (P7's test)."""

from __future__ import annotations

import pytest
from django.apps import apps

from panel.accounts.models import User
from panel.conversations.models import Commenter
from panel.core.personal import OnErasure
from panel.members.models import Profile
from panel.privacy.declarations import Declared, all_declared, declaration_of, fields_of
from panel.privacy.others import OTHERS

ALL = list(all_declared())


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.label)
def test_every_field_is_on_one_side_and_nothing_else_is(table: Declared) -> None:
    sides = [*table.data.personal, *table.data.other]

    assert sorted(sides) == sorted(set(sides)), "on both sides"
    assert set(sides) == set(fields_of(table.model))


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.label)
def test_what_is_personal_says_why_and_how_long(table: Declared) -> None:
    if table.data.personal:
        assert str(table.data.purpose)
        assert str(table.data.retention)
    if table.data.on_erasure is OnErasure.KEEP:
        assert str(table.data.why_kept)


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.label)
def test_every_path_to_a_person_ends_at_one(table: Declared) -> None:
    assert table.about in (None, User, Commenter)


def test_a_link_is_as_personal_as_the_field_it_is_behind() -> None:
    link = declaration_of(Profile.interests.through)

    assert link.subject == "profile__member__user"
    assert "interest" in link.personal


def test_a_model_nobody_spoke_for_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    rest = {label: data for label, data in OTHERS.items() if label != "account.EmailAddress"}
    monkeypatch.setattr("panel.privacy.declarations.OTHERS", rest)

    with pytest.raises(LookupError, match=r"account\.EmailAddress"):
        list(all_declared())


def test_nothing_is_declared_that_is_not_there() -> None:
    labels = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert set(OTHERS) - labels == set()
