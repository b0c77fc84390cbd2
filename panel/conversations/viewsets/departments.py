"""The departments: who owns what is talked and written about."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.viewsets.model import ModelViewSet

from panel.accounts.viewsets.deleting import DeleteUnlessUsed
from panel.conversations.models import Department
from panel.conversations.short_names import short_name


class DepartmentForm(WagtailAdminModelForm):
    """Its name; the short name follows from the first one it was given, and stays."""

    class Meta:
        model = Department
        fields = ("name",)
        help_texts = {"name": _("As citizens know it: it is shown beside every story.")}

    def clean_name(self) -> str:
        """Two that differ in capitals only would be one to whoever reads them, and to an import."""
        name: str = self.cleaned_data["name"]
        others = Department.objects.exclude(pk=self.instance.pk).values_list("name", flat=True)
        if name.casefold() in {other.casefold() for other in others}:
            raise ValidationError(_("There is a department of that name already."))
        return name

    def save(self, commit: bool = True) -> Any:
        """Give a new one its short name."""
        if not self.instance.slug:
            taken = {slug.casefold() for slug in Department.objects.values_list("slug", flat=True)}
            self.instance.slug = short_name(self.instance.name, taken)
        return super().save(commit)


class DepartmentViewSet(ModelViewSet):
    """Departments to choose from."""

    model = Department
    icon = "group"
    menu_label = _("Departments")
    list_display = ("name", "slug")
    name = "departments"
    copy_view_enabled = False
    inspect_view_enabled = False
    delete_view_class = DeleteUnlessUsed

    def get_form_class(self, for_update: bool = False) -> type[DepartmentForm]:
        """The same for a new one and an old one."""
        return DepartmentForm
