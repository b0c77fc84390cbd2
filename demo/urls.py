"""The door's own address, included by ``demo.root_urls`` and nowhere else."""

from __future__ import annotations

from django.urls import path

from demo.views import Door

app_name = "demo"
urlpatterns = [path("", Door.as_view(), name="door")]
