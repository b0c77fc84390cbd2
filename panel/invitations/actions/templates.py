"""Templates are written by one person and approved by another; a saved version never changes."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from panel.accounts.models import User
from panel.audit.actions import record
from panel.core.clock import now
from panel.invitations import wording
from panel.invitations.models import Template


@transaction.atomic
def write_template(
    *,
    name: str,
    language: str,
    subject: str,
    body: str,
    reminder_subject: str = "",
    reminder: str = "",
    reply: str = "",
    by: User,
) -> Template:
    """The next version of the template ``name`` in ``language``, waiting for approval.

    Raises ValidationError with a sentence for everything the law asks for and the text lacks.
    """
    reminder_faults = wording.reminder_faults(reminder_subject, reminder)
    faults = {
        "subject": wording.subject_faults(subject),
        "body": wording.faults(body),
        "reminder_subject": reminder_faults.get("subject"),
        "reminder": reminder_faults.get("text"),
        "reply": wording.reply_faults(reply),
    }
    if any(faults.values()):
        raise ValidationError({field: found for field, found in faults.items() if found})
    latest = Template.objects.filter(name=name, language=language).aggregate(at=Max("version"))
    template = Template(
        name=name,
        language=language,
        version=(latest["at"] or 0) + 1,
        subject=subject,
        body=body,
        reminder_subject=reminder_subject,
        reminder=reminder,
        reply=reply,
        written_by=by,
    )
    template.full_clean()
    template.save()
    record("template.written", on=template, by=by, detail={"version": template.version})
    return template


@transaction.atomic
def approve_template(template: Template, *, by: User) -> Template:
    """A second person's yes to these exact words.

    Raises ValidationError for the author's own.
    """
    locked = Template.objects.select_for_update().get(pk=template.pk)
    if locked.approved_at is not None:
        return locked
    if locked.written_by_id == by.pk:
        raise ValidationError(_("You wrote it yourself. Ask a colleague to approve it."))
    locked.approved_by, locked.approved_at = by, now()
    locked.save(update_fields=["approved_by", "approved_at"])
    record("template.approved", on=locked, by=by, detail={"version": locked.version})
    return locked
