"""The five roles of staff and what each may do: one table, written to groups by ``sync_roles``.

A role is a Wagtail group whose name is the role's value. An app adds its permissions to the table
here as ("app label", "codename"); nothing is granted anywhere else, and what a group had beside the
table is taken away. Page permissions belong to a tree, not to a model: ``cms`` gives ``also`` a
function that grants them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser, Group
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from panel.accounts.models import User

Permission = tuple[str, str]
Granter = Callable[[Mapping["Role", Group]], None]


class Role(models.TextChoices):
    """What somebody does here. One person may have several."""

    COMMS = "comms", _("Communications officer")
    EDITOR = "editor", _("Editor")
    SPECIALIST = "specialist", _("Department specialist")
    ANALYST = "analyst", _("Analyst")
    ADMINISTRATOR = "administrator", _("Administrator")


# What each role is for, in the words an administrator chooses by.
DOES: Final[Mapping[Role, Promise]] = {
    Role.COMMS: _("listens, finds, invites and writes"),
    Role.EDITOR: _("approves what goes out, and answers for the basis"),
    Role.SPECIALIST: _("reads the comments of their own field"),
    Role.ANALYST: _("sees who takes part, in numbers"),
    Role.ADMINISTRATOR: _("lets colleagues in, connects channels and mends"),
}

ADMIN_DOOR: Final[Permission] = ("wagtailadmin", "access_admin")

# Order as in the layers, one line an app, so that a colleague's addition is a one-line change.
PERMISSIONS: Final[Mapping[Role, tuple[Permission, ...]]] = {
    Role.COMMS: (
        ADMIN_DOOR,
        ("jobs", "view_deadletter"),
        ("publishing", "view_publication"),
        ("publishing", "change_publication"),
        ("publishing", "pause_publication"),
        ("outbox", "view_outgoing"),
        ("outbox", "change_outgoing"),
        ("simple_translation", "submit_translation"),
        ("basis", "view_controllerrecord"),
        ("basis", "add_objection"),
        ("channels", "add_channel"),
        ("channels", "change_channel"),
        ("channels", "view_channel"),
        ("conversations", "add_fileimport"),
        ("conversations", "add_reply"),
        ("conversations", "change_comment"),
        ("conversations", "view_comment"),
        ("conversations", "view_fileimport"),
        ("engagement", "add_shortlist"),
        ("engagement", "view_shortlist"),
        ("invitations", "add_campaign"),
        ("invitations", "add_template"),
        ("invitations", "view_campaign"),
        ("invitations", "view_template"),
        ("members", "view_member"),
        ("members", "view_consenttext"),
        ("stories", "add_storyidea"),
        ("stories", "change_storyidea"),
        ("stories", "view_storyidea"),
    ),
    Role.EDITOR: (
        ADMIN_DOOR,
        ("audit", "view_event"),
        ("pages", "change_municipalitysettings"),
        ("publishing", "view_publication"),
        ("publishing", "change_publication"),
        ("publishing", "pause_publication"),
        ("publishing", "change_planningsettings"),
        ("outbox", "view_outgoing"),
        ("outbox", "change_outgoing"),
        ("review", "give_approval"),
        ("simple_translation", "submit_translation"),
        ("basis", "add_controllerrecord"),
        ("basis", "view_controllerrecord"),
        ("basis", "add_objection"),
        ("conversations", "add_reply"),
        ("conversations", "add_department"),
        ("conversations", "change_department"),
        ("conversations", "delete_department"),
        ("conversations", "view_department"),
        ("conversations", "change_comment"),
        ("conversations", "view_comment"),
        ("engagement", "add_shortlist"),
        ("engagement", "view_shortlist"),
        ("invitations", "add_campaign"),
        ("invitations", "add_template"),
        ("invitations", "view_campaign"),
        ("invitations", "view_template"),
        ("invitations", "approve_template"),
        ("invitations", "release_campaign"),
        ("members", "view_member"),
        ("members", "view_consenttext"),
        ("members", "add_area"),
        ("members", "change_area"),
        ("members", "delete_area"),
        ("members", "view_area"),
        ("members", "add_interest"),
        ("members", "change_interest"),
        ("members", "delete_interest"),
        ("members", "view_interest"),
        ("members", "add_consenttext"),
        ("members", "change_consenttext"),
        ("stories", "add_storyidea"),
        ("stories", "change_storyidea"),
        ("stories", "view_storyidea"),
    ),
    Role.SPECIALIST: (
        ADMIN_DOOR,
        ("conversations", "view_comment"),
        ("publishing", "view_publication"),
        ("outbox", "view_outgoing"),
        ("stories", "add_storyidea"),
    ),
    Role.ANALYST: (
        ADMIN_DOOR,
        ("publishing", "view_publication"),
        ("outbox", "view_outgoing"),
        ("members", "view_member"),
        ("members", "view_consenttext"),
        ("stories", "add_storyidea"),
    ),
    Role.ADMINISTRATOR: (
        ADMIN_DOOR,
        ("accounts", "add_user"),
        ("accounts", "change_user"),
        ("accounts", "view_user"),
        ("audit", "view_event"),
        ("jobs", "change_deadletter"),
        ("jobs", "view_deadletter"),
        ("pages", "change_municipalitysettings"),
        ("publishing", "view_publication"),
        ("publishing", "pause_publication"),
        ("publishing", "change_planningsettings"),
        ("outbox", "view_outgoing"),
        ("outbox", "change_outgoing"),
        ("basis", "add_controllerrecord"),
        ("basis", "view_controllerrecord"),
        ("basis", "add_objection"),
        ("channels", "add_channel"),
        ("channels", "change_channel"),
        ("channels", "view_channel"),
        ("conversations", "add_fileimport"),
        ("conversations", "add_department"),
        ("conversations", "change_department"),
        ("conversations", "delete_department"),
        ("conversations", "view_department"),
        ("conversations", "change_comment"),
        ("conversations", "view_comment"),
        ("conversations", "view_fileimport"),
        ("engagement", "add_shortlist"),
        ("engagement", "view_shortlist"),
        ("invitations", "add_campaign"),
        ("invitations", "add_template"),
        ("invitations", "view_campaign"),
        ("invitations", "view_template"),
        ("invitations", "approve_template"),
        ("invitations", "release_campaign"),
        ("members", "view_member"),
        ("members", "view_consenttext"),
        ("members", "add_area"),
        ("members", "change_area"),
        ("members", "delete_area"),
        ("members", "view_area"),
        ("members", "add_interest"),
        ("members", "change_interest"),
        ("members", "delete_interest"),
        ("members", "view_interest"),
        ("members", "add_consenttext"),
        ("members", "change_consenttext"),
        ("stories", "add_storyidea"),
    ),
}

_granters: list[Granter] = []


def also(granter: Granter) -> Granter:
    """``granter`` gets every role's group at the end of each ``sync_roles``; repeatable."""
    if granter not in _granters:
        _granters.append(granter)
    return granter


def granters() -> tuple[Granter, ...]:
    """Who asked to be called by ``sync_roles``."""
    return tuple(_granters)


def roles_of(user: User | AnonymousUser) -> frozenset[Role]:
    """The roles of an active account; a superuser has all of them. One query an instance."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    if user.is_superuser:
        return frozenset(Role)
    known: Any = user.__dict__.get("_roles")
    if known is None:
        names = set(user.groups.values_list("name", flat=True))
        known = user.__dict__["_roles"] = frozenset(role for role in Role if role in names)
    return frozenset(known)


def has_role(user: User | AnonymousUser, *roles: Role) -> bool:
    """Whether ``user`` has at least one of ``roles``."""
    return not roles_of(user).isdisjoint(roles)
