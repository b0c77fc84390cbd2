"""The five roles are the only groups there are."""

from __future__ import annotations

from importlib import import_module

from django.apps import apps
from django.contrib.auth.models import Group
from wagtail.models import Task, Workflow, WorkflowPage

from panel.accounts.models import User
from panel.accounts.roles import Role

only_our_roles = import_module("cms.pages.migrations.0004_only_our_roles")


def names() -> set[str]:
    return set(Group.objects.values_list("name", flat=True))


def test_after_migrating_there_are_no_groups_but_our_roles(db: None):
    assert names() == set(Role.values)


def test_nothing_waits_for_a_group_that_is_gone(db: None):
    assert not Workflow.objects.exists()
    assert not Task.objects.exists()
    assert not WorkflowPage.objects.exists()


def test_back_and_forth_again(db: None, member: User):
    only_our_roles.make_groups(apps, None)

    assert names() == {*Role.values, "Editors", "Moderators"}
    moderators = Group.objects.get(name="Moderators")
    assert set(moderators.page_permissions.values_list("permission__codename", flat=True)) == {
        *("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
    }
    assert moderators.permissions.filter(codename="access_admin").exists()
    assert moderators.collection_permissions.count() == 6
    assert WorkflowPage.objects.get().page.depth == 1

    member.groups.add(moderators)
    only_our_roles.remove_groups(apps, None)

    assert names() == set(Role.values)
    assert not Workflow.objects.exists()
    assert not Task.objects.exists()
    assert not User.objects.get(pk=member.pk).has_perm("wagtailadmin.access_admin")
