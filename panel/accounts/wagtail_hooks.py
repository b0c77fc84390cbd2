"""Registers the staff screens of accounts; no rules here."""

from __future__ import annotations

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks

from panel.accounts.components import start_choosers_by_mark

start_choosers_by_mark()


@hooks.register("insert_global_admin_js")
def starts() -> SafeString:
    """What stands in for Wagtail's inline scripts, on every page."""
    return format_html('<script type="module" src="{}"></script>', static("js/admin/starts.js"))


@hooks.register("register_account_menu_item")
def keys_and_address(request: HttpRequest) -> dict[str, str]:
    """From one's account page to second key, passkeys and address."""
    return {
        "url": reverse("mfa_index"),
        "label": _("Second key, passkeys and e-mail address"),
        "help_text": _("How you sign in."),
    }
