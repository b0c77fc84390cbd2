"""Letters about an account that are not allauth's."""

from __future__ import annotations

from panel.accounts.models import User
from panel.core import mail


def welcome(user: User, *, by: User, language: str) -> None:
    """Tell a new colleague how to sign in. Raises what the mail backend raises."""
    mail.send(
        "account/mail/taken_on",
        to=user.email,
        language=language,
        context={"name": user.get_short_name(), "by": str(by)},
    )
