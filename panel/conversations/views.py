"""Where networks tell us what happens: checked, kept, acknowledged; read by the worker."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from panel.channels import hearing
from panel.channels.listening import listener_for
from panel.channels.protocol import Listener
from panel.conversations.intake import events
from panel.core.machines import for_machines

MOST_BYTES: Final = 1024 * 1024


@method_decorator([csrf_exempt, for_machines], name="dispatch")
class Webhook(View):
    """The address one kind's network calls. A signature takes the place of a session."""

    kind = ""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The network asks whether we are who it looks for."""
        challenge = self._listener.answer_to(request.GET.dict())
        if challenge is None:
            hearing.refused(self.kind)
            return _said("Not the word that was agreed on.", status=403)
        return _said(challenge)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep a delivery. What is answered with 200 is in the database."""
        body = request.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            return _said("Too much at once.", status=413)
        if not self._listener.is_from_network(body, request.headers):
            hearing.refused(self.kind)
            return _said("Not signed with our app's secret.", status=403)
        events.keep(self.kind, body)
        return _said("Kept.")

    @property
    def _listener(self) -> Listener:
        found = listener_for(self.kind)
        assert found is not None  # noqa: S101 - the address is made for one that listens
        return found


def _said(text: str, *, status: int = 200) -> HttpResponse:
    words = text.encode()
    length = {"Content-Length": str(len(words))}
    kind = "text/plain; charset=utf-8"
    return HttpResponse(words, status=status, headers=length, content_type=kind)
