"""Dates and times as they are written here, where Django's own way is another."""
