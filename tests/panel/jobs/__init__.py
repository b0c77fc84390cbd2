"""Tests of ``panel.jobs``."""
