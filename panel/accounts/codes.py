"""A code by e-mail, to prove an address before there is an account: the first step of joining.

A view does three things, and the pages are its own::

    codes.request_code(request, email)          # POST of the address; raises NotSent
    codes.pending_address(request)              # where the code went; None: there is no code
    email = codes.redeem_code(request, code)    # POST of the code; raises WrongCode

What it promises (trust S3-S5):

* Eight digits, good for ten minutes, five attempts and one use. Attempts and use are counted by
  conditional UPDATEs, so that a thousand parallel tries are still five attempts and one use.
* Only the browser that asked can answer: the row's id and the address lie in its session
  (encrypted, see ``sessions``). The database holds a keyed hash that binds row, address and code.
* Whoever asks gets the same answer and the same letter, account or not: nothing here looks at
  accounts.
* Letters are limited by address and by IP address (``ACCOUNT_RATE_LIMITS["request_login_code"]``,
  one allowance with the sign-in page's), counted whatever comes of it.

Signing in to an account that exists is allauth's; its codes are made by ``new_code`` too.
"""

from __future__ import annotations

import secrets
import smtplib
import uuid
from datetime import timedelta

from allauth.core import ratelimit
from django.db.models import F
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panel.accounts.models import EmailCode
from panel.core import mail
from panel.core.clock import now
from panel.core.crypto import keyed_hash

SESSION_KEY = "accounts.email_code"
DIGITS = 8
MINUTES = 10


class NotSent(Exception):
    """No code went out; the message says why and what to do, to the citizen."""


class TooMany(NotSent):
    """Too many codes were asked for, for this address or from this network."""


class WrongCode(Exception):
    """The code proves nothing; the message says whether to try again or to ask for a new one."""


def new_code() -> str:
    """Eight random digits in two groups, easy to read out and to type: "4021 7735"."""
    digits = "".join(secrets.choice("0123456789") for _digit in range(DIGITS))
    return f"{digits[:4]} {digits[4:]}"


def request_code(request: HttpRequest, email: str) -> None:
    """Mail a new code to ``email`` and remember in the session that it is awaited.

    The old one is void.

    Raises TooMany, and NotSent where the mail server does not answer.
    """
    email = email.strip().lower()
    if not ratelimit.consume(request, action="request_login_code", key=email):
        raise TooMany(
            _("You have asked for many codes. Wait some minutes, and use the newest code you got.")
        )
    code, made_at, handle = new_code(), now(), uuid.uuid4()
    _void(request)
    EmailCode.objects.create(
        id=handle,
        code_hash=_proof(handle, email, code),
        made_at=made_at,
        expires_at=made_at + timedelta(minutes=MINUTES),
    )
    request.session[SESSION_KEY] = {"id": str(handle), "email": email}
    _post(email, code)


def pending_address(request: HttpRequest) -> str | None:
    """The address a code was sent to from this browser, while it can still be used."""
    state = request.session.get(SESSION_KEY)
    if not state:
        return None
    if not EmailCode.objects.redeemable(now()).filter(pk=state["id"]).exists():
        return None
    return str(state["email"])


def redeem_code(request: HttpRequest, code: str) -> str:
    """The address that ``code`` proves, once. Raises WrongCode."""
    state = request.session.get(SESSION_KEY) or {"id": uuid.uuid4(), "email": ""}
    handle, email = uuid.UUID(str(state["id"])), str(state["email"])
    row = EmailCode.objects.filter(pk=handle)
    if not row.redeemable(now()).update(attempts=F("attempts") + 1):
        raise WrongCode(_("This code is too old or was tried too often. Ask for a new one."))
    proof = _proof(handle, email, code)
    if not row.filter(code_hash=proof, used_at=None).update(used_at=now()):
        raise WrongCode(_("That is not the code we sent. Look at the newest e-mail and try again."))
    del request.session[SESSION_KEY]
    return email


def _void(request: HttpRequest) -> None:
    """The code this browser waited for until now opens nothing any more."""
    state = request.session.get(SESSION_KEY)
    if state:
        EmailCode.objects.filter(pk=state["id"]).delete()


def _proof(handle: uuid.UUID, email: str, code: str) -> str:
    digits = "".join(character for character in code if character.isalnum())
    return keyed_hash("email-code", f"{handle}|{email}|{digits}")


def _post(email: str, code: str) -> None:
    try:
        mail.send(
            "account/mail/code",
            to=email,
            language=get_language() or "da",
            context={"code": code, "minutes": MINUTES},
        )
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(
            _("We could not send the e-mail just now. Please try again in a few minutes.")
        ) from error
