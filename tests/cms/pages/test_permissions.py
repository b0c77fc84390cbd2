"""Who may write and publish pages."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import GroupPagePermission

from cms.pages.models import PlainPage
from panel.accounts.models import User
from panel.accounts.roles import Role
from tests.conftest import SignedIn
from tests.factories.pages import home, publish


@pytest.mark.parametrize("who", ["clerk", "editor"])
def test_who_writes_may_publish(db: None, who: str, request: pytest.FixtureRequest):
    user: User = request.getfixturevalue(who)
    allowed = home().permissions_for_user(user)

    assert allowed.can_add_subpage()
    assert allowed.can_edit()
    assert allowed.can_publish()


@pytest.mark.parametrize("who", ["specialist", "analyst", "administrator", "member"])
def test_others_may_not(db: None, who: str, request: pytest.FixtureRequest):
    user: User = request.getfixturevalue(who)
    allowed = home().permissions_for_user(user)

    assert not allowed.can_edit()
    assert not allowed.can_publish()


def test_clerk_opens_the_editor_and_stranger_the_door(
    clerk: User, specialist: User, signed_in: SignedIn, stranger
):
    page = publish(PlainPage(title="Byens træer"), home())
    edit = f"/admin/pages/{page.pk}/edit/"

    assert signed_in(clerk).get(edit).status_code == 200
    assert signed_in(specialist).get(edit).status_code == 302
    assert "/konto/login/" in stranger.get(edit)["Location"]


def test_syncing_again_changes_nothing_and_takes_away_what_is_beside_the_table(db: None):
    before = set(GroupPagePermission.objects.values_list("group", "page", "permission"))
    stray = GroupPagePermission.objects.filter(group__name=Role.COMMS).first()
    GroupPagePermission.objects.create(
        group=Group.objects.get(name=Role.ANALYST), page=stray.page, permission=stray.permission
    )

    call_command("sync_roles")

    assert set(GroupPagePermission.objects.values_list("group", "page", "permission")) == before
