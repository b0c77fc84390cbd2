"""Deleting what others may rest on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import quote
from django.db.models import PROTECT, Model, ProtectedError
from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic


def in_the_way(row: Model) -> Iterator[tuple[int, str]]:
    """How many rows of which kind keep ``row`` from being deleted; one query a kind."""
    for relation in row._meta.get_fields(include_hidden=True):
        field = getattr(relation, "field", None)
        if field is not None and getattr(relation, "on_delete", None) is PROTECT:
            model = field.model
            count = model._default_manager.filter(**{field.name: row}).count()
            if count:
                names = model._meta
                yield count, str(names.verbose_name if count == 1 else names.verbose_name_plural)


class DeleteUnlessUsed(generic.DeleteView):
    """Asks whether to delete; says what stands in the way where something does."""

    template_name = "accounts/admin/delete.html"
    still_used = _("It was taken into use in the meantime, and is not deleted.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what stands in the way, in words, and where to give it another name instead."""
        found = [f"{count} {name}" for count, name in in_the_way(self.object)]
        kwargs["in_the_way"] = get_text_list([*found], _("and"))
        match = self.request.resolver_match
        kwargs["edit_url"] = reverse(f"{match.namespace}:edit", args=[quote(self.object.pk)])
        return super().get_context_data(**kwargs)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Delete it, unless somebody was faster, or never saw the page that asks."""
        try:
            answer: HttpResponse = super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, self.still_used)
            return self.get(self.request)
        return answer
