"""Tests that really commit find the rows they count on."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from wagtail.models import Page

from cms.media.models import Picture
from cms.pages.models import HomePage
from panel.accounts.models import User
from panel.accounts.roles import Role
from tests.factories.accounts import UserFactory, staff_with
from tests.factories.pages import home
from tests.factories.site import whole_site
from tests.snapshot import Snapshot, once

pytestmark = pytest.mark.django_db


def test_what_was_changed_added_and_taken_away_is_as_it_was():
    colleague = staff_with(Role.COMMS)
    before = Snapshot.take()
    UserFactory()
    HomePage.objects.update(title="Noget andet")
    colleague.groups.clear()
    after = Snapshot.take()
    assert after != before

    before.put_back(after)

    assert Snapshot.take() == before
    assert home().title != "Noget andet"
    assert colleague.groups.get().name == Role.COMMS.value


def test_what_was_there_neither_before_nor_after_is_left_alone():
    empty = Snapshot.take()
    made = UserFactory()
    full = Snapshot.take()
    full.put_back(full)
    empty.put_back(full)
    stranger = Group.objects.create(name="somebody else's")

    full.put_back(empty)

    assert type(made).objects.get(pk=made.pk).email == made.email
    stranger.refresh_from_db()


def test_what_is_made_once_is_put_back_beside_what_others_made(stranger: Client):
    without = Snapshot.take()
    made = whole_site()
    without.put_back()
    colleague = staff_with(Role.COMMS)

    again = whole_site()

    assert keys_of(again) == keys_of(made)
    assert again["en"]["plainpage"].body == made["en"]["plainpage"].body
    assert "Om Prøvekøbing" in stranger.get("/").content.decode()
    assert all(image.file.storage.exists(image.file.name) for image in Picture.objects.all())
    colleague.refresh_from_db()


def keys_of(site: dict[str, dict[str, Page]]) -> dict[str, dict[str, int]]:
    return {lang: {kind: page.pk for kind, page in each.items()} for lang, each in site.items()}


def test_it_is_made_once(db: None):
    calls = []

    @once
    def somebody() -> int:
        calls.append("made")
        return int(UserFactory(email="en@example.dk").pk)

    with transaction.atomic():
        key = somebody()
        transaction.set_rollback(True)
    UserFactory(email="to@example.dk")

    assert somebody() == key
    assert calls == ["made"]
    assert set(User.objects.values_list("email", flat=True)) == {"en@example.dk", "to@example.dk"}
