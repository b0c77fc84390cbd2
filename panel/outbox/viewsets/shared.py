"""What the staff screens of the outbox share."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from panel.accounts.models import User
from panel.outbox.models import Outgoing
from panel.outbox.moves import Refused

TITLE = gettext_lazy("Sent to networks")


class OutboxPage(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page with breadcrumbs that lead back to the list."""

    model = Outgoing
    permission_required = "view"
    header_icon = "upload"

    @property
    def user(self) -> User:
        """Who is looking."""
        return cast(User, self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From the list to here."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("outbox:index"), "label": TITLE},
            {"url": "", "label": self.get_page_title()},
        ]


class VerbMixin:
    """A button of a page: a form where the verb needs one, the verb, and what came of it.

    Whatever the verb refuses is said in its words: beside what was written while the form is still
    there to be mended, and above the page where it is not.
    """

    permission_required = "change"
    form_class: type[forms.Form] = forms.Form
    request: HttpRequest

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do it, once the form holds what the verb needs."""
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self.ask_again(form)
        try:
            done = self.act(form.cleaned_data)
        except Refused as refusal:
            written = form.visible_fields()
            if written and self.is_possible():
                form.add_error(written[0].name, str(refusal))
                return self.ask_again(form)
            messages.error(request, str(refusal))
        else:
            messages.success(request, done)
        return self.back()

    def act(self, data: dict[str, Any]) -> str:
        """Call the verb; what is said when it is done. Raises Refused."""
        raise NotImplementedError

    def is_possible(self) -> bool:
        """Whether the page still offers it."""
        raise NotImplementedError

    def ask_again(self, form: forms.Form) -> HttpResponse:
        """The page once more, with what is wrong."""
        raise NotImplementedError

    def back(self) -> HttpResponse:
        """To the page the button is on."""
        raise NotImplementedError
