"""What can be done to accounts, one verb each.

``accounts`` lies below ``audit``, so the trail is written through ``core.trail``.
"""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from panel.accounts import second_factor
from panel.accounts.models import User
from panel.accounts.reports import holders
from panel.accounts.roles import PERMISSIONS, Role, granters
from panel.core import erasures
from panel.core.trail import SYSTEM, System, record

By = User | System


class Refused(Exception):
    """A rule forbids it; the message says which, to whoever asked."""


def citizen_for(email: str) -> User:
    """The account with ``email``, made where there is none. The caller has proved the address.

    An account that is closed or a colleague's is given back as it is: ``sign_in`` decides about it.
    """
    email = email.strip().lower()
    try:
        with transaction.atomic():
            user, made = User.objects.get_or_create(
                email__iexact=email, defaults={"email": email, "password": make_password(None)}
            )
            if made:
                record("account.made", on=user, by=user)
    except IntegrityError:
        user = User.objects.get(email__iexact=email)
    _verify(user, email)
    return user


def sign_in(request: HttpRequest, user: User, *, next_url: str | None = None) -> HttpResponseBase:
    """Open a session for ``user``, who has just proved their address, and go to ``next_url``.

    The answer must be returned by the view: a colleague is asked for the second factor first, and a
    closed account gets a page that says so. Afterwards they are led to ``next_url`` all the same.
    """
    return perform_login(  # type: ignore[no-any-return]
        request, user, redirect_url=next_url, email=user.email
    )


@transaction.atomic
def close_account(user: User, *, by: By) -> None:
    """Delete a citizen's account and every way into it; open sessions end with their next request.

    Raises PermissionDenied for a colleague's: those are ended by ``end_employment``, and stay as a
    name.
    """
    if user.is_staff:
        raise PermissionDenied("A colleague's account is ended, not deleted.")
    erasures.note([erasures.mark_of_address(user.email)])
    record("account.closed", on=user, by=by)
    user.delete()


@transaction.atomic
def take_on(email: str, *, name: str, roles: frozenset[Role], by: By) -> User:
    """Make an account for a new colleague, or a colleague of the citizen who has it already.

    They come in with a code to their address, and must choose a second factor before anything else.
    """
    user = citizen_for(email)
    user.name = name
    user.is_staff = user.is_active = True
    user.save(update_fields=["name", "is_staff", "is_active"])
    record("account.taken_on", on=user, by=by)
    set_roles(user, roles=roles, by=by)
    return user


@transaction.atomic
def rename(user: User, *, name: str, by: By) -> None:
    """``user`` is called ``name`` among colleagues."""
    if user.name != name:
        user.name = name
        user.save(update_fields=["name"])
        record("account.renamed", on=user, by=by)


@transaction.atomic
def set_roles(user: User, *, roles: frozenset[Role], by: By) -> None:
    """``user`` has exactly ``roles`` from now on. Groups that are no role are left alone.

    Raises Refused when nobody would be left who can let people in.
    """
    if Role.ADMINISTRATOR not in roles:
        _refuse_without_administrator(user)
    had = set(user.groups.filter(name__in=Role.values).values_list("name", flat=True))
    wanted = {role.value for role in roles}
    if had == wanted:
        return
    user.groups.remove(*Group.objects.filter(name__in=had - wanted))
    user.groups.add(*Group.objects.filter(name__in=wanted - had))
    user.__dict__.pop("_roles", None)
    record("account.roles_set", on=user, by=by, detail={"had": had, "has": wanted})


@transaction.atomic
def end_employment(user: User, *, by: By) -> None:
    """A colleague leaves: no roles, no keys, no way in. Sessions end with their next request.

    The account stays, closed, so that what they did keeps its name. Raises Refused for oneself and
    for the last administrator.
    """
    if by == user:
        raise Refused(_("You cannot end your own access. Ask a colleague."))
    set_roles(user, roles=frozenset(), by=by)
    forget_second_factor(user, by=by)
    user.is_active = user.is_superuser = False
    user.save(update_fields=["is_active", "is_superuser"])
    record("account.ended", on=user, by=by)


@transaction.atomic
def take_back(user: User, *, by: By) -> None:
    """A colleague who had left comes back; roles are given anew."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("account.taken_back", on=user, by=by)


@transaction.atomic
def forget_second_factor(user: User, *, by: By) -> None:
    """Delete authenticator app, passkeys and recovery codes:

    Who lost them starts again with a code.
    """
    count, _each = Authenticator.objects.filter(user=user).delete()
    if count:
        record("account.second_factor_forgotten", on=user, by=by, detail={"keys": count})


def note_sign_in(user: User) -> None:
    """A colleague came in. Of citizens no trail is kept: when they come is theirs."""
    if user.is_staff:
        record("account.signed_in", on=user, by=user)


def note_refusal(user: User) -> None:
    """A wrong code was given for a colleague's account."""
    if user.is_staff:
        record("account.refused", on=user, by=SYSTEM)


def note_key_added(request: HttpRequest, user: User, *, kind: str) -> None:
    """``user`` set up a key and thereby showed it: this session has its second factor."""
    second_factor.note_set_up(request, user, kind=kind)
    record("account.key_added", on=user, by=user, detail={"kind": kind})


def note_key_changed(user: User, *, kind: str) -> None:
    """``user`` took a key away or made the recovery codes anew."""
    record("account.key_changed", on=user, by=user, detail={"kind": kind})


@transaction.atomic
def sync_roles() -> None:
    """Make every role's group and give it exactly what the table says. Repeatable.

    Raises ImproperlyConfigured naming a permission of the table that no model or app declares.
    """
    known = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in Permission.objects.select_related("content_type")
    }
    groups = {role: Group.objects.get_or_create(name=role.value)[0] for role in Role}
    for role, group in groups.items():
        missing = [each for each in PERMISSIONS[role] if each not in known]
        if missing:
            raise ImproperlyConfigured(
                f"The role {role.value} is given {missing[0]}, which nothing declares. "
                "Run `manage.py migrate` first, or mend panel/accounts/roles.py."
            )
        group.permissions.set(known[each] for each in PERMISSIONS[role])
    for granter in granters():
        granter(groups)


def _refuse_without_administrator(leaving: User) -> None:
    """Raise Refused when ``leaving`` is the last one who can administer.

    The roles' rows are the lock.
    """
    Group.objects.select_for_update().get(name=Role.ADMINISTRATOR.value)
    able = holders(Role.ADMINISTRATOR).filter(is_staff=True)
    if able.filter(pk=leaving.pk).exists() and not able.exclude(pk=leaving.pk).exists():
        raise Refused(_("There must be at least one administrator. Choose another one first."))


def _verify(user: User, email: str) -> None:
    """Tell allauth that ``email`` is the user's and proved."""
    EmailAddress.objects.update_or_create(
        user=user, email=email, defaults={"verified": True, "primary": True}
    )
