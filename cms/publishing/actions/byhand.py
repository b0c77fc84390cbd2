"""What a person posts on a channel we cannot reach, and tells us about."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from cms.publishing import moves
from cms.publishing.models import Publication, State
from cms.review.actions import Refused
from panel.accounts.models import User
from panel.audit.actions import record
from panel.core.clock import now

_address = URLValidator(schemes=["https", "http"])


@transaction.atomic
def mark_posted(publication: Publication, *, url: str = "", by: User) -> Publication:
    """Somebody has posted it; ``url`` is where. Raises Refused for an address that is none."""
    url = url.strip()
    if url:
        try:
            _address(url)
        except ValidationError:
            raise Refused(
                _("This is no address. Copy the post’s link, or leave it empty.")
            ) from None
    publication = _held(publication)
    moves.check(publication.state, State.OUT)
    publication.state, publication.url = State.OUT, url
    publication.posted_by, publication.posted_at = by, now()
    publication.out_at = publication.posted_at
    publication.save()
    record("publication.posted", on=publication, by=by)
    return publication


@transaction.atomic
def not_posted_after_all(publication: Publication, *, by: User) -> Publication:
    """Take a mark back that was set by mistake."""
    publication = _held(publication)
    if publication.posted_at is None:
        raise Refused(_("Nobody has marked it as posted."))
    moves.check(publication.state, State.READY)
    publication.state, publication.url = State.READY, ""
    publication.posted_by = publication.posted_at = publication.out_at = None
    publication.save()
    record("publication.not_posted", on=publication, by=by)
    return publication


@transaction.atomic
def give_up_posting(publication: Publication, *, why: str, by: User) -> Publication:
    """It will not be posted there. Raises Refused without a reason."""
    if not why.strip():
        raise Refused(_("Write why, so that your colleagues know."))
    publication = _held(publication)
    moves.check(publication.state, State.CANCELLED)
    publication.state, publication.why = State.CANCELLED, why.strip()
    publication.save(update_fields=["state", "why"])
    record("publication.given_up", on=publication, by=by)
    return publication


def _held(publication: Publication) -> Publication:
    return Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
