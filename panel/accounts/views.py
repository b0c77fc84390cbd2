"""The few doors that are not allauth's as they are."""

from __future__ import annotations

from typing import Any

from allauth.account.views import RequestLoginCodeView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from panel.accounts.models import User


@method_decorator(never_cache, name="dispatch")
class SignIn(RequestLoginCodeView):  # type: ignore[misc]
    """One page for everybody: an address, or a passkey."""

    template_name = "account/login.html"


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """A new passkey. Recovery codes are shown to colleagues; a citizen has the code by e-mail."""

    def get_success_url(self) -> str:
        """Back to the keys, by way of the recovery codes where they matter."""
        user = self.request.user
        is_staff = isinstance(user, User) and user.is_staff
        return str(super().get_success_url()) if is_staff else reverse("mfa_index")


@require_http_methods(["GET", "HEAD", "POST"])
def staff_sign_in(request: HttpRequest) -> HttpResponse:
    """Wagtail's login address: leads to the one sign-in page, whatever is sent to it."""
    home = reverse("wagtailadmin_home")
    back = request.GET.get("next", home)
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = home
    if request.user.is_authenticated:
        return HttpResponseRedirect(back)
    return redirect_to_login(back, resolve_url("account_login"))


def not_in_bulk(request: HttpRequest, rest: str) -> HttpResponse:
    """Wagtail's bulk actions on users, which would pass by our actions and the trail: refused."""
    raise PermissionDenied(_("Accounts are changed one at a time."))


def nowhere(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Addresses of passwords, which nobody has: leads to the sign-in page."""
    return HttpResponseRedirect(reverse("account_login"))
