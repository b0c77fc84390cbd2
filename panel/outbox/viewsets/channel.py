"""One channel's way to its network: what stands in it, what waits, and its pause."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from panel.core.clock import now
from panel.outbox import actions, reports
from panel.outbox.codes import meaning
from panel.outbox.forms import PauseForm
from panel.outbox.permissions import may_settle
from panel.outbox.reports import Way
from panel.outbox.viewsets.shared import OutboxPage, VerbMixin
from panel.outbox.vocabulary import standing_of, when


class ChannelPage(OutboxPage, TemplateView):
    """How it stands with one channel, with the button that pauses it or lets it go on."""

    template_name = "outbox/channel.html"
    kwargs: dict[str, Any]
    form: forms.Form | None = None

    @cached_property
    def way(self) -> Way:
        """The channel, and what stands in its way."""
        try:
            return reports.ways(now())[self.kwargs["pk"]]
        except KeyError:
            raise Http404 from None

    def get_page_title(self) -> str:
        """The channel's name."""
        return str(self.way.channel)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All that stands in the way, and how much waits for it."""
        way = self.way
        return super().get_context_data(
            way=way,
            channel=way.channel,
            standing=standing_of(way),
            quiet_until=when(way.quiet_until) if way.quiet_until else "",
            why_quiet=meaning(way.channel.kind, way.code).words if way.code else "",
            numbers=reports.numbers(way, now()),
            form=self.form or PauseForm(),
            may_settle=may_settle(self.user),
            has_failed=self.form is not None,
            **kwargs,
        )


class ChannelVerb(VerbMixin, ChannelPage):
    """A verb on one channel."""

    http_method_names = ["post"]

    def is_possible(self) -> bool:
        """Whether it can still be paused."""
        del self.way
        return self.way.pause is None

    def ask_again(self, form: forms.Form) -> HttpResponse:
        """The page with the form as it came."""
        self.form = form
        return self.render_to_response(self.get_context_data(), status=422)

    def back(self) -> HttpResponse:
        """To the channel's page."""
        return redirect("outbox:channel", self.kwargs["pk"])


class Pause(ChannelVerb):
    """Nothing goes out on it any more, for now."""

    form_class = PauseForm

    def act(self, data: dict[str, Any]) -> str:
        """Pause it, with the reason."""
        channel = self.way.channel
        actions.pause(reason=data["reason"], by=self.user, channel=channel)
        return _("%(channel)s is paused. Nothing goes out there.") % {"channel": channel}


class GoOn(ChannelVerb):
    """The pause is over."""

    def act(self, data: dict[str, Any]) -> str:
        """Let it go on."""
        channel = self.way.channel
        actions.end_pause(by=self.user, channel=channel)
        return _("The pause of %(channel)s is over.") % {"channel": channel}
