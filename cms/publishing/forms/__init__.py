"""The shape of what staff write when they plan, ask and decide."""

from cms.publishing.forms.asking import AskForm
from cms.publishing.forms.deciding import DecideForm, TakeBackForm
from cms.publishing.forms.when import WhenForm

__all__ = ["AskForm", "DecideForm", "TakeBackForm", "WhenForm"]
