"""Where a colleague makes the secret address for their own calendar, and closes it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages

from cms.publishing import actions
from cms.publishing.models import CalendarKey
from cms.publishing.viewsets.shared import OutgoingPage


@method_decorator(never_cache, name="dispatch")
class OwnCalendar(OutgoingPage, TemplateView):
    """One's own address. It is shown once, where it is made: we keep only its hash."""

    page_title = gettext_lazy("In your own calendar")
    template_name = "publishing/admin/own_calendar.html"

    def get_page_title(self) -> str:
        """What it is for."""
        return str(self.page_title)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make an address and show it, or close the one there is."""
        if "close" in request.POST:
            if actions.close_calendar(by=self.user):
                messages.success(request, _("The address is closed. It shows nothing any more."))
            return redirect("outgoing:own_calendar")
        token = actions.make_calendar_key(by=self.user)
        address = settings.SITE_URL + reverse("publishing:calendar_feed", args=[token])
        return self.render_to_response(self.get_context_data(address=address))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether there is an address, and since when."""
        kwargs.setdefault("address", "")
        key = CalendarKey.objects.filter(user=self.user).first()
        return super().get_context_data(key=key, **kwargs)
