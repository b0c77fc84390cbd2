"""Whether a channel's key still opens its page, and in words what to do where it does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panel.channels.outgoing import NotReached, Trouble


class KeyState(models.TextChoices):
    """What the last look at a key found."""

    NOT_CHECKED = "not_checked", _("Not tested")
    OK = "ok", _("Works")
    EXPIRED = "expired", _("No longer works")
    REFUSED = "refused", _("Refused")


# With these, nothing is tried before somebody has seen to the key.
DEAD: Final = (KeyState.EXPIRED, KeyState.REFUSED)


# A key that runs out sooner is told of.
SOON: Final = timedelta(days=14)


class Worry(models.TextChoices):
    """What administrators are told of a key before anybody asks."""

    ENDING = "ending", _("Runs out soon")
    DEAD = "dead", _("No longer taken")


class Problem(models.TextChoices):
    """What is wrong with a key, as far as the network says."""

    RAN_OUT = "ran_out", _("The key has run out.")
    PASSWORD = (
        "password",
        _("The person who made the key has changed their password, or has been signed out."),
    )
    APP_REMOVED = "app_removed", _("The app’s access to the page was taken away.")
    NOT_VALID = "not_valid", _("The network does not know the key.")
    NOT_ALLOWED = "not_allowed", _("The key works, but it may not do all that is needed here.")
    NO_ANSWERS = "no_answers", _("The key works and may post. It may not answer comments.")
    OTHER_PAGE = "other_page", _("The key belongs to another page.")
    NO_PAGE = "no_page", _("With this key, no page is found under this page id.")
    OTHER_ACCOUNT = "other_account", _("The key belongs to another account.")
    RIGHTS = "rights", _("The key works, but it may not do all that is needed on Instagram.")
    NO_ACCOUNT = "no_account", _("With this key, no Instagram account is found under this id.")
    SCOPES = "scopes", _("The key’s application may not do all that is needed here.")
    SHUT_OUT = "shut_out", _("The server knows the key, and does not let it in.")
    NO_SERVER = "no_server", _("No Mastodon server answers at the channel’s address.")
    APP = "app", _("The network refused the way we asked.")
    OTHER = "other", _("The network refused the key without saying why.")


NEW_KEY: Final = _("Make a new key for the page, and replace the old one here.")

ADVICE: Final[Mapping[str, Promise]] = {
    Problem.RAN_OUT: NEW_KEY,
    Problem.PASSWORD: NEW_KEY,
    Problem.APP_REMOVED: _(
        "Let the app into the page again under the page’s settings. Then make a new key and "
        "replace the old one here."
    ),
    Problem.NOT_VALID: _(
        "Was it copied in full? Copy it once more, or make a new one, and replace it here."
    ),
    Problem.NOT_ALLOWED: _(
        "Make a new key with the permissions pages_show_list, pages_read_engagement and "
        "pages_manage_posts, as somebody who may write posts on the page. Then replace it here."
    ),
    Problem.NO_ANSWERS: _(
        "To answer comments from here, make a new key with the permissions pages_manage_engagement "
        "and pages_read_user_content too, and replace it here. Posting goes on meanwhile."
    ),
    Problem.OTHER_PAGE: _("Make a key for the page with the id shown here, and replace it."),
    Problem.NO_PAGE: _(
        "Does the page id belong to the page the key was made for? If the id is wrong, make a new "
        "channel with the right one; otherwise make a new key."
    ),
    Problem.OTHER_ACCOUNT: _(
        "Sign in on the server as the account shown here, make a key there, and replace this one."
    ),
    Problem.RIGHTS: _(
        "Make a new key with the permissions instagram_basic, instagram_content_publish, "
        "pages_show_list and pages_read_engagement, as somebody who may create content on the page "
        "that the account is linked to. Then replace it here."
    ),
    Problem.NO_ACCOUNT: _(
        "Is it the number of a professional account, and not the id of its Facebook page? Is the "
        "account linked to the page the key was made for? If the id is wrong, make a new channel "
        "with the right one; otherwise make a new key."
    ),
    Problem.SCOPES: _(
        "Make a new application on the server, under Preferences, Development, with the scopes "
        "read:accounts, read:statuses, write:statuses and write:media. Then replace the key here."
    ),
    Problem.SHUT_OUT: _(
        "Sign in on the server and see what it says: is the account confirmed, and not closed? If "
        "all is well there, make a new application with the scopes asked for here."
    ),
    Problem.NO_SERVER: _(
        "Compare the address with the one you see in the browser on the server. If it is wrong, "
        "make a new channel with the right one."
    ),
    Problem.APP: _(
        "Was the key made with the app in FACEBOOK_APP_ID, and is FACEBOOK_APP_SECRET that app’s? "
        "Ask whoever runs Medspil."
    ),
    Problem.OTHER: _("Try again in a while. If it stays so, make a new key and replace it here."),
}


@dataclass(frozen=True, slots=True)
class KeyCheck:
    """What a look at a key found.

    ``page`` is the name the network knows the page by; ``expires_at`` is empty where the key does
    not run out, or the network does not say; ``code`` is its own word for what is wrong.
    """

    state: KeyState
    problem: Problem | None = None
    page: str = ""
    url: str = ""
    expires_at: datetime | None = None
    code: str = ""


def told(check: KeyCheck) -> str:
    """What came back, and what to do, for whoever asked."""
    if check.problem:
        return f"{check.problem.label} {ADVICE[check.problem]}"
    return gettext("The key works: the network knows it as the key of “%(page)s”.") % {
        "page": check.page
    }


def not_reached(error: NotReached) -> str:
    """Why nothing can be said about a key just now."""
    if error.answer.code == "no_key":
        return gettext("The channel has no key that can be read. Paste one in.")
    if error.answer.trouble is Trouble.LIMIT:
        return gettext("The network was asked too much lately. Test again in an hour.")
    return gettext(
        "The network did not answer (%(code)s). That says nothing about the key: test again in a "
        "while."
    ) % {"code": error.answer.code}
