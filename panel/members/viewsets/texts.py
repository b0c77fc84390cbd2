"""The words members say yes to: written, published, and never changed afterwards."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import BaseListingView, PermissionCheckedMixin
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin

from panel.accounts.models import User
from panel.members import actions
from panel.members.models import ConsentText

TITLE = gettext_lazy("Consent texts")


class TextForm(forms.ModelForm[ConsentText]):
    """The next version."""

    class Meta:
        model = ConsentText
        fields = ("language", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 20})}


class TextList(PermissionCheckedMixin, BaseListingView):
    """All versions, newest first, with how many said yes to each."""

    model = ConsentText
    permission_required = "view"
    page_title = TITLE
    header_icon = "doc-full"
    template_name = "members/admin/texts.html"
    index_url_name = "consent_texts:index"
    index_results_url_name = "consent_texts:index_results"
    default_ordering = ("-version", "language")
    paginate_by = 50
    columns = [
        TitleColumn("version", label=gettext_lazy("Version"), url_name="consent_texts:text"),
        Column("get_language_display", label=gettext_lazy("Language")),
        DateColumn("published_at", label=gettext_lazy("Published")),
        Column("answers", label=gettext_lazy("Answers")),
    ]

    def get_base_queryset(self) -> QuerySet[ConsentText]:
        """With the number of answers in the same query."""
        return ConsentText.objects.annotate(answers=Count("consents"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether a new version may be written."""
        may_write = self.user_has_permission("add")
        return super().get_context_data(may_write=may_write, **kwargs)


class TextScreen(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page below the list."""

    header_icon = "doc-full"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From the list to here."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("consent_texts:index"), "label": TITLE},
            {"url": "", "label": self.get_page_title()},
        ]


class TextWrite(TextScreen, FormView[TextForm]):
    """A new version, starting from the words in force."""

    model = ConsentText
    permission_required = "add"
    page_title = gettext_lazy("Write a new consent text")
    template_name = "members/admin/text_form.html"
    form_class = TextForm

    def get_initial(self) -> dict[str, Any]:
        """The words in force."""
        current = ConsentText.objects.current("da")
        return {"language": "da", "text": current.text if current else ""}

    def form_valid(self, form: TextForm) -> HttpResponse:
        """Keep it as the next version, unpublished."""
        user = cast(User, self.request.user)
        text = actions.write_text(by=user, **form.cleaned_data)
        messages.success(self.request, _("Saved. Read it once more, then publish it."))
        return redirect("consent_texts:text", text.pk)


class TextPage(TextScreen, BaseObjectMixin, TemplateView):
    """One version, as members read it."""

    model = ConsentText
    permission_required = "view"
    template_name = "members/admin/text.html"

    def get_page_title(self) -> str:
        """Version and language."""
        return _("Version %(version)s – %(language)s") % {
            "version": self.object.version,
            "language": self.object.get_language_display(),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words, and whether they may be published."""
        may_publish = self.object.published_at is None and self.user_has_permission("change")
        return super().get_context_data(text=self.object, may_publish=may_publish, **kwargs)


class TextPublish(PermissionCheckedMixin, View):
    """New members agree to these words from now on; the others are asked on their page."""

    model = ConsentText
    permission_required = "change"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Publish."""
        actions.publish_text(get_object_or_404(ConsentText, pk=pk), by=cast(User, request.user))
        messages.success(request, _("Published. New members agree to these words from now on."))
        return redirect("consent_texts:text", pk)
