"""The staff door, and what may be kept of a page somebody signed in to see."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from panel.accounts import second_factor
from panel.accounts.models import User

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class StaffDoor:
    """Nothing below the staff address answers before the second key was shown (trust S1).

    It stands before the views, so that no view can forget it, ours or Wagtail's. A citizen who is
    signed in gets a page that says no, not a circle of redirects.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let through, or lead to what is missing. Raises PermissionDenied for citizens."""
        if not request.path.startswith(reverse("wagtailadmin_home")) or _is_way_out(request):
            return self.get_response(request)
        return self._missing(request) or self.get_response(request)

    def _missing(self, request: HttpRequest) -> HttpResponse | None:
        user = request.user
        if not isinstance(user, User):
            return _lead(request, "account_login", "")
        if not user.is_staff or not user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied(_("This part is for people who work for the municipality."))
        if not second_factor.is_set_up(user):
            return _lead(
                request, "mfa_index", _("First choose a second key: it protects citizens.")
            )
        if not second_factor.was_given(request, user):
            return _lead(request, "mfa_reauthenticate", "")
        return None


class NoStore:
    """What a browser with a session was shown stays in no cache (trust S16).

    A view whose answer is the same for everybody says so itself with ``Cache-Control: public``.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and add the headers where there is a session."""
        response = self.get_response(request)
        if _has_session(request, response) and "public" not in response.get("Cache-Control", ""):
            response["Cache-Control"] = ""
            add_never_cache_headers(response)
        return response


def _is_way_out(request: HttpRequest) -> bool:
    return request.path in (reverse("wagtailadmin_login"), reverse("wagtailadmin_logout"))


def _has_session(request: HttpRequest, response: HttpResponseBase) -> bool:
    name = settings.SESSION_COOKIE_NAME
    return name in request.COOKIES or name in response.cookies


def _lead(request: HttpRequest, url_name: str, why: str) -> HttpResponse:
    """To the page that helps, and back here after; a script gets a plain no."""
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        raise PermissionDenied(_("You are signed out. Open the page again to sign in."))
    if why:
        messages.info(request, why)
    back = request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
    if url_name == "mfa_index":
        return redirect(url_name)
    return redirect_to_login(back, resolve_url(url_name))
