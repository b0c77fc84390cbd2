"""Erasing somebody who asks for it (P6): rows, files, sessions, caches, and what jobs wrote down.

What stays is said by the declarations: a yes without its person, an invitation that only counts, an
objection's hash, the trail by number. The log of erasures lets a restored backup forget again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from panel.accounts.actions import By, close_account
from panel.accounts.models import User
from panel.audit.actions import SYSTEM, record
from panel.conversations.actions.people import holding_channels_of
from panel.conversations.models import Commenter
from panel.conversations.retention import drop_files_of, drop_given_up_of
from panel.core import erasures
from panel.invitations.models import Invitation
from panel.members import actions as members
from panel.members.models import Member
from panel.privacy import by_address
from panel.privacy.letting_go import let_go, the_same_person
from panel.privacy.objecting import in_batches
from panel.privacy.redacting import redact


class CannotErase(Exception):
    """The rules keep this person; the message says why and what to do, to staff."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What went: how many commenters and accounts, uploaded files that may have named them, and
    what else was kept under an address.
    """

    commenters: int = 0
    accounts: int = 0
    files: int = 0
    others: int = 0


def erase_commenter(commenter: Commenter, *, by: By) -> Erased:
    """Erase somebody who commented, on every channel where the same id is the same person.

    Comments become tombstones, which no later file brings back. Files uploaded to those channels
    are deleted whole, imports of them end.
    """
    keys = the_same_person(commenter)
    with holding_channels_of(keys):
        people = list(Commenter.objects.filter(pk__in=keys).select_related("channel"))
        marks = [word for person in people for word in (person.name, person.external_id)]
        erasures.note(
            erasures.mark_of_commenter(person.channel.scope, person.external_id)
            for person in people
        )
        redact([*marks, *_addresses_given_for(keys)])
        channels = {person.channel_id for person in people}
        files = drop_files_of(channels)
        drop_given_up_of(channels)
        gone = let_go(keys, by=by, keep_words=False)
        _end(by, commenters=gone)
    return Erased(commenters=gone, files=files)


@transaction.atomic
def erase_user(user: User, *, by: By, with_comments: bool = True) -> Erased:
    """Erase a citizen's account, membership and everything told; with the comments they claimed.

    Raises CannotErase for a colleague.
    """
    if user.is_staff or user.is_superuser:
        raise CannotErase(
            _("This is a colleague's account. End it under Colleagues; what they did stays known.")
        )
    claimed = Commenter.objects.filter(claim__member__user=user).select_related("channel")
    parts = [erase_commenter(person, by=by) for person in claimed] if with_comments else []
    addresses = {
        user.email,
        *EmailAddress.objects.filter(user=user).values_list("email", flat=True),
    }
    redact([*addresses, user.name])
    others = by_address.forget(by_address.addresses_of(user), by=by)
    _blank_invitations_to(addresses)
    _blank_labels(user)
    _end_sessions(user, addresses)
    _close(user, by=by)
    _end(by, accounts=1)
    return Erased(
        commenters=sum(part.commenters for part in parts),
        accounts=1,
        files=sum(part.files for part in parts),
        others=others,
    )


@transaction.atomic
def erase_address(address: str, *, by: By) -> Erased:
    """Erase what is kept under an address whose owner has no account."""
    erasures.note([erasures.mark_of_address(address)])
    redact([address])
    others = by_address.forget([address], by=by)
    _end(by, others=others)
    return Erased(others=others)


def replay() -> Erased:
    """Erase again, after a restore, whom the backup brought back. Who returned since, stays."""
    log = erasures.read()
    accounts = [
        user
        for user in User.objects.filter(is_staff=False, is_superuser=False).iterator()
        if (at := log.get(erasures.mark_of_address(user.email))) and user.joined_at <= at
    ]
    people = [
        person
        for batch in in_batches(Commenter.objects.select_related("channel").iterator())
        for person in batch
        if (at := log.get(erasures.mark_of_commenter(person.channel.scope, person.external_id)))
        and not person.comments.filter(written_at__gt=at).exists()
    ]
    for user in accounts:
        erase_user(user, by=SYSTEM, with_comments=False)
    return Erased(
        commenters=sum(erase_commenter(person, by=SYSTEM).commenters for person in people),
        accounts=len(accounts),
        others=by_address.replay(log, by=SYSTEM),
    )


def _close(user: User, *, by: By) -> None:
    member = Member.objects.filter(user=user).select_related("user").first()
    if member is not None:
        members.leave(member, by=by)
    else:
        close_account(user, by=by)


def _end(by: By, **counts: int) -> None:
    # Not on the person: the trail must not say who they were.
    record("person.erased", on=("privacy.person", "erased"), by=by, detail=counts)
    # Rate limits know addresses by their hash; forgetting them all costs a minute's patience.
    transaction.on_commit(cache.clear)


def _addresses_given_for(keys: Collection[int]) -> list[str]:
    given = Invitation.objects.filter(commenter__in=keys).exclude(email="")
    return list(given.values_list("email", flat=True))


def _blank_invitations_to(addresses: Collection[str]) -> None:
    """Addresses are encrypted, so they are looked through one by one; few are kept."""
    wanted = {address.lower() for address in addresses}
    given = Invitation.objects.exclude(email="").values_list("pk", "email")
    theirs = [pk for pk, email in given if email.lower() in wanted]
    Invitation.objects.filter(pk__in=theirs).update(email="")


def _blank_labels(user: User) -> None:
    """Wagtail notes beside what was done to a row what the row was called."""
    log = apps.get_model("wagtailcore", "ModelLogEntry")
    kind = ContentType.objects.get_for_model(User)
    log._base_manager.filter(content_type=kind, object_id=str(user.pk)).update(label="–")


def _end_sessions(user: User, addresses: Iterable[str]) -> None:
    """Sessions are encrypted, so each is opened: theirs, and those waiting for a code to them."""
    words = [address.lower() for address in addresses]
    theirs = [
        session.pk
        for session in Session.objects.iterator()
        if _is_about(session.get_decoded(), user, words)
    ]
    for keys in in_batches(iter(theirs)):
        Session.objects.filter(pk__in=keys).delete()


def _is_about(data: dict[str, object], user: User, words: list[str]) -> bool:
    said = json.dumps(data, default=str, ensure_ascii=False).lower()
    return str(data.get("_auth_user_id")) == str(user.pk) or any(word in said for word in words)
