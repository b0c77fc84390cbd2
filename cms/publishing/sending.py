"""The letters about stories: each claimed before it leaves, so that no two workers send it.

A claim that came to nothing is taken up again after a while, a few times. Only colleagues are
written to, and a letter that may have left before its worker died may come a second time; what
must never happen twice, going live, does not hang on a letter.
"""

from __future__ import annotations

import logging
import smtplib
from datetime import timedelta
from email.mime.image import MIMEImage
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from cms.publishing import postcard, vocabulary
from cms.publishing.models import Notice, Publication, State, What
from cms.publishing.presenting import GoesOut, what_goes_out
from cms.publishing.times import in_words
from cms.review.models import Approval
from cms.review.models import State as Said
from panel.accounts.models import User
from panel.core import mail
from panel.core.clock import now
from panel.core.municipality import municipality

TRIES: Final = 5
# Longer than the job that sends may run: whoever claimed it is not sending it any more.
RETRY_AFTER: Final = timedelta(minutes=15)
KEPT: Final = timedelta(days=90)
CARD: Final = "historien"

_TO_DECIDE = (What.ASKED, What.REMINDER)
_TO_POST = (What.POST, What.POST_AGAIN, What.POST_STILL)
_log = logging.getLogger(__name__)


def due() -> list[int]:
    """Notices to be mailed now, the oldest first."""
    return list(_due().order_by("made_at", "pk").values_list("pk", flat=True))


def send(notice_id: int) -> bool:
    """Mail one notice; whether this call did. False when another does, or nothing is to be told."""
    notice = _claim(notice_id)
    if notice is None:
        return False
    try:
        compose(notice).send()
    except (smtplib.SMTPException, OSError) as failure:
        # Which letter and why, never to whom.
        _log.warning("Notice %s could not be mailed: %s", notice_id, type(failure).__name__)
        return False
    mine = Notice.objects.filter(pk=notice_id, claimed_at=notice.claimed_at)
    mine.update(sent_at=now())
    return True


def forget_old() -> int:
    """Delete what was told 90 days ago, or never could be; how many."""
    before = now() - KEPT
    old = Q(sent_at__lt=before) | Q(sent_at__isnull=True, made_at__lt=before)
    return Notice.objects.filter(old).delete()[0]


def compose(notice: Notice) -> EmailMultiAlternatives:
    """The letter, unsent, in its reader's language."""
    approval, reader = notice.approval, notice.to
    language = language_of(reader)
    with translation.override(language):
        goes_out = what_goes_out(approval)
        context = _context(notice, goes_out)
    template = f"publishing/mail/{notice.what}"
    letter = mail.letter(template, to=reader.email, language=language, context=context)
    if notice.what in _TO_DECIDE:
        _enclose(letter, goes_out, below=f"{context['when']} · {municipality().name}")
    return letter


def language_of(user: User) -> str:
    """What this colleague reads the staff screens in."""
    chosen = UserProfile.objects.filter(user=user).values_list("preferred_language", flat=True)
    return chosen.first() or settings.LANGUAGE_CODE


def way(notice: Notice) -> str:
    """The path of the page where the reader acts."""
    approval = notice.approval
    if notice.what in _TO_POST:
        row = _to_post(approval).order_by("pk").first()
        if row is not None:
            return reverse("outgoing:by_hand", args=[row.pk])
    if notice.what in (*_TO_POST, What.OUT, What.NOT_SENT):
        return reverse("outgoing:record", args=[approval.pk])
    is_author = notice.to_id in {approval.asked_by_id, *approval.authors}
    if not is_author or approval.page_id is None or notice.what in (*_TO_DECIDE, What.APPROVED):
        return reverse("approvals:approval", args=[approval.pk])
    if notice.what in (What.LATE, What.MISSED):
        return reverse("sending:ask", args=[approval.page_id])
    return reverse("wagtailadmin_pages:edit", args=[approval.page_id])


def _due() -> QuerySet[Notice]:
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now() - RETRY_AFTER)
    return Notice.objects.unsent().filter(free, tries__lt=TRIES)


@transaction.atomic
def _claim(notice_id: int) -> Notice | None:
    """The notice, ours to send; what nobody needs to be told any more is dropped instead."""
    notice = (
        _due()
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("approval__page", "approval__asked_by", "approval__decided_by", "to")
        .filter(pk=notice_id)
        .first()
    )
    if notice is None:
        return None
    if not _is_news(notice):
        notice.delete()
        return None
    at, tries = now(), notice.tries + 1
    # Whoever read it at the same time finds that it has moved on.
    free = Notice.objects.filter(pk=notice_id, tries=notice.tries, claimed_at=notice.claimed_at)
    if not free.update(claimed_at=at, tries=tries):
        return None
    notice.claimed_at, notice.tries = at, tries
    return notice


def _is_news(notice: Notice) -> bool:
    if not notice.to.is_active or not notice.to.email:
        return False
    if notice.what in _TO_DECIDE:
        return notice.approval.state == Said.ASKED
    return notice.what not in _TO_POST or _to_post(notice.approval).exists()


def _to_post(approval: Approval) -> QuerySet[Publication]:
    return Publication.objects.filter(approval=approval, state=State.READY)


def _lost(approval: Approval) -> list[tuple[str, str]]:
    """Which networks did not get it, with what is to be said of each."""
    rows = Publication.objects.filter(approval=approval)
    rows = rows.select_related("approval", "channel", "outgoing", "posted_by").order_by("pk")
    return [
        (str(row.channel), vocabulary.on_channel(row))
        for row in rows
        if vocabulary.needs_somebody(row)
    ]


def _context(notice: Notice, goes_out: GoesOut) -> dict[str, Any]:
    approval = notice.approval
    return {
        "name": notice.to.get_short_name(),
        "approval": approval,
        "goes_out": goes_out,
        "when": goes_out.channels[0].when if goes_out.channels else "",
        "needed_by": in_words(approval.needed_by) if approval.needed_by else "",
        "lost": _lost(approval) if notice.what == What.NOT_SENT else (),
        "is_author": notice.to_id in {approval.asked_by_id, *approval.authors},
        "link": settings.SITE_URL + way(notice),
        "card": CARD,
    }


def _enclose(letter: EmailMultiAlternatives, goes_out: GoesOut, *, below: str) -> None:
    """Put the picture into the letter itself: nothing is fetched when it is read."""
    picture = MIMEImage(postcard.draw(goes_out, below=below), "jpeg")
    picture.add_header("Content-ID", f"<{CARD}>")
    picture.add_header("Content-Disposition", "inline", filename=f"{CARD}.jpg")
    with_picture: Any = letter
    with_picture.mixed_subtype = "related"
    with_picture.attach(picture)
