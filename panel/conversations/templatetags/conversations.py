"""What templates need to show what citizens write."""

from __future__ import annotations

from django import template

from panel.conversations.masking import masked

register = template.Library()

register.filter("masked", masked)
