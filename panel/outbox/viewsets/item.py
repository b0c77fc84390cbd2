"""One thing that goes out: what it is, what happened to it, and what a person may do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from panel.core.clock import now
from panel.outbox import actions, presenting, reports
from panel.outbox.echoes import Echoes, echoes_of
from panel.outbox.forms import AddressForm, SeenForm, WhyForm
from panel.outbox.models import Outgoing
from panel.outbox.permissions import may_settle
from panel.outbox.timeline import steps
from panel.outbox.verbs import title_of, words_of
from panel.outbox.viewsets.shared import OutboxPage, VerbMixin
from panel.outbox.vocabulary import standing


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer with its form, and where it is sent to."""

    offer: presenting.Offer
    form: forms.Form
    address: str


class ItemPage(OutboxPage, TemplateView):
    """Everything about one of them on one page."""

    template_name = "outbox/item.html"
    kwargs: dict[str, Any]
    # The verb whose form came back with something wrong in it.
    failed: tuple[str, forms.Form] | None = None

    @cached_property
    def echoes(self) -> Echoes:
        """What came back of it from the network."""
        return echoes_of(self.outgoing)

    @cached_property
    def outgoing(self) -> Outgoing:
        """With its channel, and who settled it."""
        rows = Outgoing.objects.select_related("channel", "settled_by")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        """What it is called."""
        return title_of(self.outgoing)

    def get_page_subtitle(self) -> str:
        """Where it goes."""
        return str(self.outgoing.channel)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is known, what is offered, what is sent, and the story."""
        row, at = self.outgoing, now()
        way = reports.ways(at)[row.channel_id]
        story = reports.story_of(row, at)
        tried_at = story.attempts[-1].started_at if story.attempts else None
        return super().get_context_data(
            outgoing=row,
            standing=standing(row, way, at),
            told=presenting.told(row, way, tried_at),
            echoes=self.echoes,
            offers=[self._offered(offer) for offer in presenting.offers(row)],
            words=words_of(row),
            sent=presenting.what_is_sent(row),
            steps=steps(story),
            may_settle=may_settle(self.user),
            has_failed=self.failed is not None,
            **kwargs,
        )

    def _offered(self, offer: presenting.Offer) -> Offered:
        came_back = self.failed is not None and self.failed[0] == offer.name
        form = self.failed[1] if self.failed and came_back else self._form(offer)
        if isinstance(form, AddressForm):
            form.called(words_of(self.outgoing))
        return Offered(offer, form, reverse(f"outbox:{offer.name}", args=[self.outgoing.pk]))

    def _form(self, offer: presenting.Offer) -> forms.Form:
        if issubclass(offer.form_class, SeenForm):
            return offer.form_class(initial={"tries": self.outgoing.tries})
        if issubclass(offer.form_class, AddressForm) and len(self.echoes.like) == 1:
            # Proposed, so that it need not be copied; a person looks, and presses the button.
            return offer.form_class(initial={"url": self.echoes.like[0].url})
        return offer.form_class()


class Verb(VerbMixin, ItemPage):
    """A verb on one of them; ``name`` is the offer's."""

    name = ""
    http_method_names = ["post"]

    def is_possible(self) -> bool:
        """Whether it is offered as it stands by now."""
        del self.outgoing
        return self.name in {offer.name for offer in presenting.offers(self.outgoing)}

    def ask_again(self, form: forms.Form) -> HttpResponse:
        """The page with the form as it came."""
        self.failed = (self.name, form)
        return self.render_to_response(self.get_context_data(), status=422)

    def back(self) -> HttpResponse:
        """To the page about it."""
        return redirect("outbox:item", self.kwargs["pk"])


class IsThere(Verb):
    """Somebody has seen it on the network."""

    name = "is_there"
    form_class = AddressForm

    def act(self, data: dict[str, Any]) -> str:
        """Link it."""
        actions.is_there(self.outgoing, url=data["url"], by=self.user)
        return str(words_of(self.outgoing).noted)


class IsNotThere(Verb):
    """Somebody has looked, and it is not there."""

    name = "is_not_there"
    form_class = SeenForm

    def act(self, data: dict[str, Any]) -> str:
        """Send it again."""
        actions.is_not_there(self.outgoing, seen=data["tries"], by=self.user)
        return _("It is to be sent again.")


class GiveUp(Verb):
    """It is not there, and is not to be."""

    name = "give_up"
    form_class = WhyForm

    def act(self, data: dict[str, Any]) -> str:
        """Close it, with the reason."""
        actions.give_up(self.outgoing, why=data["why"], by=self.user)
        return _("It is given up.")


class SendAgain(Verb):
    """Once more, after it was refused or too late."""

    name = "send_again"

    def act(self, data: dict[str, Any]) -> str:
        """Send it again."""
        actions.send_again(self.outgoing, by=self.user)
        return _("It is to be sent again.")


class Cancel(Verb):
    """Not at all."""

    name = "cancel"
    form_class = WhyForm

    def act(self, data: dict[str, Any]) -> str:
        """Stop it, with the reason."""
        actions.cancel(self.outgoing, why=data["why"], by=self.user)
        return _("It is not sent.")


class Hold(Verb):
    """Not yet."""

    name = "hold"
    form_class = WhyForm

    def act(self, data: dict[str, Any]) -> str:
        """Hold it back, with the reason."""
        actions.hold(self.outgoing, why=data["why"], by=self.user)
        return _("It is held back.")


class LetGo(Verb):
    """Now."""

    name = "let_go"

    def act(self, data: dict[str, Any]) -> str:
        """Let it go."""
        actions.let_go(self.outgoing, by=self.user)
        return _("It is no longer held back.")
