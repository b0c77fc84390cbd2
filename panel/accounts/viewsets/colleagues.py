"""Colleagues: the list, a new one, and changing one. Citizens are never listed here (trust P12)."""

from __future__ import annotations

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.boolean_radio_select import BooleanRadioSelect
from wagtail.admin.widgets.button import Button
from wagtail.users.views import users

from panel.accounts import actions
from panel.accounts.colleague_forms import ColleagueForm, NewColleagueForm
from panel.accounts.models import User
from panel.accounts.reports import colleagues
from panel.accounts.roles import Role
from panel.accounts.viewsets.verbs import AFTERWARDS, VERBS, WHILE_HERE, send_welcome


def role_names(user: User) -> str:
    """The roles of a listed colleague, in words."""
    names = {group.name for group in user.groups.all()}
    return ", ".join(str(role.label) for role in Role if role in names)


class ColleagueFilters(WagtailFilterSet):
    """By role, and whether they still work here."""

    groups = django_filters.MultipleChoiceFilter(
        field_name="groups__name",
        label=gettext_lazy("Role"),
        choices=Role.choices,
        widget=CheckboxSelectMultiple,
    )
    is_active = django_filters.BooleanFilter(
        label=gettext_lazy("Works here"), widget=BooleanRadioSelect
    )

    class Meta:
        model = User
        fields = ["is_active"]


class Colleagues(generic.IndexView):
    """The list."""

    page_title = gettext_lazy("Colleagues")
    add_item_label = gettext_lazy("Add a colleague")
    default_ordering = "name"
    search_fields = ["name", "email"]
    columns = [
        TitleColumn(
            "name",
            label=gettext_lazy("Name"),
            accessor=str,
            sort_key="name",
            url_name="wagtailusers_users:edit",
            width="25%",
        ),
        Column("email", label=gettext_lazy("E-mail address"), sort_key="email"),
        Column("roles", label=gettext_lazy("Roles"), accessor=role_names),
        BooleanColumn("has_key", label=gettext_lazy("Second key")),
        BooleanColumn("is_active", label=gettext_lazy("Works here"), sort_key="is_active"),
        DateColumn("last_login", label=gettext_lazy("Last signed in"), sort_key="last_login"),
    ]

    def get_base_queryset(self) -> QuerySet[User]:
        """Colleagues only."""
        return colleagues()

    def get_delete_url(self, instance: User) -> None:
        """Nobody is deleted: a colleague's access is ended."""

    def get_copy_url(self, instance: User) -> None:
        """Nobody is copied."""


class AddColleague(generic.CreateView):
    """Give somebody access, and tell them."""

    page_title = gettext_lazy("Add a colleague")
    success_message = gettext_lazy("%(object)s may sign in from now on.")

    def save_instance(self) -> User:
        """One action; the letter follows when it is done."""
        form: NewColleagueForm = self.form
        return actions.take_on(
            form.cleaned_data["email"],
            name=form.cleaned_data["name"],
            roles=form.cleaned_data["roles"],
            by=self.request.user,
        )

    def save_action(self) -> HttpResponseBase:
        """Answer, and send the letter."""
        response: HttpResponseBase = super().save_action()
        send_welcome(self.request, self.object)
        return response


class EditColleague(generic.EditView):
    """Name and roles, and the way to the rest."""

    page_title = gettext_lazy("Colleague")
    success_message = gettext_lazy("%(object)s was changed.")
    usage_url_name = None

    def get_object(self, queryset: Any = None) -> User:
        """A colleague; a citizen's account is not found here."""
        found: User = super().get_object(queryset)
        return get_object_or_404(colleagues(), pk=found.pk)

    def form_valid(self, form: ColleagueForm) -> HttpResponseBase:
        """A rule that refuses speaks on the page."""
        try:
            return super().form_valid(form)
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def save_instance(self) -> User:
        """Two actions."""
        by, said = self.request.user, self.form.cleaned_data
        colleague = User.objects.get(pk=self.object.pk)
        actions.rename(colleague, name=said["name"], by=by)
        actions.set_roles(colleague, roles=said["roles"], by=by)
        return colleague

    def get_delete_url(self) -> None:
        """Nobody is deleted."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """What else can be done to this colleague."""
        verbs = WHILE_HERE if self.object.is_active else AFTERWARDS
        return [
            Button(verb.button, url=f"{verb.name}/", icon_name=verb.icon, priority=number)
            for number, verb in enumerate(verbs)
        ]


class NoDelete(generic.DeleteView):
    """Deleting would take the name from everything the colleague did."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Never."""
        raise PermissionDenied(_("A colleague's access is ended, not deleted."))


class ColleagueViewSet(users.UserViewSet):
    """Takes the place of Wagtail's users, at the same address."""

    menu_label = gettext_lazy("Colleagues")
    ordering = "name"
    template_prefix = ""
    copy_view_enabled = False
    filterset_class = ColleagueFilters
    index_view_class = Colleagues
    add_view_class = AddColleague
    edit_view_class = EditColleague
    delete_view_class = NoDelete

    def get_form_class(self, for_update: bool = False) -> type[ColleagueForm]:
        """The address is asked for once."""
        return ColleagueForm if for_update else NewColleagueForm

    def get_urlpatterns(self) -> list[URLPattern]:
        """Wagtail's, and a page for each verb, below the colleague's."""
        own = [
            path(f"edit/<int:pk>/{verb.name}/", verb.as_view(), name=verb.name) for verb in VERBS
        ]
        return [*super().get_urlpatterns(), *own]
