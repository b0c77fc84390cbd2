"""The demo's post: no letter leaves the machine while it is filled, and some lines break."""

from __future__ import annotations

import smtplib
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from cms.publishing.models import Notice
from cms.stories.ideas import letters
from panel.core.clock import now

BACKEND = "demo.filling.post.Post"
# Addresses at which this post fails: before the letter was taken, or perhaps after.
REFUSES = "ukendt@borger.example"
BREAKS_OFF = "afbrudt@borger.example"


class Post(BaseEmailBackend):
    """Takes letters and keeps none."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were taken. Raises what a mail server's bad day raises, for two addresses."""
        for message in email_messages:
            if REFUSES in message.to:
                raise smtplib.SMTPRecipientsRefused({REFUSES: (550, b"no such mailbox")})
            if BREAKS_OFF in message.to:
                raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")
        return len(email_messages)


def deliver() -> None:
    """What the worker does: all letters about ideas and stories leave.

    What colleagues are told of stories is noted as sent: nobody would see the pictures of hundreds
    of letters, and drawing them takes its time.
    """
    for letter_id in letters.due():
        letters.send(letter_id)
    Notice.objects.unsent().update(sent_at=now())
