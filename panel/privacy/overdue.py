"""Which rows have stayed long enough at a given moment: the questions of ``retaining``."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from panel.accounts.models import EmailCode, User
from panel.audit.models import Event
from panel.basis.models import ControllerRecord
from panel.conversations.models import Comment, Commenter, FileImport, Post
from panel.engagement.models import Shortlist, ShortlistEntry
from panel.invitations.models import Invitation, InvitationState
from panel.members.models import Member

DAYS_WITHOUT_A_RECORD = 180
TO_BE_TOLD = timedelta(days=30)
UNANSWERED = timedelta(days=60)
ASKED_AFTER = timedelta(days=365)
ERASED_AFTER = timedelta(days=548)
TIME_TO_ANSWER = timedelta(days=30)
UNFINISHED = timedelta(days=30)
TRAIL = timedelta(days=5 * 365 + 2)

_NEVER_SENT = (InvitationState.READY, InvitationState.FAILED)
_ANSWERED = (InvitationState.JOINED, InvitationState.DECLINED)


def retention_days() -> int:
    """What the controller decided last, in force or not: an expired record makes nothing stay."""
    latest = ControllerRecord.objects.values_list("retention_days", flat=True).first()
    return DAYS_WITHOUT_A_RECORD if latest is None else latest


def commenters(at: datetime) -> QuerySet[Commenter]:
    """Citizens whose last comment and post are older than the controller decided.

    Whose words are all gone is overdue so long after we last saw the name.
    """
    limit = at - timedelta(days=retention_days())
    comments = Comment.objects.filter(commenter=OuterRef("pk")).order_by()
    posts = Post.objects.filter(author=OuterRef("pk")).order_by()
    young = Q(posted_at__gte=limit) | Q(posted_at=None, seen_at__gte=limit)
    return Commenter.objects.filter(
        ~Exists(comments.filter(written_at__gte=limit)),
        ~Exists(posts.filter(young)),
        Q(name_seen_at__lt=limit) | Exists(comments) | Exists(posts),
        is_page=False,
    )


def untold_people(at: datetime) -> QuerySet[ShortlistEntry]:
    """On a shortlist for 30 days, and nothing has told them."""
    told = Invitation.objects.filter(commenter=OuterRef("commenter")).exclude(state__in=_NEVER_SENT)
    return ShortlistEntry.objects.filter(~Exists(told), added_at__lt=at - TO_BE_TOLD)


def unsent_invitations(at: datetime) -> QuerySet[Invitation]:
    """Made ready for somebody, and never sent."""
    return Invitation.objects.filter(
        state__in=_NEVER_SENT, campaign__made_at__lt=at - TO_BE_TOLD, commenter__isnull=False
    )


def people_on_ended_shortlists(at: datetime) -> QuerySet[ShortlistEntry]:
    """Chosen for a purpose that is over."""
    return ShortlistEntry.objects.filter(shortlist__in=Shortlist.objects.over(at).order_by())


def unanswered_invitations(at: datetime) -> QuerySet[Invitation]:
    """Sent 60 days ago without an answer, with something left to blank."""
    over = Q(state__in=(InvitationState.LAPSED, InvitationState.WITHDRAWN))
    blank = over & Q(email="", token="", token_hash=None, sent_at=None)
    asked = Invitation.objects.annotate(asked_at=Coalesce("sent_at", "campaign__made_at"))
    return asked.filter(asked_at__lt=at - UNANSWERED).exclude(
        blank | Q(state__in=(*_ANSWERED, *_NEVER_SENT)) | Q(commenter=None)
    )


def silent_members(at: datetime) -> QuerySet[Member]:
    """Not active for 12 months, and not asked yet."""
    return Member.objects.filter(last_active_at__lt=at - ASKED_AFTER, asked_to_stay_at=None)


def gone_members(at: datetime) -> QuerySet[Member]:
    """Not active for 18 months, asked, and silent since."""
    return Member.objects.filter(
        last_active_at__lt=at - ERASED_AFTER, asked_to_stay_at__lt=at - TIME_TO_ANSWER
    )


def unfinished_accounts(at: datetime) -> QuerySet[User]:
    """Citizens who proved an address and went no further."""
    users = User.objects.annotate(seen_at=Coalesce("last_login", "joined_at"))
    return users.filter(
        is_staff=False, is_superuser=False, member=None, seen_at__lt=at - UNFINISHED
    )


def files(at: datetime) -> QuerySet[FileImport]:
    """Imports whose uploaded file nobody has needed for a while."""
    return FileImport.objects.filter(
        is_uploaded=True, touched_at__lt=at - timedelta(days=settings.IMPORT_FILE_DAYS)
    ).exclude(path="")


def sessions(at: datetime) -> QuerySet[Session]:
    """Signed-in browsers whose session is over."""
    return Session.objects.filter(expire_date__lt=at)


def codes(at: datetime) -> QuerySet[EmailCode]:
    """Codes nobody can use any more."""
    return EmailCode.objects.filter(Q(expires_at__lte=at) | Q(used_at__isnull=False))


def events(at: datetime) -> QuerySet[Event]:
    """What was done more than five years ago."""
    return Event.objects.filter(at__lt=at - TRAIL)
