"""What a network's last word means, and what to do about it, for people who are no developers.

The sorting of the codes is each adapter's; this is only how they are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from panel.channels.models import Kind
from panel.channels.outgoing import Verb


@dataclass(frozen=True, slots=True)
class Meaning:
    """A code in words, and what a person can do about it; nothing where it mends itself."""

    words: Promise
    advice: Promise | str = ""


_ASK_US: Final = _("Give the code to whoever runs Medspil.")
_REWRITE: Final = _("Change the story, and ask for approval again.")
_SHORTEN: Final = _("Make the channel’s text shorter, and ask for approval again.")
_PICTURE: Final = _("Choose another picture, and ask for approval again.")
_CONFIRM: Final = _(
    "Let somebody who may do everything on the page confirm it there. Then send it again."
)

_UNCLEAR: Final = Meaning(_("The network gave no reason that we know."), _ASK_US)
_WRITE_ANEW: Final = _("Write the reply anew, in other words.")
_FAULT_OF_ITS_OWN: Final = Meaning(_("The network had a fault of its own."))
_NO_REASON: Final = Meaning(_("The network refused without saying why."), _ASK_US)
_KEY: Final = Meaning(
    _("The network does not take our key any more."),
    _("Connect the channel anew. What waits goes out by itself then."),
)
_LIMIT: Final = Meaning(_("We had asked the network too much, and it wants to be left alone."))
_RIGHTS: Final = Meaning(
    _("Our key may not write posts on the page."),
    _("Connect the channel anew with all the permissions it asks for. Then send it again."),
)
_BAD_PICTURE: Final = Meaning(_("The network could not use the picture."), _PICTURE)
_UNREADABLE: Final = Meaning(_("The network’s answer could not be read."))

# Words of our own, for when no network gave one.
OURS: Final[Mapping[str, Meaning]] = {
    "connect": Meaning(_("The network could not be reached.")),
    "closed": Meaning(
        _("The channel’s address leads to a machine that is closed to the world."), _ASK_US
    ),
    "busy": Meaning(_("Too much was being sent at the same moment.")),
    "asked": Meaning(_("It cannot be sent in this form."), _ASK_US),
    "timeout": Meaning(_("The network did not answer in time.")),
    "cut": Meaning(_("The connection broke before the answer was there.")),
    "too_large": _UNREADABLE,
    "unreadable": _UNREADABLE,
    "loop": _UNREADABLE,
    "taken": Meaning(_("The network answered with the id of another post of ours.")),
    "no_id": Meaning(_("The network answered, and did not say what it had made.")),
    "died": Meaning(_("The sending was interrupted before the answer was written down.")),
    "fault": Meaning(_("Our own program failed while it was sending."), _ASK_US),
    "altered": Meaning(
        _("A picture’s file is gone, or is not the one that was approved."), _PICTURE
    ),
    "empty": Meaning(_("There was nothing in it to post."), _REWRITE),
    "verb": Meaning(_("This cannot be done on the network."), _ASK_US),
    "no_page": Meaning(_("The channel’s page id is not valid."), _ASK_US),
    "no_server": Meaning(_("The channel’s address is none that a key may be sent to."), _ASK_US),
    "elsewhere": Meaning(
        _("The server sent us on to another address, and our key goes nowhere else."), _ASK_US
    ),
    "other_account": Meaning(
        _("The channel’s key belongs to another account than the channel."),
        _("Paste in a key of the channel’s own account. What waits goes out by itself then."),
    ),
    "too_long": Meaning(_("The text is longer than the network allows."), _SHORTEN),
    "too_many_pictures": Meaning(
        _("There are more pictures than the network allows in one post."), _REWRITE
    ),
    "too_many_tags": Meaning(_("There are more hashtags than the network allows."), _SHORTEN),
    "too_many_names": Meaning(
        _("There are more names with an @ than the network allows."), _SHORTEN
    ),
    "no_picture": Meaning(
        _("The network takes no post without a picture."),
        _("Give the story a picture, and ask for approval again."),
    ),
    "picture_shape": Meaning(_("The picture is too tall or too wide for the network."), _PICTURE),
    "picture_too_large": Meaning(_("The picture is too large for the network."), _PICTURE),
    "not_jpeg": Meaning(_("The network could not use the picture."), _PICTURE),
    "no_address": Meaning(_("The network was not told where to fetch the picture."), _ASK_US),
    "no_account": Meaning(_("The channel’s account id is not valid."), _ASK_US),
    "quota": Meaning(_("The account has posted as much as the network allows in a day.")),
    "expired": Meaning(_("What the network had prepared was too old to be posted.")),
    "failed": Meaning(_("The network could not use the picture."), _PICTURE),
    "still_working": Meaning(_("The network did not get a picture ready in time.")),
    "no_key": Meaning(
        _("The channel has no key that can be read."),
        _("Connect the channel anew. What waits goes out by itself then."),
    ),
}


def _each(codes: Iterable[object], meaning: Meaning) -> dict[str, Meaning]:
    return {str(code): meaning for code in codes}


# A sub-code says more than its code; it stands here with its stroke.
_FACEBOOK: Final[Mapping[str, Meaning]] = {
    **_each((102, 190), _KEY),
    **_each((4, 17, 32, 341, 613, 80001, 80002, 80006, "/1390008"), _LIMIT),
    **_each((1, 2), _FAULT_OF_ITS_OWN),
    **_each((10, *range(200, 300)), _RIGHTS),
    **_each((324, 9004, "/2207052"), _BAD_PICTURE),
    "100": Meaning(_("The network did not understand what was asked."), _ASK_US),
    "368": Meaning(
        _("The network does not let the page post for a while: it takes it for abuse."),
        _("See on the page what the network writes about it. Send it again when that is over."),
    ),
    "506": Meaning(
        _("The network says that the same was posted there a moment before."),
        _("Look on the page: if the post is there, give this one up."),
    ),
    "1609005": Meaning(
        _("The network could not open the link."),
        _("Is the story on the site? Then send it again."),
    ),
    "/1366046": Meaning(_("The picture is too large for the network."), _PICTURE),
    "/1366051": Meaning(_("The network says that the picture was posted before."), _PICTURE),
    "/1346003": Meaning(_("The network does not accept the words."), _REWRITE),
    "/1404078": Meaning(_("The network wants the page’s right to publish confirmed."), _CONFIRM),
    "/4854002": Meaning(_("The network wants somebody’s identity confirmed."), _CONFIRM),
}
# Instagram speaks Facebook's language, and adds to it.
_UNFETCHED: Final = Meaning(
    _("The network could not fetch the picture from us."),
    _(
        "Can the site be opened from outside, at the address in SITE_URL? Ask whoever runs "
        "Medspil. Then send it again."
    ),
)
_INSTAGRAM: Final[Mapping[str, Meaning]] = {
    **_FACEBOOK,
    **_each(
        (10, *range(200, 300)),
        Meaning(
            _("Our key may not post to the account."),
            _("Connect the channel anew with all the permissions it asks for. Then send it again."),
        ),
    ),
    **_each((9004, "/2207003", "/2207052"), _UNFETCHED),
    **_each(("/2207004",), OURS["picture_too_large"]),
    **_each(("/2207005", "/2207023", "/2207053"), _BAD_PICTURE),
    "/2207009": OURS["picture_shape"],
    "failed": OURS["failed"],
    "/2207010": OURS["too_long"],
    "/2207028": OURS["too_many_pictures"],
    "/2207040": OURS["too_many_names"],
    "9": OURS["quota"],
    "/2207042": OURS["quota"],
    **_each((-1, -2, "/2207001", "/2207008", "/2207032"), _FAULT_OF_ITS_OWN),
    **_each(("/2207006", "/2207020"), OURS["expired"]),
    "/2207027": OURS["still_working"],
    "/2207050": Meaning(
        _("The account is restricted by the network."),
        _(
            "Sign in to the account in the network’s own app and do what it asks. Then send it "
            "again."
        ),
    ),
    "/2207051": Meaning(
        _(
            "The network took the post for spam. It has been seen to say so and post it all the "
            "same."
        ),
        _("Look on the account whether it is there."),
    ),
}
# Mastodon says no by HTTP's own numbers.
_MASTODON: Final[Mapping[str, Meaning]] = {
    "401": _KEY,
    "403": Meaning(
        _("The server does not let our key do this."),
        _("Test the channel’s connection, and see what the server tells the account."),
    ),
    **_each(
        (404, 410),
        Meaning(
            _("The server does not have what we asked for."),
            _("Test the channel’s connection. Is it still a Mastodon server?"),
        ),
    ),
    "413": Meaning(_("The picture is too large for the network."), _PICTURE),
    "422": Meaning(
        _("The server does not accept the words or the picture."),
        _("Make the text shorter, or choose another picture, and ask for approval again."),
    ),
    "429": _LIMIT,
}
NETWORKS: Final[Mapping[str, Mapping[str, Meaning]]] = {
    Kind.FACEBOOK: _FACEBOOK,
    Kind.INSTAGRAM: _INSTAGRAM,
    Kind.MASTODON: _MASTODON,
}
_CANNOT_ANSWER: Final = Meaning(
    _("Our key may not answer comments."),
    _(
        "Connect the channel anew with a key that may: see what it asks for on the channel’s page. "
        "Then send it again."
    ),
)
# Where a code says something else of a reply than of a post.
_OF_REPLIES: Final[Mapping[str, Meaning]] = {
    "empty": Meaning(_("There was nothing in it to send."), _WRITE_ANEW),
    "too_long": Meaning(
        _("The text is longer than the network allows."), _("Write the reply anew, and shorter.")
    ),
}
_FACEBOOK_REPLIES: Final[Mapping[str, Meaning]] = {
    **_each((10, *range(200, 300)), _CANNOT_ANSWER),
    "/33": Meaning(
        _("The comment is not there any more, or the page may not answer it."),
        _("Look at the thread on the network. If the comment is gone, give the reply up."),
    ),
    "506": Meaning(
        _("The network says that the same was written there a moment before."),
        _("Look at the thread on the network: if the reply is there, give this one up."),
    ),
    "1609005": Meaning(_("The network could not open the link."), _WRITE_ANEW),
    "/1346003": Meaning(_("The network does not accept the words."), _WRITE_ANEW),
}
_NETWORKS_BY_VERB: Final[Mapping[str, Mapping[str, Mapping[str, Meaning]]]] = {
    Verb.POST: NETWORKS,
    Verb.REPLY: {Kind.FACEBOOK: {**_FACEBOOK, **_FACEBOOK_REPLIES}},
}
_OURS_BY_VERB: Final[Mapping[str, Mapping[str, Meaning]]] = {
    Verb.POST: OURS,
    Verb.REPLY: {**OURS, **_OF_REPLIES},
}


def meaning(kind: str, code: str, verb: str = Verb.POST) -> Meaning:
    """What ``code`` means on a network of ``kind``, said of ``verb``; "190/460" is a code and its
    sub-code.
    """
    ours = _OURS_BY_VERB[verb]
    if code in ours:
        return ours[code]
    if code.startswith("http_"):
        return _FAULT_OF_ITS_OWN if code.startswith("http_5") else _NO_REASON
    known = _NETWORKS_BY_VERB[verb].get(kind, {})
    first, stroke, second = code.partition("/")
    return known.get(stroke + second) or known.get(first) or _UNCLEAR
