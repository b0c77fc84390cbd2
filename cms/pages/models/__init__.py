"""The municipality's own row, and the kinds of pages."""

from cms.pages.models.content import (
    AccessibilityPage,
    ContactPage,
    DebateRulesPage,
    PlainPage,
    PrivacyPage,
)
from cms.pages.models.home import HomePage
from cms.pages.models.municipality import MunicipalitySettings
from cms.pages.models.panel import PanelPage

__all__ = [
    "AccessibilityPage",
    "ContactPage",
    "DebateRulesPage",
    "HomePage",
    "MunicipalitySettings",
    "PanelPage",
    "PlainPage",
    "PrivacyPage",
]
