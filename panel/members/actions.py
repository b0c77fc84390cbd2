"""What may happen to a membership, a verb each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from panel.accounts.actions import By, close_account
from panel.accounts.models import User
from panel.audit.actions import record
from panel.conversations.models import Commenter
from panel.core.clock import in_copenhagen, now
from panel.members.ages import OldEnough, old_enough
from panel.members.models import (
    Answer,
    Area,
    Claim,
    Consent,
    ConsentText,
    Door,
    Interest,
    Member,
    Profile,
)

VISITS_COUNT_EVERY = timedelta(days=1)


class MembershipRefused(Exception):
    """The citizen may not do this; the message says why, to them."""


class TooYoung(MembershipRefused):
    """Under 15."""


class AlreadyClaimed(MembershipRefused):
    """Somebody said before that these comments are theirs."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a member tells about themselves; everything may be left empty."""

    age_band: str = ""
    area: Area | None = None
    gender: str = ""
    interests: Iterable[Interest] = ()


@transaction.atomic
def join(
    user: User,
    *,
    text: ConsentText,
    birth_year: int,
    has_turned_fifteen: bool = False,
    door: Door = Door.OPEN,
    by: User,
) -> Member:
    """Make ``user`` a member who said yes to ``text``.

    Doing it again gives the membership there is.     Raises TooYoung for somebody under 15, and for
    somebody who turns 15 this year and did not say they have.     The year of birth is looked at
    and not kept.
    """
    age = old_enough(birth_year, on=in_copenhagen(now()).date())
    if age is OldEnough.NO or (age is OldEnough.ONLY_THEY_KNOW and not has_turned_fifteen):
        raise TooYoung(_("You must be 15 or over to join the panel."))
    if text.published_at is None:
        raise MembershipRefused(_("This text is not published, so nobody can agree to it."))
    # The account's row is the lock: two clicks at once make one member.
    User.objects.select_for_update().get(pk=user.pk)
    member, made = Member.objects.get_or_create(
        user=user, defaults={"door": door, "language": text.language, "is_old_enough": True}
    )
    if made:
        Profile.objects.create(member=member)
        Consent.objects.create(member=member, text=text, answer=Answer.GIVEN)
        record("member.joined", on=member, by=by, detail={"door": door, "text": text.version})
    return member


@transaction.atomic
def tell(member: Member, *, told: Told, by: User) -> Profile:
    """Replace what ``member`` told about themselves."""
    profile, _made = Profile.objects.update_or_create(
        member=member,
        defaults={
            "age_band": told.age_band,
            "area": told.area,
            "gender": told.gender,
            "changed_at": now(),
        },
    )
    profile.interests.set(told.interests)
    be_active(member)
    record("profile.changed", on=member, by=by)
    return profile


@transaction.atomic
def agree(member: Member, *, text: ConsentText, by: User) -> Consent:
    """``member`` says yes to a newer text.

    Saying yes twice to one text is one line.
    """
    latest = member.consents.order_by("-answered_at", "-pk").first()
    if latest and latest.text_id == text.pk and latest.answer == Answer.GIVEN:
        return latest
    consent = Consent.objects.create(member=member, text=text, answer=Answer.GIVEN)
    be_active(member)
    record("consent.given", on=member, by=by, detail={"text": text.version})
    return consent


@transaction.atomic
def leave(member: Member, *, by: By) -> None:
    """End the membership and erase what belongs to it: profile, claims, account.

    The log keeps a line without a person.     An account that also works for the municipality
    stays; only the membership goes.
    """
    user = member.user
    last = member.consents.order_by("-answered_at", "-pk").first()
    if last:
        Consent.objects.create(member=member, text=last.text, answer=Answer.WITHDRAWN)
    record("member.left", on=member, by=by)
    member.delete()
    if not user.is_staff:
        close_account(user, by=by)


@transaction.atomic
def claim(member: Member, *, commenter: Commenter, by: User) -> Claim:
    """``member`` says that ``commenter`` is them.

    Raises AlreadyClaimed when somebody said so before.
    """
    try:
        with transaction.atomic():
            made, is_new = Claim.objects.get_or_create(
                commenter=commenter, defaults={"member": member}
            )
    except IntegrityError as error:
        raise AlreadyClaimed(
            _("Somebody has said before that these comments are theirs.")
        ) from error
    if made.member_id != member.pk:
        raise AlreadyClaimed(_("Somebody has said before that these comments are theirs."))
    if is_new:
        record("claim.made", on=member, by=by)
    return made


@transaction.atomic
def disclaim(member: Member, *, claim: Claim, by: User) -> None:
    """Undo a claim of the member's own."""
    gone, _rows = Claim.objects.filter(pk=claim.pk, member=member).delete()
    if gone:
        record("claim.undone", on=member, by=by)


def be_active(member: Member) -> None:
    """The member did something: the clock of P9 starts anew."""
    Member.objects.filter(pk=member.pk).update(last_active_at=now(), asked_to_stay_at=None)


def note_visit(member: Member) -> None:
    """A member came by, signed in: they are active. Written at most once a day."""
    if member.asked_to_stay_at or member.last_active_at < now() - VISITS_COUNT_EVERY:
        be_active(member)


@transaction.atomic
def ask_to_stay(member: Member, *, by: By) -> bool:
    """Note that an inactive member is asked whether they want to stay; False where they were.

    The caller sends the letter, and takes the note back with ``could_not_ask`` where it cannot.
    """
    asked = Member.objects.filter(pk=member.pk, asked_to_stay_at=None).update(
        asked_to_stay_at=now()
    )
    if asked:
        record("member.asked_to_stay", on=member, by=by)
    return bool(asked)


def could_not_ask(member: Member) -> None:
    """The letter did not leave: ask again another day."""
    Member.objects.filter(pk=member.pk).update(asked_to_stay_at=None)


@transaction.atomic
def write_text(*, language: str, text: str, by: User) -> ConsentText:
    """The next version in ``language``, unpublished: nobody is asked about it yet."""
    latest = ConsentText.objects.filter(language=language).aggregate(at=Max("version"))["at"]
    draft = ConsentText(version=(latest or 0) + 1, language=language, text=text.strip())
    draft.full_clean()
    draft.save()
    record("consent_text.written", on=draft, by=by, detail={"version": draft.version})
    return draft


@transaction.atomic
def publish_text(text: ConsentText, *, by: User) -> ConsentText:
    """Make ``text`` the one new members agree to.

    Published words never change.
    """
    locked = ConsentText.objects.select_for_update().get(pk=text.pk)
    if locked.published_at is None:
        locked.published_at, locked.published_by_id = now(), by.pk
        locked.save(update_fields=["published_at", "published_by_id"])
        record("consent_text.published", on=locked, by=by, detail={"version": locked.version})
    return locked
