"""Members and accounts nobody has used for long: asked, then let go."""

from __future__ import annotations

import logging
import smtplib
from datetime import datetime

from django.db.models import QuerySet

from panel.accounts.actions import close_account
from panel.accounts.models import User
from panel.audit.actions import SYSTEM
from panel.core import mail
from panel.core.clock import in_copenhagen
from panel.jobs.current import current_job
from panel.members import actions
from panel.members.models import Member
from panel.privacy.overdue import ERASED_AFTER, TIME_TO_ANSWER

logger = logging.getLogger(__name__)


def ask_to_stay(members: QuerySet[Member], at: datetime) -> int:
    """Ask each once, by mail, whether they want to stay; how many were asked.

    The note is written before the letter leaves, so that nobody is asked twice; where the mail
    server refuses it is taken back, and the next day tries again.
    """
    asked = 0
    for member in members.select_related("user"):
        if actions.ask_to_stay(member, by=SYSTEM):
            asked += _write_to(member, at)
        current_job().checkpoint()
    return asked


def let_leave(members: QuerySet[Member]) -> int:
    """End the memberships of those who were asked and stayed silent; how many."""
    gone = 0
    for member in members.select_related("user"):
        actions.leave(member, by=SYSTEM)
        gone += 1
        current_job().checkpoint()
    return gone


def close_unfinished(users: QuerySet[User]) -> int:
    """Delete accounts that never became a membership; how many."""
    closed = 0
    for user in users:
        close_account(user, by=SYSTEM)
        closed += 1
        current_job().checkpoint()
    return closed


def _write_to(member: Member, at: datetime) -> bool:
    last_day = max(member.last_active_at + ERASED_AFTER, at + TIME_TO_ANSWER)
    try:
        mail.send(
            "members/mail/stay",
            to=member.user.email,
            language=member.language,
            context={"last_day": in_copenhagen(last_day).date()},
        )
    except (OSError, smtplib.SMTPException):
        # Not who: only that it happened.
        logger.warning("A letter to a silent member could not be sent; tomorrow tries again")
        actions.could_not_ask(member)
        return False
    return True
