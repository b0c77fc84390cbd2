"""The app that brings ``manage.py bench``."""

from django.apps import AppConfig


class BenchmarksConfig(AppConfig):
    """No models."""

    name = "tests.benchmarks"
    label = "benchmarks"
