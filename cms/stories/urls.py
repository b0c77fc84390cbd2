"""The stories' own addresses beside their pages, in every language."""

from __future__ import annotations

from django.urls import path

from cms.stories import views

app_name = "stories"
urlpatterns = [path("historier/feed.atom", views.feed, name="feed")]
