"""One way to write a letter: a subject, the text, and the same text with a face.

``templates/<app>/mail/<name>.txt`` holds the subject on its first line, a blank line, and the text;
``<name>.html``, where it exists, is the same in HTML, extending ``mail/base.html``. Styles are
moved inline, because mail clients drop style sheets.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import translation

from panel.core.municipality import municipality

_inliner = css_inline.CSSInliner(load_remote_stylesheets=False)


def letter(
    template: str, *, to: str, language: str, context: Mapping[str, Any]
) -> EmailMultiAlternatives:
    """The letter ``template`` ("members/mail/left") to one address, in ``language`` ("da" or "en"),
    unsent.

    Raises ValueError when the text has no subject line, and TemplateDoesNotExist without a text.
    """
    values = {
        "municipality": municipality().name,
        "site_url": settings.SITE_URL,
        **context,
    }
    with translation.override(language):
        subject, _newline, text = get_template(f"{template}.txt").render(values).partition("\n")
        if not subject.strip():
            raise ValueError(f"{template}.txt must start with its subject.")
        message = EmailMultiAlternatives(" ".join(subject.split()), text.lstrip("\n"), to=[to])
        html = _html(template, values)
    if html:
        message.attach_alternative(html, "text/html")
    # No answering machine answers us, and no reader's machine marks us as bulk from a person.
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    return message


def send(template: str, *, to: str, language: str, context: Mapping[str, Any]) -> None:
    """Send ``letter(...)`` now.

    Raises what the mail backend raises; callers decide in a job.
    """
    letter(template, to=to, language=language, context=context).send()


def _html(template: str, values: Mapping[str, Any]) -> str:
    try:
        found = get_template(f"{template}.html")
    except TemplateDoesNotExist:
        return ""
    return _inliner.inline(found.render(dict(values)))
