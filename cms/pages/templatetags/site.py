"""What ``base.html`` asks of the page it stands around."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.db.models import F
from django.forms import BoundField
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page

from cms.pages import sharing, stamp
from cms.pages.frame import frame
from cms.pages.models import MunicipalitySettings
from cms.pages.sharing import Shared

register = template.Library()


@dataclass(frozen=True, slots=True)
class Language:
    """The same page in a language: its code, what speakers call it, and where."""

    code: str
    name: str
    url: str


@register.simple_tag(takes_context=True)
def languages(context: template.Context) -> list[Language]:
    """This page in every language; the home page where it has not been translated."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return []
    urls = _urls(request, context.get("page"))
    seen = stamp.seen_by(request)
    return [
        Language(
            code, get_language_info(code)["name_local"], urls.get(code) or frame(code, seen).home
        )
        for code, _name in settings.LANGUAGES
    ]


def _urls(request: HttpRequest, page: Any) -> dict[str, str]:
    if isinstance(page, Page):
        found = (
            page.get_translations(inclusive=True).live().annotate(code=F("locale__language_code"))
        )
        slim = found.only("url_path", "locale_id")
        return {translation.code: translation.get_url(request) or "" for translation in slim}
    if request.resolver_match is None or request.resolver_match.url_name == "wagtail_serve":
        return {}  # there is no such page in any language
    path = request.get_full_path()
    return {code: translate_url(path, code) for code, _name in settings.LANGUAGES}


@register.simple_tag(takes_context=True)
def shared(context: template.Context) -> Shared:
    """The page as others show it; a page of a list is known by ``stories.number``."""
    owner: MunicipalitySettings = context["site_frame"].municipality
    number: int = getattr(context.get("stories"), "number", 1)
    language = get_language() or settings.LANGUAGE_CODE
    request: HttpRequest | None = context.get("request")
    return sharing.shared(context["page"], owner, language, number=number, request=request)


@register.filter
def here(url: str, path: str) -> str:
    """The ``aria-current`` of a link to ``url`` on the page at ``path``: page, true or nothing."""
    if url == path:
        return "page"
    return "true" if path.startswith(url) else ""


@register.filter
def lands_on(field: BoundField) -> str:
    """The id a link to ``field`` goes to: its input, or its first choice."""
    return f"{field.id_for_label or field.auto_id + '_0'}"


@register.filter
def dressed(field: BoundField) -> SafeString:
    """The field's input with the design system's class for its kind."""
    kind = getattr(field.field.widget, "input_type", "")
    looks = {"select": "form-select", "checkbox": "form-checkbox", "radio": "form-radio"}
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{looks.get(kind, 'form-input')} {own}".strip()})


@register.filter
def kind_of(field: BoundField) -> str:
    """How ``field`` is laid out: hidden, choices (a group), tick (one box) or line."""
    if field.is_hidden:
        return "hidden"
    if field.use_fieldset:
        return "choices"
    return "tick" if getattr(field.field.widget, "input_type", "") == "checkbox" else "line"
