"""What each verb is called where people read of it: a post is looked for in other words than a
reply.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from panel.channels.outgoing import Verb
from panel.outbox.models import Outgoing


@dataclass(frozen=True, slots=True)
class Words:
    """One verb's words; ``doubt_since`` has a place for when, ``titled`` for the title."""

    titled: Promise | str
    see: Promise
    doubt: Promise
    doubt_since: Promise
    is_there: Promise
    is_not_there: Promise
    never: Promise
    noted: Promise
    address: Promise
    address_help: Promise
    not_done: Promise
    perhaps_done: Promise


_POST: Final = Words(
    titled="%(title)s",
    see=gettext_lazy("See the post"),
    doubt=gettext_lazy("It is not known whether the post is there."),
    doubt_since=gettext_lazy("We posted it %(when)s, and do not know whether the post is there."),
    is_there=gettext_lazy("The post is there"),
    is_not_there=gettext_lazy("The post is not there"),
    never=gettext_lazy("The post is not there, and shall not be"),
    noted=gettext_lazy("Noted: the post is there."),
    address=gettext_lazy("The post’s address"),
    address_help=gettext_lazy("Open the post on the network and copy the address from there."),
    not_done=gettext_lazy("It was not posted."),
    perhaps_done=gettext_lazy("Nobody knows whether it was posted."),
)
_REPLY: Final = Words(
    titled=gettext_lazy("Reply: %(title)s"),
    see=gettext_lazy("See the reply"),
    doubt=gettext_lazy("It is not known whether the reply is there."),
    doubt_since=gettext_lazy("We sent it %(when)s, and do not know whether the reply is there."),
    is_there=gettext_lazy("The reply is there"),
    is_not_there=gettext_lazy("The reply is not there"),
    never=gettext_lazy("The reply is not there, and shall not be"),
    noted=gettext_lazy("Noted: the reply is there."),
    address=gettext_lazy("The reply’s address"),
    address_help=gettext_lazy(
        "On the network, open the menu beside the reply or press its time, and copy its address."
    ),
    not_done=gettext_lazy("The reply was not put there."),
    perhaps_done=gettext_lazy("Nobody knows whether the reply was put there."),
)
_WORDS: Final[Mapping[str, Words]] = {Verb.POST: _POST, Verb.REPLY: _REPLY}


def words_of(row: Outgoing) -> Words:
    """What is said of ``row``."""
    return _WORDS[row.verb]


def title_of(row: Outgoing) -> str:
    """What it is called in a list beside all others."""
    return str(words_of(row).titled) % {"title": row.title}
