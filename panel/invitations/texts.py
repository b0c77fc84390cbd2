"""An invitation's words with everything filled in, and the addresses its links lead to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from panel.basis import gate
from panel.core.municipality import municipality
from panel.invitations import wording
from panel.invitations.models import Campaign, Invitation, Template

# Leads to the page that says a link is over.
SAMPLE_TOKEN = "example"  # noqa: S105  # opens nothing


@dataclass(frozen=True, slots=True)
class Words:
    """Ready to read: subject and body as plain text, and the link on its own for the QR code."""

    subject: str
    body: str
    link: str


def invitation_url(token: str, language: str) -> str:
    """The full address of a person's own link."""
    return _full("invitations:invitation", language, token=token)


def objection_url(token: str, language: str) -> str:
    """The full address where the invited person says: do not count or ask me again."""
    return _full("privacy:object_invitation", language, token=token)


def open_url(campaign: Campaign) -> str:
    """The full address of a campaign's link for everybody."""
    return _full("invitations:open", campaign.template.language, code=campaign.open_link.code)


def words_for(invitation: Invitation, *, token: str) -> Words:
    """What one person gets.

    The link is theirs alone.
    """
    template = invitation.campaign.template
    values = _values_for(invitation, token)
    return _words(template.subject, template.body, values)


def reminder_for(invitation: Invitation, *, token: str) -> Words:
    """What the person gets who has not answered: the same link, and the same ways to say no."""
    template = invitation.campaign.template
    values = _values_for(invitation, token)
    return _words(template.reminder_subject, template.reminder, values)


def sample_words(template: Template) -> Words:
    """What an invitation looks like, with an invented person and a link that leads nowhere."""
    return _words(template.subject, template.body, _sample_values(template))


def sample_reminder(template: Template) -> Words | None:
    """What a reminder looks like, as ``sample_words``; None where the template has none."""
    if not template.reminder:
        return None
    return _words(template.reminder_subject, template.reminder, _sample_values(template))


def public_reply(campaign: Campaign) -> str:
    """The text to paste under a comment: neutral, names nobody, and leads to the open link."""
    values = {
        "link": open_url(campaign),
        "panel": municipality().panel_name,
        "municipality": municipality().name,
    }
    return wording.fill(campaign.template.reply, values)


def _words(subject: str, body: str, values: Mapping[str, str]) -> Words:
    return Words(
        subject=wording.fill(subject, values),
        body=wording.fill(body, values),
        link=values["link"],
    )


def _values_for(invitation: Invitation, token: str) -> dict[str, str]:
    person = invitation.commenter
    return _values(
        invitation.campaign.template.language,
        token=token,
        name=person.name if person else "",
        channel=person.channel.name if person else "",
        until=invitation.expires_at,
    )


def _sample_values(template: Template) -> dict[str, str]:
    with translation.override(template.language):
        name, channel = _("Robin Sample"), _("our page")
    until = timezone.now()
    return _values(template.language, token=SAMPLE_TOKEN, name=name, channel=channel, until=until)


def _values(
    language: str, *, token: str, name: str, channel: str, until: datetime | None
) -> dict[str, str]:
    with translation.override(language):
        return {
            **_controller(),
            "source": _("your comments on %(channel)s") % {"channel": channel},
            "link": invitation_url(token, language),
            "objection": objection_url(token, language),
            "name": name,
            "until": formats.date_format(timezone.localtime(until)) if until else "",
        }


def _controller() -> dict[str, str]:
    """What the law wants to be told, in the language that is on.

    Raises NoBasis without a record.
    """
    who, record = municipality(), gate.require()
    return {
        "municipality": who.name,
        "panel": who.panel_name or _("the citizen panel"),
        "dpo": who.dpo or who.email,
        "purpose": _("asking you to join the citizen panel"),
        "basis": record.legal_basis,
        "retention": _(
            "without an answer, the invitation is deleted after 60 days; what we count of comments"
            " is deleted %(days)s days after the last one"
        )
        % {"days": record.retention_days},
    }


def _full(name: str, language: str, **parts: str) -> str:
    with translation.override(language):
        return f"{settings.SITE_URL}{reverse(name, kwargs=parts)}"
