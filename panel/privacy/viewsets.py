"""A citizen asks: staff find them, see what there is, and copy, object or erase for them in two
steps.
"""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from panel.accounts.models import User
from panel.audit.actions import record
from panel.basis.models import Route
from panel.conversations.models import Commenter
from panel.privacy import by_address
from panel.privacy.asking import find, kept_about
from panel.privacy.erasing import CannotErase, erase_address, erase_commenter, erase_user
from panel.privacy.exporting import export_address, export_commenter
from panel.privacy.forms import WhoForm
from panel.privacy.objecting import object_for
from panel.privacy.permissions import may_answer
from panel.privacy.views import as_file

TITLE = gettext_lazy("A citizen asks")


class AskingPage(WagtailAdminTemplateMixin, TemplateView):
    """A page with the way back to the search; for those who answer citizens."""

    header_icon = "user"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Others are turned away."""
        if not may_answer(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From the search to here."""
        here = {"url": "", "label": self.get_page_title()}
        above = (
            []
            if self.get_page_title() == TITLE
            else [{"url": reverse("asking:index"), "label": TITLE}]
        )
        return [*self.breadcrumbs_items, *above, here]

    @property
    def staff(self) -> User:
        """Who answers."""
        return cast(User, self.request.user)


class AskView(AskingPage):
    """Find who asks. The words come by POST: names and addresses belong in no log of addresses."""

    page_title = TITLE
    template_name = "privacy/admin/ask.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Look, and show who may be meant."""
        form = WhoForm(request.POST)
        found = find(form.cleaned_data["who"]) if form.is_valid() else None
        return self.render_to_response(self.get_context_data(form=form, found=found))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """An empty question, to begin with."""
        return super().get_context_data(**{"form": WhoForm(), "found": None, **kwargs})


class PersonView(AskingPage):
    """What there is about one commenter, and what can be done; that somebody looked is noted."""

    page_title = gettext_lazy("What we have")
    template_name = "privacy/admin/person.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The person, and what is kept about them."""
        person = _person(self.kwargs["public_id"])
        record("person.looked_up", on=person, by=self.staff)
        return super().get_context_data(person=person, kept=kept_about(person), **kwargs)


class CopyView(AskingPage):
    """A copy for somebody who only comments (Art. 15): whom to give it to, and a button."""

    page_title = gettext_lazy("A copy of what we have")
    template_name = "privacy/admin/copy.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whom it is about, and how much it is."""
        person = _person(self.kwargs["public_id"])
        return super().get_context_data(person=person, kept=kept_about(person), **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The file; that it was taken is in the trail."""
        person = _person(self.kwargs["public_id"])
        record("person.copied", on=person, by=self.staff)
        return as_file(export_commenter(person))


class ObjectView(AskingPage):
    """Object for somebody: what will happen, and a button."""

    page_title = gettext_lazy("Do not count this person")
    template_name = "privacy/admin/object.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whom it is about."""
        return super().get_context_data(person=_person(self.kwargs["public_id"]), **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Object, at once and for good."""
        object_for(_person(self.kwargs["public_id"]), route=Route.STAFF, by=self.staff)
        messages.success(request, _("Noted. The person is not counted and not asked any more."))
        return redirect("asking:index")


class EraseView(AskingPage):
    """Erase somebody who comments: what will happen, and a button."""

    page_title = gettext_lazy("Erase this person")
    template_name = "privacy/admin/erase.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whom it is about, and what would go."""
        person = _person(self.kwargs["public_id"])
        return super().get_context_data(person=person, kept=kept_about(person), **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Erase."""
        erase_commenter(_person(self.kwargs["public_id"]), by=self.staff)
        messages.success(request, _("Erased. Tell the citizen that it is done."))
        return redirect("asking:index")


class EraseAccountView(AskingPage):
    """Erase a member or an account: what will happen, and a button."""

    page_title = gettext_lazy("Erase this account")
    template_name = "privacy/admin/erase_account.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whose it is, and what hangs on it."""
        user = _account(self.kwargs["public_id"])
        claimed = Commenter.objects.filter(claim__member__user=user).count()
        return super().get_context_data(account=user, claimed=claimed, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Erase, or say why not."""
        try:
            erase_user(_account(self.kwargs["public_id"]), by=self.staff)
        except CannotErase as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Erased. Tell the citizen that it is done."))
        return redirect("asking:index")


class AddressView(AskingPage):
    """Somebody of whom only an address is known: what there is, a copy, or erasing.

    The address comes by POST: it belongs in no log of addresses.
    """

    page_title = gettext_lazy("What we have under an address")
    template_name = "privacy/admin/address.html"
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Show it; with a button of the page, do it."""
        address = request.POST.get("who", "").strip()
        if not by_address.is_known(address):
            return redirect("asking:index")
        on = ("privacy.person", "address")
        if request.POST.get("do") == "copy":
            record("person.copied", on=on, by=self.staff)
            return as_file(export_address(address))
        if request.POST.get("do") == "erase":
            erase_address(address, by=self.staff)
            messages.success(request, _("Erased. Tell the citizen that it is done."))
            return redirect("asking:index")
        record("person.looked_up", on=on, by=self.staff)
        sections = export_address(address).filled
        return self.render_to_response(self.get_context_data(address=address, sections=sections))


def _person(public_id: str) -> Commenter:
    people = Commenter.objects.citizens().select_related("channel")
    return get_object_or_404(people, public_id=public_id)


def _account(public_id: str) -> User:
    return get_object_or_404(User, public_id=public_id, is_staff=False)


class AskingMenuItem(MenuItem):
    """Only for those who answer citizens."""

    def is_shown(self, request: HttpRequest) -> bool:
        """See ``permissions``."""
        return may_answer(request.user)


class AskingViewSet(ViewSet):
    """The search, one person, and the three things that can be done."""

    icon = "user"
    menu_label = TITLE
    menu_order = 260
    menu_item_class = AskingMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        """All under ``asking/``."""
        return [
            path("", AskView.as_view(), name="index"),
            path("address/", AddressView.as_view(), name="address"),
            path("<uuid:public_id>/", PersonView.as_view(), name="person"),
            path("<uuid:public_id>/copy/", CopyView.as_view(), name="copy"),
            path("<uuid:public_id>/object/", ObjectView.as_view(), name="object"),
            path("<uuid:public_id>/erase/", EraseView.as_view(), name="erase"),
            path("account/<uuid:public_id>/", EraseAccountView.as_view(), name="erase_account"),
        ]
