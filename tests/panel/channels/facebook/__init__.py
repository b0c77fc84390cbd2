"""Tests of ``panel.channels.facebook``."""
