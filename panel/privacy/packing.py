"""An export as a file: one page for people, one document for machines."""

from __future__ import annotations

import io
import json
import zipfile

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string

from panel.privacy.exporting import Export, as_json


def packed(export: Export) -> bytes:
    """A zip with ``mine-data.html``, which needs nothing from anywhere, and ``mine-data.json``."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "mine-data.html", render_to_string("privacy/export_file.html", {"export": export})
        )
        archive.writestr(
            "mine-data.json",
            json.dumps(as_json(export), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2),
        )
    return held.getvalue()
