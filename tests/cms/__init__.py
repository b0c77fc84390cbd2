"""Tests of the words and pictures."""
