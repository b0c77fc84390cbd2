"""Tests of ``panel.channels``."""
