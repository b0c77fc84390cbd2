"""The page on which one chooses who to be."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from demo import checks, visitors
from demo.door import let_in
from panel.accounts.models import User
from panel.members.models import Member


@method_decorator(never_cache, name="dispatch")
class Door(TemplateView):
    """Staff and two members, a button each. There is no such page outside the demo settings."""

    template_name = "demo/door.html"
    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """404 wherever the door may not open."""
        if not checks.may_open():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who there is to be."""
        return super().get_context_data(
            staff=visitors.staff(), citizens=visitors.citizens(), **kwargs
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Come in as the one whose button was pressed; nobody else can be named."""
        email = request.POST.get("who", "")
        offered = {each.email for each in (*visitors.staff(), *visitors.citizens())}
        user = User.objects.filter(email=email, is_active=True).first()
        if email not in offered or user is None:
            messages.error(
                request, _("Nobody of that name is here. Fill the demo anew: run.py demo --fresh")
            )
            return redirect("demo:door")
        let_in(request, user)
        return _onward(user)


def _onward(user: User) -> HttpResponse:
    """Staff to work, members to their page in their own language."""
    if user.is_staff:
        return redirect("wagtailadmin_home")
    member = Member.objects.filter(user=user).first()
    with translation.override(member.language if member else translation.get_language()):
        return redirect("members:home" if member else "members:join")
