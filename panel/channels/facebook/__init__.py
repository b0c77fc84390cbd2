"""A Facebook page."""
