"""Kills, duplicates, races and outages: what holds when nothing else does."""
