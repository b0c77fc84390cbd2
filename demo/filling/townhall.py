"""The town hall: its staff with their roles, what it has decided, and the lists it keeps."""

from __future__ import annotations

from datetime import timedelta

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from demo.world import (
    AREAS,
    DEPARTMENTS,
    DPIA_REFERENCE,
    INTERESTS,
    LEGAL_BASIS,
    RETENTION_DAYS,
    STAFF,
)
from panel.accounts.actions import sync_roles, take_on
from panel.accounts.models import User
from panel.accounts.roles import Role
from panel.audit.actions import SYSTEM
from panel.basis.actions import record_basis
from panel.conversations.models import Department
from panel.core.clock import in_copenhagen, now
from panel.members.models import Area, Interest

A_YEAR = timedelta(days=365)


def employ() -> dict[str, User]:
    """An account for everybody on the staff, each with an authenticator app set up; by role, and
    by first name for a second one in the same role.

    Nobody holds that app: in the demo they come in by its own door.
    """
    sync_roles()
    staff = {}
    for person in STAFF:
        role = Role(person.role)
        user = take_on(person.email, name=person.name, roles=frozenset({role}), by=SYSTEM)
        TOTP.activate(user, generate_totp_secret())
        staff[person.first_name.lower() if person.role in staff else person.role] = user
    return staff


def decide(*, by: User) -> None:
    """The controller's record, which opens the gate for a year and a half."""
    today = in_copenhagen(now()).date()
    record_basis(
        legal_basis=LEGAL_BASIS,
        dpia_reference=DPIA_REFERENCE,
        dpo_consulted_on=today - timedelta(days=12),
        retention_days=RETENTION_DAYS,
        valid_until=today + A_YEAR * 3 // 2,
        by=by,
    )


def keep_lists() -> None:
    """Departments, and what members may tell: where they live and what interests them."""
    Department.objects.bulk_create(
        Department(slug=each.slug, name=each.name) for each in DEPARTMENTS
    )
    Area.objects.bulk_create(Area(name=area.name, order=at) for at, area in enumerate(AREAS))
    Interest.objects.bulk_create(
        Interest(name=danish, order=at) for at, (danish, _english) in enumerate(INTERESTS)
    )
