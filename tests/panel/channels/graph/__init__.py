"""Tests of ``panel.channels.graph``."""
