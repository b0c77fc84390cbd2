"""Tests of ``panel.channels.instagram``."""
