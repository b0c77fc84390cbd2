"""Tells ``panel`` who the municipality is, for letters and forms."""

from __future__ import annotations

from cms.pages.models import MunicipalitySettings
from panel.core.municipality import Municipality, answered_by


def identity() -> Municipality:
    """The settings as plain words."""
    kept = MunicipalitySettings.load()
    return Municipality(
        name=kept.name,
        panel_name=kept.panel_name,
        email=kept.email,
        phone=kept.phone,
        address=kept.address,
        dpo_email=kept.dpo_email,
        dpo_phone=kept.dpo_phone,
    )


answered_by(identity)
