"""How ``{{ form }}`` looks on citizen pages: the design system's markup, accessible (A5)."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class DesignSystemRenderer(TemplatesSetting):
    """Our templates for a whole form and for a field; Django's and Wagtail's for the inputs.

    The form's template begins with the error summary, so a page says ``{{ form }}`` and no more.
    """

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
