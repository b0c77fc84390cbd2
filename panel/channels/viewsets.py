"""Staff screens: the channels, a new one, and what may change about one."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views.generic import BaseListingView, PermissionCheckedMixin
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from panel.accounts.models import User
from panel.channels import actions
from panel.channels.forms import ChangeChannelForm, ChannelForm
from panel.channels.models import Channel
from panel.channels.permissions import may_see

TITLE = gettext_lazy("Channels")


class ChannelMenuItem(MenuItem):
    """Only for those who may look."""

    def is_shown(self, request: HttpRequest) -> bool:
        """See ``permissions``."""
        return may_see(request.user)


class ChannelList(PermissionCheckedMixin, BaseListingView):
    """All channels by name."""

    model = Channel
    permission_required = "view"
    page_title = TITLE
    header_icon = "globe"
    template_name = "channels/index.html"
    index_url_name = "channels:index"
    index_results_url_name = "channels:index_results"
    default_ordering = "name"
    paginate_by = 50
    columns = [
        TitleColumn("name", label=gettext_lazy("Name"), url_name="channels:edit"),
        Column("slug", label=gettext_lazy("Short name")),
        Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display"),
        BooleanColumn("is_active", label=gettext_lazy("In use")),
    ]


class ChannelPage(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page under the list."""

    model = Channel
    header_icon = "globe"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From the list to here."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("channels:index"), "label": TITLE},
            {"url": "", "label": self.get_page_title()},
        ]


class ChannelCreate(ChannelPage, FormView[ChannelForm]):
    """A new channel."""

    permission_required = "add"
    template_name = "channels/form.html"
    page_title = gettext_lazy("New channel")
    form_class = ChannelForm

    def form_valid(self, form: ChannelForm) -> HttpResponse:
        """Make it and go back to the list."""
        channel = actions.add_channel(by=cast(User, self.request.user), **form.cleaned_data)
        messages.success(self.request, _("The channel “%(name)s” is made.") % {"name": channel})
        return redirect("channels:index")


class ChannelEdit(ChannelPage, BaseObjectMixin, FormView[ChangeChannelForm]):
    """What may change about a channel."""

    permission_required = "change"
    template_name = "channels/form.html"
    form_class = ChangeChannelForm

    def get_page_title(self) -> str:
        """The channel's name."""
        return str(self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form shows the channel as it is."""
        return super().get_form_kwargs() | {"instance": self.object}

    def form_valid(self, form: ChangeChannelForm) -> HttpResponse:
        """Change it and go back to the list."""
        channel = Channel.objects.get(pk=self.object.pk)
        actions.change_channel(channel, by=cast(User, self.request.user), **form.cleaned_data)
        messages.success(self.request, _("The channel “%(name)s” is saved.") % {"name": channel})
        return redirect("channels:index")


class ChannelViewSet(ViewSet):
    """The list, a new one, and one."""

    name = "channels"
    icon = "globe"
    menu_label = TITLE
    menu_item_class = ChannelMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """Three pages."""
        return [
            path("", ChannelList.as_view(), name="index"),
            path("results/", ChannelList.as_view(results_only=True), name="index_results"),
            path("new/", ChannelCreate.as_view(), name="new"),
            path("<int:pk>/", ChannelEdit.as_view(), name="edit"),
        ]
