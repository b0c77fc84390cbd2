"""Staff screens: the channels, a new one, and what may change about one."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, View
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views.generic import BaseListingView, PermissionCheckedMixin
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from panel.accounts.models import User
from panel.channels import actions
from panel.channels.forms import ChangeChannelForm, ChannelForm, KeyForm
from panel.channels.hearing import ears_told, line_of, why_deaf
from panel.channels.keys import KeyState, not_reached, told
from panel.channels.kinds import adapter_for
from panel.channels.models import Channel, Credential
from panel.channels.outgoing import NotReached
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


@method_decorator(sensitive_post_parameters("token"), name="dispatch")
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
        if adapter_for(channel.kind).needs_token:
            return redirect("channels:edit", channel.pk)
        return redirect("channels:index")


class ChannelEdit(ChannelPage, BaseObjectMixin, FormView[ChangeChannelForm]):
    """What may change about a channel."""

    permission_required = "change"
    template_name = "channels/channel.html"
    form_class = ChangeChannelForm

    def get_page_title(self) -> str:
        """The channel's name."""
        return str(self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form shows the channel as it is."""
        return super().get_form_kwargs() | {"instance": self.object}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is known about the channel's key, where it has one to have."""
        return super().get_context_data(
            channel=self.object,
            needs_key=adapter_for(self.object.kind).needs_token,
            # Never the key itself, not even into memory.
            key=Credential.objects.defer("token").filter(channel=self.object.pk).first(),
            line=line_of(self.object),
            **kwargs,
        )

    def form_valid(self, form: ChangeChannelForm) -> HttpResponse:
        """Change it and go back to the list."""
        channel = Channel.objects.get(pk=self.object.pk)
        actions.change_channel(channel, by=cast(User, self.request.user), **form.cleaned_data)
        messages.success(self.request, _("The channel “%(name)s” is saved.") % {"name": channel})
        return redirect("channels:index")


@method_decorator(sensitive_post_parameters("token"), name="dispatch")
class ChannelKey(ChannelPage, BaseObjectMixin, FormView[KeyForm]):
    """Another key in place of the one a channel has."""

    permission_required = "change"
    template_name = "channels/key.html"
    page_title = gettext_lazy("Replace the key")
    form_class = KeyForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only where there is something to sign in to."""
        if not adapter_for(self.object.kind).needs_token:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """The channel's name."""
        return str(self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Its kind says where its key is made."""
        return super().get_form_kwargs() | {"key_help": adapter_for(self.object.kind).key_help}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whose key it is."""
        return super().get_context_data(channel=self.object, **kwargs)

    def form_valid(self, form: KeyForm) -> HttpResponse:
        """Keep it, and go back to where it can be tested."""
        token = form.cleaned_data["token"]
        actions.set_token(self.object, token=token, by=cast(User, self.request.user))
        messages.success(self.request, _("The key is replaced. Test the connection now."))
        return redirect("channels:edit", self.object.pk)


class ChannelTest(PermissionCheckedMixin, BaseObjectMixin, View):
    """The button that asks the network."""

    model = Channel
    permission_required = "change"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Say what came back, and what to do."""
        try:
            found = actions.check_token(self.object, by=cast(User, request.user))
        except actions.NoKeyNeeded:
            raise Http404 from None
        except NotReached as error:
            messages.warning(request, not_reached(error))
        else:
            fine = messages.warning if found.problem else messages.success
            say = fine if found.state == KeyState.OK else messages.error
            say(request, told(found))
        return redirect("channels:edit", self.object.pk)


class ChannelListen(PermissionCheckedMixin, BaseObjectMixin, View):
    """The button that asks the network to tell us what happens."""

    model = Channel
    permission_required = "change"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Say what came of it, and what is left to do."""
        channel, by = self.object, cast(User, request.user)
        try:
            found = actions.listen(channel, by=by)
        except actions.NoEars:
            raise Http404 from None
        except NotReached as error:
            messages.error(request, why_deaf(error))
        else:
            say = messages.success if found.page and found.app else messages.warning
            say(request, ears_told(found))
        return redirect("channels:edit", channel.pk)


class ChannelViewSet(ViewSet):
    """The list, a new one, and one with its key."""

    name = "channels"
    icon = "globe"
    menu_label = TITLE
    menu_item_class = ChannelMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """Four pages and two buttons."""
        return [
            path("", ChannelList.as_view(), name="index"),
            path("results/", ChannelList.as_view(results_only=True), name="index_results"),
            path("new/", ChannelCreate.as_view(), name="new"),
            path("<int:pk>/", ChannelEdit.as_view(), name="edit"),
            path("<int:pk>/key/", ChannelKey.as_view(), name="key"),
            path("<int:pk>/test/", ChannelTest.as_view(), name="test"),
            path("<int:pk>/listen/", ChannelListen.as_view(), name="listen"),
        ]
