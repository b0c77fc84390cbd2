"""The one address of publishing outside the staff screens: its key is in it."""

from __future__ import annotations

from django.urls import path

from cms.publishing import views

app_name = "publishing"
urlpatterns = [path("kalender/<str:token>.ics", views.feed, name="calendar_feed")]
