"""The words one says yes to, for everybody to read."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from panel.members.models import ConsentText
from panel.members.views.finding import current_text


class ConsentTextPage(TemplateView):
    """The words to say yes to, for everybody to read; older versions too."""

    template_name = "members/consent_text.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The version asked for, or the newest."""
        version = self.kwargs.get("version")
        published = ConsentText.objects.filter(published_at__isnull=False)
        text = get_object_or_404(published, pk=version) if version else current_text()
        return super().get_context_data(text=text, **kwargs)
