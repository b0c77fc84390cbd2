"""How a consent text, plain text by nature, is shown."""

from __future__ import annotations

from itertools import groupby

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def linebreaks_and_lists(text: str) -> SafeString:
    """Paragraphs, and lines that start with "- " as a list. Everything in them is escaped."""
    blocks = []
    for is_list, lines in groupby(_lines(text), key=lambda line: line.startswith("- ")):
        if is_list:
            items = format_html_join("", "<li>{}</li>", ((line[2:],) for line in lines))
            blocks.append(format_html("<ul>{}</ul>", items))
        else:
            blocks.append(format_html_join("", "<p>{}</p>", ((line,) for line in lines)))
    return mark_safe("".join(blocks))  # noqa: S308  # every piece went through format_html


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
