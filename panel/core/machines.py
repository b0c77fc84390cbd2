"""Addresses that machines call: past all that is there for people.

No session, language, message or page has a part in them, and a network that tells of a
thousand comments at once waits for each of its answers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve

GetResponse = Callable[[HttpRequest], HttpResponseBase]
View = Callable[..., HttpResponseBase]

BELOW: Final = "/webhooks/"


def for_machines(view: View) -> View:
    """Mark a view below ``/webhooks/`` that trusts nothing but what it checks itself."""
    view.is_for_machines = True  # type: ignore[attr-defined]
    return view


class MachineDoor:
    """Stands before the sessions, and answers what is marked by itself."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The view's own answer, or whatever the others make of the request."""
        if not request.path_info.startswith(BELOW):
            return self.get_response(request)
        try:
            found = resolve(request.path_info)
        except Resolver404:
            return self.get_response(request)
        if not getattr(found.func, "is_for_machines", False):
            return self.get_response(request)
        request.resolver_match = found
        answer: HttpResponseBase = found.func(request, *found.args, **found.kwargs)
        return answer
