"""The ways in, at ``/konto/``: a list of the doors that are open, not all that allauth has.

There are no passwords: their addresses lead to the sign-in page.
"""

from __future__ import annotations

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from panel.accounts import views

sign_in = views.SignIn.as_view()

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="mfa_index"), name="account_overview"),
    path("login/", sign_in, name="account_login"),
    path("login/code/", sign_in, name="account_request_login_code"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path(
        "signup/",
        RedirectView.as_view(pattern_name="members:join", query_string=False),
        name="account_signup",
    ),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("email/", account.email, name="account_email"),
    path(
        "confirm-email/",
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
    path("2fa/webauthn/add/", views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("2fa/", include("allauth.mfa.urls")),
    re_path(r"^password/.*$", views.nowhere, name="account_no_passwords"),
]
