"""What a person is told about one thing that goes out, and what they are offered to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from panel.outbox.codes import Meaning, meaning
from panel.outbox.forms import AddressForm, SeenForm, WhyForm
from panel.outbox.models import Outgoing, State
from panel.outbox.reports.channels import Stop, Way
from panel.outbox.verbs import words_of
from panel.outbox.vocabulary import when


@dataclass(frozen=True, slots=True)
class Offer:
    """A verb that fits a state: ``name`` is its action's and its address's."""

    name: str
    heading: Promise
    happens: Promise
    button: Promise
    form_class: type[forms.Form] = forms.Form
    is_stopping: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """What exactly is sent; pictures by their alternative texts, in their order."""

    text: str
    link: str
    pictures: tuple[str, ...]


def offers(row: Outgoing) -> tuple[Offer, ...]:
    """What a person may do about ``row`` as it stands."""
    if row.state != State.UNKNOWN:
        return _OFFERS.get(row.state, ())
    words = words_of(row)
    headings = (words.is_there, words.is_not_there, words.never)
    return tuple(
        replace(offer, heading=heading) for offer, heading in zip(_IN_DOUBT, headings, strict=True)
    )


def what_is_sent(row: Outgoing) -> Sent:
    """The payload without its files, which nobody is served."""
    kept: Mapping[str, Any] = row.payload
    pictures = tuple(each.get("alt", "") for each in kept.get("pictures", ()))
    return Sent(text=kept.get("text", ""), link=kept.get("link", ""), pictures=pictures)


def told(row: Outgoing, way: Way, tried_at: datetime | None) -> tuple[str, ...]:
    """What is known about it beside its state, and what to do, a sentence or two each."""
    why = meaning(row.channel.kind, row.code, row.verb) if row.code else None
    if row.state == State.UNKNOWN:
        return (_in_doubt(row, why, tried_at), *(_asks(row) if row.asks else _looking(row, way)))
    if row.state == State.FAILED:
        return tuple(str(part) for part in (why.advice if why else "",) if part)
    if row.state == State.MISSED:
        return (_("It was not begun in time, so nobody has read it."),)
    if row.state == State.DUE and row.tries and why is not None:
        return _to_be_tried_again(why)
    return ()


def _in_doubt(row: Outgoing, why: Meaning | None, tried_at: datetime | None) -> str:
    words = str(words_of(row).doubt)
    if tried_at is not None:
        words = str(words_of(row).doubt_since) % {"when": when(tried_at)}
    return f"{words} {why.words}" if why is not None else words


def _asks(row: Outgoing) -> tuple[str, ...]:
    looked = ngettext(
        "We have looked for it on the network once, and have not found it.",
        "We have looked for it on the network %(number)s times, and have not found it.",
        row.looks,
    )
    return (
        looked % {"number": row.looks},
        _(
            "Look at %(channel)s yourself before you decide. If it is sent again while it is "
            "there, citizens read it twice."
        )
        % {"channel": row.channel},
    )


def _looking(row: Outgoing, way: Way) -> tuple[str, ...]:
    if way.stop == Stop.KEY:
        ask = _("We ask the network as soon as the channel is connected anew.")
    elif way.stop == Stop.NOT_IN_USE:
        ask = _("We ask the network as soon as the channel is in use again.")
    else:
        ask = _("We ask the network whether it is there; nothing to do yet.")
    return ask, _("If you have looked yourself, you can already say here what you saw.")


def _to_be_tried_again(why: Meaning) -> tuple[str, ...]:
    return tuple(str(part) for part in (why.words, why.advice) if part)


_THERE: Final = Offer(
    "is_there",
    gettext_lazy("The post is there"),
    gettext_lazy("Copy its address from the network. It counts as sent then."),
    gettext_lazy("It is there: link it"),
    AddressForm,
)
_NOT_THERE: Final = Offer(
    "is_not_there",
    gettext_lazy("The post is not there"),
    gettext_lazy("It is sent once more, from the beginning, as soon as the channel allows."),
    gettext_lazy("It is not there: send it again"),
    SeenForm,
)
_NEVER: Final = Offer(
    "give_up",
    gettext_lazy("The post is not there, and shall not be"),
    gettext_lazy("Nothing more is sent. It cannot be taken up again."),
    gettext_lazy("It is not there, and shall not be"),
    WhyForm,
    is_stopping=True,
)
_AGAIN: Final = Offer(
    "send_again",
    gettext_lazy("Send it again"),
    gettext_lazy("Is the cause gone? Then it is tried once more, from the beginning."),
    gettext_lazy("Send it again"),
)
_AFTER_ALL: Final = Offer(
    "send_again",
    gettext_lazy("Send it after all"),
    gettext_lazy(
        "Does it still make sense today? Then it goes out now, as soon as the channel allows."
    ),
    gettext_lazy("Send it again"),
)
_GIVE_UP: Final = Offer(
    "give_up",
    gettext_lazy("Give it up"),
    gettext_lazy("Nothing more is sent. It cannot be taken up again."),
    gettext_lazy("Give it up"),
    WhyForm,
    is_stopping=True,
)
_CANCEL: Final = Offer(
    "cancel",
    gettext_lazy("Do not send it"),
    gettext_lazy("It does not go out on this channel. It cannot be taken up again."),
    gettext_lazy("Do not send it"),
    WhyForm,
    is_stopping=True,
)
_HOLD: Final = Offer(
    "hold",
    gettext_lazy("Hold it back"),
    gettext_lazy("It waits until somebody lets it go."),
    gettext_lazy("Hold it back"),
    WhyForm,
)
_LET_GO: Final = Offer(
    "let_go",
    gettext_lazy("Let it go"),
    gettext_lazy("It goes out at once, unless something stands in the way."),
    gettext_lazy("Let it go"),
)
_IN_DOUBT: Final = (_THERE, _NOT_THERE, _NEVER)
_OFFERS: Final[Mapping[str, tuple[Offer, ...]]] = {
    State.HELD: (_LET_GO, _CANCEL),
    State.DUE: (_HOLD, _CANCEL),
    State.CLAIMED: (_HOLD, _CANCEL),
    State.FAILED: (_AGAIN, _GIVE_UP),
    State.MISSED: (_AFTER_ALL, _GIVE_UP),
}
